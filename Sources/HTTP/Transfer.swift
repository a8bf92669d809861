import CCurl

/// One request on the network thread: its easy handle, what has come of the head, and to whom it goes.
final class Transfer {
  enum Outcome { case ended(HTTPError?), redirected }

  /// nil when libcurl would not give one, or not take an option.
  private(set) var easy: UnsafeMutableRawPointer?
  private let request: HTTPRequest
  private let handler: any HTTPHandler
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var aliases: UnsafeMutablePointer<curl_slist>?
  /// libcurl writes its words here (CURLOPT_ERRORBUFFER(3)).
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var head = HTTPHead(status: 0)
  private var isHeadDelivered = false
  private var isPaused = false

  init(_ request: HTTPRequest, _ handler: any HTTPHandler, userAgent: String) {
    self.request = request
    self.handler = handler
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    guard let easy = dulcet_curl_easy() else { return }
    self.easy = easy
    for header in request.headers {
      headers = dulcet_curl_slist_add(headers, "\(header.name): \(header.value)")
    }
    configure(easy, request, userAgent: userAgent)
    dulcet_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers)
    if request.isRadio {
      aliases = dulcet_curl_slist_add(nil, "ICY 200 OK")
      dulcet_curl_set_pointer(easy, CURLOPT_HTTP200ALIASES, aliases)
    }
    dulcet_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    dulcet_curl_set_receivers(easy, receiveHeader, receiveBody, Unmanaged.passUnretained(self).toOpaque())
    head.url = HTTPRequest.withoutQuery(request.url)
  }

  deinit {
    if let easy { dulcet_curl_easy_free(easy) }
    dulcet_curl_slist_free(headers)
    dulcet_curl_slist_free(aliases)
    errorText.deallocate()
  }

  /// What is to be done now that libcurl has ended the exchange with `code`.
  func outcome(_ code: CURLcode) -> Outcome {
    guard let easy, code == CURLE_OK else { return .ended(failure(code)) }
    guard followsRedirect, let target = dulcet_curl_get_string(easy, CURLINFO_REDIRECT_URL) else { return .ended(nil) }
    let url = String(cString: target)
    guard head.redirects < request.maximumRedirects else { return .ended(.tooManyRedirects) }
    let mayBePlain = request.isRadio || !head.url.hasPrefix("https://")
    guard url.hasPrefix("https://") || (url.hasPrefix("http://") && mayBePlain) else {
      return .ended(.unsafeRedirect)
    }
    head = HTTPHead(status: 0, url: HTTPRequest.withoutQuery(url), redirects: head.redirects + 1)
    setURL(easy, url)
    return .redirected
  }

  func end(_ error: HTTPError?) {
    if error == nil { deliverHead() }
    handler.end(error)
  }

  func resume() {
    guard isPaused, let easy else { return }
    isPaused = false
    dulcet_curl_resume(easy)
  }

  private func failure(_ code: CURLcode) -> HTTPError {
    guard let easy else { return .other(code: Int(code.rawValue), "") }
    let systemError = dulcet_curl_get_long(easy, CURLINFO_OS_ERRNO)
    return HTTPError(code, systemError: systemError, text: String(cString: errorText))
  }

  /// Whether the answer is a redirect that goes no further than here.
  private var followsRedirect: Bool {
    if case .post = request.method { return false }
    return (300..<400).contains(head.status) && head.status != 304 && head["location"] != nil
  }

  private func deliverHead() {
    guard !isHeadDelivered else { return }
    isHeadDelivered = true
    handler.receive(head: head)
  }

  /// One line of a head, as libcurl hands it over: a status line begins a new head (after 100, after a redirect).
  fileprivate func header(_ line: String) {
    if line.hasPrefix("HTTP/") || line.hasPrefix("ICY ") {
      let status = line.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } ?? 0
      head = HTTPHead(status: status, url: head.url, redirects: head.redirects)
    } else if let colon = line.firstIndex(of: ":") {
      head.headers.append((line[..<colon].lowercased(), trimmed(line[line.index(after: colon)...])))
    }
  }

  fileprivate func body(_ bytes: UnsafeRawBufferPointer) -> Int {
    if followsRedirect { return bytes.count }
    deliverHead()
    switch handler.receive(body: bytes) {
    case .more: return bytes.count
    case .stop: return Int(CURL_WRITEFUNC_ERROR)
    case .pause:
      isPaused = true
      return Int(CURL_WRITEFUNC_PAUSE)
    }
  }
}

private func trimmed(_ text: Substring) -> String {
  var text = text
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}

// libcurl's callbacks: at file scope, since libcurl calls them on the network thread.

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue().header(String(decoding: line, as: UTF8.self))
  return size * count
}

private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
    .body(UnsafeRawBufferPointer(start: bytes, count: size * count))
}
