/// What to ask, of whom, and how long to wait for it.
package struct HTTPRequest: Sendable {
  package enum Method: Sendable, Hashable {
    /// Redirects are followed, to the same scheme or up to https.
    case get
    /// Redirects are not followed: their answer is the answer.
    case post(form: String)
    case head
  }

  package var method: Method
  /// May hold secrets in its query: never shown, see `HTTPRequest.withoutQuery`.
  package var url: String
  package var headers: [(name: String, value: String)]
  /// Whether the body may come compressed. Not for media: offsets would mean nothing.
  package var acceptsCompression = false
  package var connectTimeout: Duration = .seconds(10)
  /// The transfer ends when not a byte has come for so long. Whole seconds.
  package var stallTimeout: Duration = .seconds(30)
  /// From the start to the last byte; nil for media, which may take as long as it plays.
  package var totalTimeout: Duration?
  package var maximumRedirects = 5
  /// A file of certificates to trust in place of the system's. Certificates are always verified.
  package var certificateFile: String?

  /// A radio station: old servers answer with `ICY 200 OK`, and redirects may lead away from https.
  package var isRadio = false

  package init(_ method: Method = .get, url: String, headers: [(name: String, value: String)] = []) {
    self.method = method
    self.url = url
    self.headers = headers
  }

  /// A URL as it may be shown: no query, no fragment, no user and password.
  package static func withoutQuery(_ url: String) -> String {
    let bare = url.prefix { $0 != "?" && $0 != "#" }
    let pieces = bare.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard pieces.count >= 3, let at = pieces[2].lastIndex(of: "@") else { return String(bare) }
    let host = pieces[2][pieces[2].index(after: at)...]
    return ([pieces[0], pieces[1], host] + pieces[3...]).joined(separator: "/")
  }
}
