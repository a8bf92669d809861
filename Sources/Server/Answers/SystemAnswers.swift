import Library
import Music
import OpenSubsonic
import Scan

// System, user and scanning.
extension Call {
  /// Public: clients ask before they sign in.
  static func extensions(hasIdentity: Bool) -> Wire.Response {
    var response = Wire.Response.ours()
    let names = ["apiKeyAuthentication", "formPost", "indexBasedQueue", "songLyrics"]
    response.openSubsonicExtensions = (names + (hasIdentity ? [Wire.ServerIdentity.extensionName] : [])).map {
      .init(name: $0, versions: [1])
    }
    return response
  }

  /// Public: whoever knows the server can tell before a sign-in whether it is the one.
  static func identity(_ identity: String?) throws(Refusal) -> Wire.Response {
    guard let identity else { throw Refusal(.generic, "This server lasts for one run: it has no identity.") }
    var response = Wire.Response.ours()
    response.serverIdentity = .init(id: identity)
    return response
  }

  func license() -> Wire.Response {
    var response = Wire.Response.ours()
    response.license = .init(valid: true)
    return response
  }

  func tokenInfo() -> Wire.Response {
    var response = Wire.Response.ours()
    response.tokenInfo = .init(username: user)
    return response
  }

  /// One's own; an administrator may ask for others.
  func getUser() throws -> Wire.Response {
    let name = try request.required("username")
    guard name == user || isAdmin else { throw Refusal(.notAuthorized, "Only administrators see other users.") }
    let known = try name == user ? user : store.users().first { $0.name == name }?.name
    guard let known else { throw Refusal.notFound("User") }
    var wire = Wire.User(username: known)
    wire.adminRole = try known == user ? isAdmin : store.isAdmin(known)
    wire.settingsRole = wire.adminRole
    wire.folder = [1]
    var response = Wire.Response.ours()
    response.user = wire
    return response
  }

  func scanStatus() throws -> Wire.Response {
    let status = scans.status
    var wire = Wire.ScanStatus(
      scanning: status.isScanning, count: try status.isScanning ? status.progress.seen : catalogue.trackCount())
    wire.lastScan = status.finished.map { WireDate($0) }
    var response = Wire.Response.ours()
    response.scanStatus = wire
    return response
  }

  func startScan() throws -> Wire.Response {
    guard isAdmin else { throw Refusal(.notAuthorized, "Only administrators start a scan.") }
    scans.start()
    return try scanStatus()
  }
}
