import HTTP
import OpenSubsonic

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
  /// An HTTP status that says that the server is in trouble, or a proxy before it: 429, 5xx.
  case status(Int)
  case tooManyRedirects
  /// A redirect from https to http.
  case unsafeRedirect
  /// libcurl is not installed.
  case noCurl
  case cancelled
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

extension SignInFailure {
  init(_ error: HTTPError) {
    self =
      switch error {
      case .hostNotFound: .unknownHost
      case .refused: .refused
      case .unreachable: .unreachable
      case .timedOut: .timedOut
      case .certificate(let reason): .certificate(reason)
      case .tls(let reason): .tls(reason)
      case .connectionLost: .connectionLost
      case .notHTTP, .tooLarge: .notSubsonic(.other)
      case .badURL: .badAddress
      case .tooManyRedirects: .tooManyRedirects
      case .unsafeRedirect: .unsafeRedirect
      case .cancelled: .cancelled
      case .noCurl: .noCurl
      case .blocked: .other("dulcet is kept offline; say :offline off")
      case .other(let code, let text): .other("\(text) (\(code))")
      }
  }

  /// From an answer that is no envelope.
  init(noEnvelope answer: HTTPResponse) {
    let head = answer.head
    if head.status == 429 || head.status >= 500 {
      self = .status(head.status)
    } else if head.redirects > 0 {
      self = .notSubsonic(.redirect(to: head.url))
    } else if let target = head["location"], (300..<400).contains(head.status) {
      self = .notSubsonic(.redirect(to: HTTPRequest.withoutQuery(target)))
    } else if !(200..<300).contains(head.status) {
      self = .notSubsonic(.status(head.status))
    } else {
      self = .notSubsonic(head.isText ? .page : .other)
    }
  }

  init(_ failure: Wire.Failure, version: String, _ credentials: Credentials) {
    let isKey = if case .apiKey = credentials { true } else { false }
    self =
      switch ErrorCode(rawValue: failure.code) {
      case .wrongCredentials: isKey ? .wrongAPIKey : .wrongPassword
      case .invalidAPIKey: .wrongAPIKey
      case .tokenUnsupported,
        .mechanismUnsupported where !isKey:
        .needsAPIKey
      case .clientTooOld, .serverTooOld: .unsupportedVersion(server: version)
      default: .server(code: failure.code, message: failure.message)
      }
  }

  var isTLS: Bool { if case .tls = self { true } else { false } }
}
