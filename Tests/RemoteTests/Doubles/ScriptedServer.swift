import Foundation
import Threading

/// What a client asked of a `ScriptedServer`.
struct ScriptedRequest: Sendable {
  var method = ""
  /// Without the query.
  var path = ""
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  /// Of the query and of a form's body, decoded.
  var parameters: [(name: String, value: String)] = []

  subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }
  func all(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }
  /// The call's name: `ping` of `/rest/ping.view`.
  var call: String { String(path.split(separator: "/").last?.split(separator: ".").first ?? "") }
}

/// What a `ScriptedServer` answers.
struct ScriptedReply: Sendable {
  enum Ending: Sendable {
    /// The connection stays open for the next request.
    case keepAlive
    /// It is closed after the bytes, however many were promised.
    case cut
    /// Nothing more comes, and the connection stays open.
    case stall
  }

  var status = "200 OK"
  var headers: [(String, String)] = []
  var body: [UInt8] = []
  /// Of the body; more than the body's own where it will be cut.
  var promisedLength: Int?
  var ending = Ending.keepAlive

  static func json(_ text: String, status: String = "200 OK") -> ScriptedReply {
    ScriptedReply(status: status, headers: [("Content-Type", "application/json")], body: Array(text.utf8))
  }

  static func html(_ text: String, status: String = "200 OK") -> ScriptedReply {
    ScriptedReply(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
  }

  static func redirect(to url: String, status: String = "302 Found") -> ScriptedReply {
    ScriptedReply(status: status, headers: [("Location", url)])
  }

  /// Accepts the request and never answers.
  static var silence: ScriptedReply { ScriptedReply(status: "", ending: .stall) }
  /// Closes the connection without a word.
  static var hangUp: ScriptedReply { ScriptedReply(status: "", ending: .cut) }

  fileprivate var bytes: [UInt8] {
    guard !status.isEmpty else { return [] }
    var head = "HTTP/1.1 \(status)\r\nContent-Length: \(promisedLength ?? body.count)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }
}

/// An HTTP server on loopback that says what a test wants it to say. One thread, as many connections as come.
final class ScriptedServer: Sendable {
  private struct State: Sendable {
    var requests: [ScriptedRequest] = []
    var connectionCount = 0
  }

  let port: UInt16
  private let listener: Int32
  private let wake = Wake()
  private let state = Monitor(State())
  private let thread = Monitor<OSThread?>(nil)

  /// - Parameter port: 0 for any that is free.
  init(port: UInt16 = 0, _ answer: @escaping @Sendable (ScriptedRequest) -> ScriptedReply) {
    (listener, self.port) = listen(on: port)
    let (listener, wake, state) = (listener, wake, state)
    thread.withLock {
      $0 = OSThread("scripted") {
        serve(
          listener, wake, accepted: { state.withLock { $0.connectionCount += 1 } },
          answer: { request in
            state.update { $0.requests.append(request) }
            return answer(request)
          })
      }
    }
  }

  deinit { stop() }

  /// Closes every connection; from now on the port refuses.
  func stop() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    wake.ring()
    thread.join()
  }

  var base: String { "http://127.0.0.1:\(port)/" }
  var requests: [ScriptedRequest] { state.withLock { $0.requests } }
  var connectionCount: Int { state.withLock { $0.connectionCount } }

  /// Waits until `condition` holds of the requests so far; false when it does not within half a minute.
  func waits(until condition: @escaping ([ScriptedRequest]) -> Bool) -> Bool {
    state.wait(timeout: .seconds(30)) { condition($0.requests) ? true : nil } ?? false
  }
}

private func listen(on port: UInt16) -> (descriptor: Int32, port: UInt16) {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  var on: Int32 = 1
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      // A port that was given back may for a moment be the near end of somebody's connection.
      let deadline = monotonicNow() + .seconds(30)
      while bind(descriptor, address, length) != 0 {
        precondition(errno == EADDRINUSE && monotonicNow() < deadline, "bind: \(errno)")
        usleep(20_000)
      }
      precondition(Glibc.listen(descriptor, 64) == 0)
      getsockname(descriptor, address, &length)
    }
  }
  return (descriptor, UInt16(bigEndian: address.sin_port))
}

private func serve(
  _ listener: Int32, _ wake: Wake, accepted: () -> Void, answer: (ScriptedRequest) -> ScriptedReply
) {
  var connections: [Int32] = []
  defer { for descriptor in connections + [listener] { close(descriptor) } }
  while true {
    var polled = ([wake.descriptor, listener] + connections).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    poll(&polled, nfds_t(polled.count), -1)
    if polled[0].revents != 0 { return }
    if polled[1].revents != 0 {
      accepted()
      connections.append(accept(listener, nil, nil))
    }
    for connection in polled[2...] where connection.revents != 0 {
      if !converse(connection.fd, answer) {
        close(connection.fd)
        connections.removeAll { $0 == connection.fd }
      }
    }
  }
}

/// - Returns: false when the connection is to be closed.
private func converse(_ descriptor: Int32, _ answer: (ScriptedRequest) -> ScriptedReply) -> Bool {
  guard let request = readRequest(descriptor) else { return false }
  let reply = answer(request)
  let bytes = reply.bytes
  var sent = 0
  while sent < bytes.count {
    let count = bytes.withUnsafeBytes {
      send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
    }
    guard count > 0 else { return false }
    sent += count
  }
  switch reply.ending {
  case .cut: return false
  case .stall: return true
  case .keepAlive: return request.headers["connection"]?.lowercased() != "close"
  }
}

private func readRequest(_ descriptor: Int32) -> ScriptedRequest? {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    bytes += buffer[..<count]
    // A TLS client says hello: no request will come of it.
    if bytes.first == 0x16 { return nil }
    if let request = parse(bytes) { return request }
  }
}

/// nil while the request is not whole.
private func parse(_ bytes: [UInt8]) -> ScriptedRequest? {
  let text = String(decoding: bytes, as: UTF8.self)
  guard let end = text.range(of: "\r\n\r\n") else { return nil }
  let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
  let words = lines[0].split(separator: " ")
  var request = ScriptedRequest()
  request.method = String(words[0])
  let target = words[1].split(separator: "?", maxSplits: 1)
  request.path = String(target[0])
  for line in lines.dropFirst() {
    let parts = line.split(separator: ":", maxSplits: 1)
    request.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
  }
  let head = text[..<end.upperBound].utf8.count
  let length = Int(request.headers["content-length"] ?? "0")!
  guard bytes.count >= head + length else { return nil }
  request.body = Array(bytes[head..<(head + length)])
  let form = String(decoding: request.body, as: UTF8.self)
  request.parameters = decoded(target.count > 1 ? String(target[1]) : "") + decoded(form)
  return request
}

private func decoded(_ query: String) -> [(name: String, value: String)] {
  query.split(separator: "&").map { pair in
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? parts[1].removingPercentEncoding! : "")
  }
}
