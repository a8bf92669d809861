package import HTTP
import OpenSubsonic

/// Why a call brought no result.
package enum RemoteError: Error, Hashable, Sendable {
  /// No answer.
  case transport(HTTPError)
  /// An answer without an envelope whose status speaks for itself: 404, 429, 5xx. Retry-After where it was told.
  case status(Int, retryAfter: Duration?)
  /// A failed envelope.
  case server(code: Int, message: String)
  /// An envelope with a 5xx: the server is there, but something broke inside it.
  case serverBroke(message: String)
  /// A body that is none of the protocol's: a login page in between, a proxy's words.
  case notSubsonic
  /// At this address answers another server than the account's. It was told no credentials.
  case anotherServer(ServerAddress)
}

extension RemoteError {
  /// The server is not there for the player: the player goes offline.
  package var meansOffline: Bool {
    switch self {
    case .transport(let error): error != .cancelled && error != .tooLarge
    // What sends elsewhere where an answer should be stands in between: a page for signing in to the network.
    case .status(let status, _): status >= 500 && status != 501 || (300..<400).contains(status)
    case .notSubsonic, .anotherServer: true
    case .server, .serverBroke: false
    }
  }

  /// The same call may succeed later.
  package var isWorthRetrying: Bool {
    switch self {
    case .status(let status, _) where status == 429 || status == 408: true
    case .serverBroke, .transport(.cancelled): true
    default: meansOffline || isAboutCredentials
    }
  }

  /// The server no longer takes what was stored at the sign-in.
  package var isAboutCredentials: Bool {
    guard case .server(let code, _) = self, let known = ErrorCode(rawValue: code) else { return false }
    return [.wrongCredentials, .tokenUnsupported, .mechanismUnsupported, .invalidAPIKey].contains(known)
  }

  package var isNotFound: Bool {
    switch self {
    case .server(let code, _): code == ErrorCode.notFound.rawValue
    case .status(let status, _): status == 404 || status == 410
    case .transport, .notSubsonic, .serverBroke, .anotherServer: false
    }
  }

  /// Whether the server may have done what it was asked, although no answer says so.
  var mayHaveArrived: Bool {
    switch self {
    case .transport(let error):
      switch error {
      case .hostNotFound, .refused, .unreachable, .certificate, .tls, .badURL, .noCurl, .blocked: false
      default: true
      }
    case .status(let status, _): status >= 500 && status != 501 && status != 503
    case .server, .anotherServer: false
    case .serverBroke, .notSubsonic: true
    }
  }

  /// The server does not know the call, or does not do it: each says so in its own way.
  var isUnknownCall: Bool {
    switch self {
    case .status(let status, _): [404, 405, 410, 501].contains(status)
    case .server(let code, let message):
      code == ErrorCode.serverTooOld.rawValue
        || ["not supported", "unsupported", "not implemented", "unknown", "view not found", "no such method"]
          .contains { message.lowercased().contains($0) }
    default: false
    }
  }

  package var retryAfter: Duration? {
    if case .status(_, let retryAfter) = self { retryAfter } else { nil }
  }
}
