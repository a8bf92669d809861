import CCurl

/// Puts a request into an easy handle (curl_easy_setopt(3)).
func configure(_ easy: UnsafeMutableRawPointer, _ request: HTTPRequest, userAgent: String) {
  setURL(easy, request.url)
  dulcet_curl_set_string(easy, CURLOPT_USERAGENT, userAgent)
  dulcet_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
  // A cancelled request does not wait for a name server that is silent (CURLOPT_QUICK_EXIT(3), since libcurl 7.87).
  dulcet_curl_set_long(easy, CURLOPT_QUICK_EXIT, 1)
  dulcet_curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)  // `Transfer` follows, by rules of its own
  dulcet_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
  dulcet_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
  dulcet_curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
  dulcet_curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
  if let file = request.certificateFile { dulcet_curl_set_string(easy, CURLOPT_CAINFO, file) }
  if request.acceptsCompression { dulcet_curl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "gzip") }
  // libcurl's own 16 KiB mean sixteen calls for a chunk of the cache (CURLOPT_BUFFERSIZE(3)).
  dulcet_curl_set_long(easy, CURLOPT_BUFFERSIZE, 256 << 10)
  setTimeouts(easy, request)
  switch request.method {
  case .get: dulcet_curl_set_long(easy, CURLOPT_HTTPGET, 1)
  case .head: dulcet_curl_set_long(easy, CURLOPT_NOBODY, 1)
  case .post(let form):
    var form = form
    form.withUTF8 { bytes in _ = dulcet_curl_set_body(easy, bytes.baseAddress, bytes.count) }
  }
}

/// A proxy named in the environment is used, but never to reach this computer.
func setURL(_ easy: UnsafeMutableRawPointer, _ url: String) {
  dulcet_curl_set_string(easy, CURLOPT_URL, url)
  let authority = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).dropFirst().first ?? ""
  let isHere = ["localhost", "127.", "[::1]"].contains { authority.hasPrefix($0) }
  dulcet_curl_set_string(easy, CURLOPT_PROXY, isHere ? "" : nil)
}

private func setTimeouts(_ easy: UnsafeMutableRawPointer, _ request: HTTPRequest) {
  dulcet_curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectTimeout))
  dulcet_curl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
  dulcet_curl_set_long(easy, CURLOPT_LOW_SPEED_TIME, max(1, milliseconds(request.stallTimeout) / 1000))
  if let total = request.totalTimeout { dulcet_curl_set_long(easy, CURLOPT_TIMEOUT_MS, milliseconds(total)) }
}

private func milliseconds(_ duration: Duration) -> Int {
  max(1, Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000))
}
