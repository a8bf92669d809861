package import Music
package import OpenSubsonic

/// An account on a server, as the calls to it need it.
package struct RemoteAccount: Hashable, Sendable {
  package var server: ServerID
  package var address: ServerAddress
  /// Further addresses of the same server, to be tried in this order where the first does not answer.
  package var others: [ServerAddress] = []
  package var credentials: Credentials
  /// The protocol version that the server accepts (`v`).
  package var version: String
  package var isOpenSubsonic: Bool
  /// Names of the OpenSubsonic extensions that the server announced.
  package var extensions: Set<String>
  /// What the server calls itself (`navidrome`, `lms`, …); empty on classic servers. Some quirks go by it.
  package var serverType: String
  /// What the server is known by at whichever address; nil where it tells none.
  package var identity: String?
  /// Certificates to trust in place of the system's.
  package var certificateFile: String?

  package init(
    server: ServerID, address: ServerAddress, credentials: Credentials, version: String = SubsonicRequest.clientVersion,
    isOpenSubsonic: Bool = false, extensions: Set<String> = [], serverType: String = "", certificateFile: String? = nil
  ) {
    self.server = server
    self.address = address
    self.credentials = credentials
    self.version = version
    self.isOpenSubsonic = isOpenSubsonic
    self.extensions = extensions
    self.serverType = serverType
    self.certificateFile = certificateFile
  }
}
