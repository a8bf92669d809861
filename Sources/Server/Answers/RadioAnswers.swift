import Library
import OpenSubsonic

// Internet radio stations: everybody reads them, administrators change them.
extension Call {
  private var stations: Stations { Stations(connection: store.connection) }

  func radioStations() throws -> Wire.Response {
    var response = Wire.Response.ours()
    response.internetRadioStations = .init(internetRadioStation: try stations.all())
    return response
  }

  func createRadioStation() throws -> Wire.Response {
    try needAdministrator()
    let (name, streamURL) = (try request.required("name"), try address("streamUrl"))
    try stations.add(name, streamURL: streamURL, homePage: request.value("homepageUrl") ?? "")
    return .ours()
  }

  func updateRadioStation() throws -> Wire.Response {
    try needAdministrator()
    let (id, name, streamURL) = (try request.required("id"), try request.required("name"), try address("streamUrl"))
    let exists = try stations.change(id, name: name, streamURL: streamURL, homePage: request.value("homepageUrl"))
    guard exists else { throw Refusal.notFound("Radio station") }
    return .ours()
  }

  func deleteRadioStation() throws -> Wire.Response {
    try needAdministrator()
    guard try stations.delete(request.required("id")) else { throw Refusal.notFound("Radio station") }
    return .ours()
  }

  private func needAdministrator() throws(Refusal) {
    guard isAdmin else { throw Refusal(.notAuthorized, "Only administrators change radio stations.") }
  }

  /// Clients open it as it is: nothing but the web.
  private func address(_ name: String) throws(Refusal) -> String {
    let text = try request.required(name)
    let lower = text.lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://"), text.utf8.count <= 2048 else {
      throw Refusal(.generic, "\(name) is no address of the web.")
    }
    return text
  }
}
