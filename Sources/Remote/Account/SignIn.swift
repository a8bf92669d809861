package import OpenSubsonic

/// What proves who signs in, as it was typed. Never stored, never printed.
package enum SignInSecret: Sendable, CustomStringConvertible {
  case password(String)
  case apiKey(String)
  package var description: String { "…" }
}

/// A sign-in that succeeded: what to keep of it.
package struct SignIn: Hashable, Sendable {
  /// Where the server really is, after redirects.
  package var address: ServerAddress
  /// A token or a key; a password only where the server takes nothing better.
  package var credentials: Credentials
  /// What the server calls itself; empty on classic servers.
  package var serverType: String
  package var serverVersion: String
  /// The protocol version to speak with it.
  package var version: String
  package var isOpenSubsonic: Bool
  package var extensions: Set<String>
}

/// Why a sign-in failed: facts, put into words elsewhere.
package enum SignInFailure: Error, Hashable, Sendable {
  case badAddress
  case unknownHost
  case refused
  case unreachable
  case timedOut
  case connectionLost
  /// The server's certificate is not trusted, is out of date or is for another name.
  case certificate(String)
  /// No secure connection for another reason, such as a server that only speaks http.
  case tls(String)
  case notSubsonic(NotSubsonic)
  case wrongPassword
  case wrongAPIKey
  /// The server takes API keys only.
  case needsAPIKey
  /// The server and this client share no protocol version.
  case unsupportedVersion(server: String)
  /// Any other refusal, in the server's words.
  case server(code: Int, message: String)
  /// An HTTP status that says the server is in trouble, or a proxy before it: 429, 5xx.
  case status(Int)
  case tooManyRedirects
  /// A redirect from https to http.
  case unsafeRedirect
  /// libcurl is not installed.
  case noCurl
  case other(String)

  /// What answered instead of a Subsonic server.
  package enum NotSubsonic: Hashable, Sendable {
    /// A page for browsers.
    case page
    /// A redirect that ended at a page: a login screen in front of the server. Without its query.
    case redirect(to: String)
    /// An error with this status, such as 404 for a wrong path or 401 for a proxy's password.
    case status(Int)
    /// Something else that is no answer of the protocol, or does not even speak HTTP.
    case other
  }
}
