import CCurl
import Glibc

/// Why no answer came, or not all of it. An answer with status 500 is an answer.
package enum HTTPError: Error, Hashable, Sendable {
  /// The name could not be resolved: no such host, or no network.
  case hostNotFound
  case refused
  /// No route to the host, network down.
  case unreachable
  case timedOut
  /// The certificate is not trusted, is out of date or is for another name; in the TLS library's words.
  case certificate(String)
  /// No secure connection for another reason, such as a server that speaks plain HTTP.
  case tls(String)
  /// Cut before the end.
  case connectionLost
  /// What answered does not speak HTTP.
  case notHTTP
  case badURL
  case tooManyRedirects
  /// A redirect that is not followed: away from https.
  case unsafeRedirect
  /// The body grew past the limit of `perform`.
  case tooLarge
  case cancelled
  /// Nothing may leave: `HTTPClient.setBlocked`.
  case blocked
  /// libcurl is not installed.
  case noCurl
  case other(code: Int, String)
}

extension HTTPError {
  /// - Parameters:
  ///   - code: how libcurl ended the transfer (libcurl-errors(3)).
  ///   - systemError: errno of the failed connect, 0 when unknown.
  ///   - text: libcurl's own words; they name hosts and certificates, never a query.
  init(_ code: CURLcode, systemError: Int, text: String) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .hostNotFound
    case CURLE_COULDNT_CONNECT: self = Self.connectFailure(Int32(systemError))
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_PEER_FAILED_VERIFICATION: self = .certificate(text)
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED:
      self = .tls(text)
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: self = .connectionLost
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL: self = .notHTTP
    case CURLE_URL_MALFORMAT: self = .badURL
    case CURLE_TOO_MANY_REDIRECTS: self = .tooManyRedirects
    case CURLE_WRITE_ERROR, CURLE_ABORTED_BY_CALLBACK: self = .cancelled
    default: self = .other(code: Int(code.rawValue), text)
    }
  }

  private static func connectFailure(_ systemError: Int32) -> HTTPError {
    switch systemError {
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL: .unreachable
    case ETIMEDOUT: .timedOut
    default: .refused
    }
  }
}
