import Music
package import OpenSubsonic

// The server's list of internet radio stations. Writing needs an administrator on most servers.

extension SubsonicClient {
  package func radioStations() throws(RemoteError) -> [Wire.InternetRadioStation] {
    try call(SubsonicRequest(.getInternetRadioStations)).internetRadioStations?.internetRadioStation ?? []
  }

  /// Answers with nothing: the id is found by asking for the list.
  package func createRadioStation(_ name: String, streamURL: String, homePage: String) throws(RemoteError) {
    try call(SubsonicRequest(.createInternetRadioStation, Self.parameters(name, streamURL, homePage)), asForm: true)
  }

  package func updateRadioStation(
    _ id: String, name: String, streamURL: String, homePage: String
  ) throws(RemoteError) {
    let parameters = [Parameter("id", id)] + Self.parameters(name, streamURL, homePage)
    try call(SubsonicRequest(.updateInternetRadioStation, parameters), asForm: true)
  }

  package func deleteRadioStation(_ id: String) throws(RemoteError) {
    try call(SubsonicRequest(.deleteInternetRadioStation, [Parameter("id", id)]))
  }

  private static func parameters(_ name: String, _ streamURL: String, _ homePage: String) -> [Parameter] {
    let needed = [Parameter("streamUrl", streamURL), Parameter("name", name)]
    return homePage.isEmpty ? needed : needed + [Parameter("homepageUrl", homePage)]
  }
}
