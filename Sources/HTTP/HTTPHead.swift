/// Status and headers of an answer.
package struct HTTPHead: Sendable {
  package var status: Int
  /// Names in lower case.
  package var headers: [(name: String, value: String)]
  /// Where the answer came from in the end, without its query.
  package var url: String
  /// How many redirects led there.
  package var redirects: Int

  package init(status: Int, headers: [(name: String, value: String)] = [], url: String = "", redirects: Int = 0) {
    self.status = status
    self.headers = headers
    self.url = url
    self.redirects = redirects
  }

  /// The first header of that name (lower case).
  package subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The media type alone, lower case: `text/html`.
  package var contentType: String? {
    self["content-type"].map { value in
      String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
    }
  }

  package var contentLength: Int64? { self["content-length"].flatMap { Int64($0) } }
}

/// A whole answer, from `HTTPClient.perform`.
package struct HTTPResponse: Sendable {
  package var head: HTTPHead
  package var body: [UInt8]

  package init(head: HTTPHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }
}
