import Glibc
import Threading

/// A proxy on loopback before a real server: it passes requests and answers on, and spoils those that its script names.
///
/// One request a connection. All of it blocks threads of its own; it ends with the object.
package final class FaultProxy: Sendable {
  package enum Fault: Hashable, Sendable, CaseIterable {
    /// The connection breaks in the middle of the answer.
    case drop
    /// Half of the answer, then silence for a while, then the end.
    case stall
    /// Half of the answer, as if that were all.
    case truncate
    /// It comes later than those that were asked after it.
    case reorder
    case internalError, badGateway, tooMany
    /// A page for people, with 200.
    case html
    /// To a page for signing in.
    case redirect
    /// Bytes of another version of the file, which the head says; other answers pass.
    case changedFile
  }

  fileprivate struct State: Sendable {
    var script: @Sendable (Int) -> Fault? = { _ in nil }
    var requests = 0
    var injected: [Fault: Int] = [:]
    var isOver = false
    var threads: [OSThread] = []
  }

  package let port: UInt16
  private let listener: Int32
  private let upstream: UInt16
  private let state = Monitor(State())

  /// - Parameter upstream: the server's port on loopback.
  package init(upstream: UInt16) {
    self.upstream = upstream
    (listener, port) = Self.listen()
    let (listener, state) = (listener, state)
    let acceptor = OSThread("fault proxy") {
      while !state.withLock({ $0.isOver }) {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { continue }
        let thread = OSThread("faulty") {
          serve(connection, upstream: upstream) { state.update { $0.next() } }
          close(connection)
        }
        state.withLock { $0.threads.append(thread) }
      }
    }
    state.withLock { $0.threads.append(acceptor) }
  }

  deinit {
    let threads = state.update { state in
      state.isOver = true
      return state.threads
    }
    shutdown(listener, Int32(SHUT_RDWR))
    for thread in threads { thread.join() }
    close(listener)
  }

  /// From now on the script is asked for each request, which it knows by its number, from 1; nil: as it was.
  package func inject(_ script: @escaping @Sendable (Int) -> Fault?) {
    state.update { state in
      state.script = script
      state.requests = 0
    }
  }

  /// How often each was done to an answer.
  package var injected: [Fault: Int] { state.withLock { $0.injected } }

  private static func listen() -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bare in
        bind(listener, bare, length) == 0 && Glibc.listen(listener, 16) == 0
          && getsockname(listener, bare, &length) == 0
      }
    }
    precondition(isBound, "no port on loopback")
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}

extension FaultProxy.State {
  fileprivate mutating func next() -> FaultProxy.Fault? {
    requests += 1
    let fault = script(requests)
    if let fault { injected[fault, default: 0] += 1 }
    return fault
  }
}

private func loopback(port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// One request: asked of the server, spoiled as wanted, answered.
private func serve(_ connection: Int32, upstream: UInt16, fault next: () -> FaultProxy.Fault?) {
  guard let request = readRequest(connection) else { return }
  let fault = next()
  let path = String(decoding: request.prefix { $0 != 0x0d }, as: UTF8.self)
  switch fault {
  case .internalError?: return send(status("500 Internal Server Error"), to: connection)
  case .badGateway?: return send(status("502 Bad Gateway"), to: connection)
  case .tooMany?: return send(status("429 Too Many Requests", "Retry-After: 0\r\n"), to: connection)
  case .html?: return send(page, to: connection)
  case .redirect? where !path.contains("/login"):
    return send(status("302 Found", "Location: /login\r\n"), to: connection)
  default: break
  }
  if path.contains(" /login") { return send(page, to: connection) }
  let answer = ask(request, of: upstream)
  switch fault {
  case .drop?: send(Array(answer.prefix(answer.count / 2)), to: connection)
  case .stall?:
    send(Array(answer.prefix(answer.count / 2)), to: connection)
    usleep(700_000)
  case .truncate?: send(cut(answer), to: connection)
  case .reorder?:
    usleep(300_000)
    send(answer, to: connection)
  case .changedFile?: send(otherVersion(answer), to: connection)
  default: send(answer, to: connection)
  }
}

private let page: [UInt8] = {
  let text = "<!DOCTYPE html><html><body>Please log in</body></html>"
  return Array(
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
      .utf8)
}()

private func status(_ line: String, _ more: String = "") -> [UInt8] {
  Array("HTTP/1.1 \(line)\r\n\(more)Content-Length: 0\r\nConnection: close\r\n\r\n".utf8)
}

private let endOfHead = Array("\r\n\r\n".utf8)

/// The request with its body, which the server is told to be the last on its connection.
private func readRequest(_ connection: Int32) -> [UInt8]? {
  var patience = timeval(tv_sec: 5, tv_usec: 0)
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  var request: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    if let end = request.firstRange(of: endOfHead) {
      let head = String(decoding: request[..<end.lowerBound], as: UTF8.self)
      let length = field("content-length", of: head).flatMap { Int($0) } ?? 0
      if request.count >= end.upperBound + length {
        let kept = head.split(separator: "\r\n").filter {
          let name = $0.lowercased()
          return !name.hasPrefix("connection:") && !name.hasPrefix("expect:")
        }
        return Array((kept + ["Connection: close"]).joined(separator: "\r\n").utf8) + request[end.lowerBound...]
      }
    }
    let count = recv(connection, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    request += buffer[..<count]
    if request.firstRange(of: endOfHead) != nil,
      String(decoding: request, as: UTF8.self).lowercased().contains("expect: 100")
    {
      send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: connection)
    }
  }
}

private func field(_ name: String, of head: String) -> String? {
  head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }.map { line in
    String(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " })
  }
}

private func ask(_ request: [UInt8], of port: UInt16) -> [UInt8] {
  let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(server) }
  var address = loopback(port: port)
  let isOpen = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
  guard isOpen else { return [] }
  send(request, to: server)
  var answer: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = recv(server, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
  return answer
}

private func send(_ bytes: [UInt8], to socket: Int32) {
  var sent = 0
  while sent < bytes.count {
    let count = bytes[sent...].withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    guard count > 0 else { return }
    sent += count
  }
}

/// Half of the body, with a head that promises no more; what has no length ends early.
private func cut(_ answer: [UInt8]) -> [UInt8] {
  guard let end = answer.firstRange(of: endOfHead) else { return answer }
  let body = answer[end.upperBound...]
  let half = body.prefix(body.count / 2)
  let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n").map { line in
    line.lowercased().hasPrefix("content-length:") ? "Content-Length: \(half.count)" : String(line)
  }
  return Array(head.joined(separator: "\r\n").utf8) + endOfHead + half
}

/// A part of a file that is another one by now: other bytes, and a head that says so.
private func otherVersion(_ answer: [UInt8]) -> [UInt8] {
  guard let end = answer.firstRange(of: endOfHead) else { return answer }
  let head = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
  guard head.hasPrefix("HTTP/1.1 206"), field("content-range", of: head)?.hasPrefix("bytes 0-") == false else {
    return answer
  }
  let lines = head.split(separator: "\r\n").map { line -> String in
    let name = line.lowercased()
    if name.hasPrefix("etag:") { return "ETag: \"another\"" }
    return name.hasPrefix("last-modified:") ? "Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT" : String(line)
  }
  return Array(lines.joined(separator: "\r\n").utf8) + endOfHead + answer[end.upperBound...].map { $0 ^ 0x5a }
}
