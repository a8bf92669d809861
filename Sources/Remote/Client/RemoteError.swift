package import HTTP
import OpenSubsonic

/// Why a call brought no result.
package enum RemoteError: Error, Hashable, Sendable {
  /// No answer.
  case transport(HTTPError)
  /// An answer with a status that speaks for itself: 429, 5xx, 404 without an envelope. Retry-After where it was told.
  case status(Int, retryAfter: Duration?)
  /// A failed envelope.
  case server(code: Int, message: String)
  /// A body that is none of the protocol's: a login page in between, a proxy's words.
  case notSubsonic
}

extension RemoteError {
  /// The server is not there for the player: the player goes offline.
  package var meansOffline: Bool {
    switch self {
    case .transport(let error): error != .cancelled && error != .tooLarge && error != .noCurl
    case .status(let status, _): status >= 500 && status != 501
    case .notSubsonic: true
    case .server: false
    }
  }

  /// The same call may succeed later.
  package var isWorthRetrying: Bool {
    if case .status(let status, _) = self, status == 429 || status == 408 { return true }
    return meansOffline || self == .transport(.cancelled) || isAboutCredentials
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
    case .transport, .notSubsonic: false
    }
  }

  package var retryAfter: Duration? {
    if case .status(_, let retryAfter) = self { retryAfter } else { nil }
  }
}
