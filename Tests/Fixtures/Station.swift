import Glibc
import Threading

/// A radio station on loopback that does what a test scripts for each connection, one after another; the last script
/// stands for all further ones. It sends slowly only where the script says so.
package final class Station: Sendable {
  /// One connection, as a script sees it. All of it blocks the connection's own thread.
  package struct Listener: Sendable {
    /// What was asked, head and all.
    package let request: String
    fileprivate let socket: Int32
    fileprivate let isOver: @Sendable () -> Bool

    /// - Returns: false when nobody listens any more.
    @discardableResult
    package func send(_ bytes: some Collection<UInt8>) -> Bool {
      let bytes = Array(bytes)
      var sent = 0
      while sent < bytes.count, !isOver() {
        let count = bytes[sent...].withUnsafeBytes {
          Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if count > 0 { sent += count } else if errno != EAGAIN && errno != EINTR { return false }
      }
      return sent == bytes.count
    }

    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// What is asked next on the same connection; empty when nobody asks any more.
    package func next() -> String { isOver() ? "" : Station.read(socket, until: isOver) }

    /// Sends these bytes again and again, until nobody listens.
    package func sendForever(_ bytes: [UInt8]) { while send(bytes), !isOver() {} }

    /// Says nothing until nobody listens.
    package func stall() {
      var buffer = [UInt8](repeating: 0, count: 256)
      while !isOver() {
        let count = recv(socket, &buffer, buffer.count, 0)
        if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return }
      }
    }
  }

  package typealias Script = @Sendable (Listener) -> Void

  private struct State: Sendable {
    var requests: [String] = []
    var isOver = false
    var threads: [OSThread] = []
  }

  package let port: UInt16
  private let listener: Int32
  private let state = Monitor(State())

  package init(_ scripts: Script...) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    let bound = bindToLoopback(listener)
    precondition(bound != nil && listen(listener, 16) == 0, "no port on loopback")
    port = bound!
    let state = state
    let acceptor = OSThread("station") { Self.accept(on: listener, state, scripts) }
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

  package func url(_ path: String = "/live") -> String { "http://127.0.0.1:\(port)\(path)" }
  package var requests: [String] { state.withLock { $0.requests } }

  private static func accept(on listener: Int32, _ state: Monitor<State>, _ scripts: [Script]) {
    while !state.withLock({ $0.isOver }) {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { continue }
      var patience = timeval(tv_sec: 0, tv_usec: 50_000)
      setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      let request = read(connection)
      let place = state.update { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      let thread = OSThread("listener") {
        scripts[min(place, scripts.count - 1)](
          Listener(request: request, socket: connection, isOver: { state.withLock { $0.isOver } }))
        close(connection)
      }
      state.withLock { $0.threads.append(thread) }
    }
  }

  /// - Parameter isOver: asked while nothing comes; nil: five seconds are enough.
  fileprivate static func read(_ connection: Int32, until isOver: (() -> Bool)? = nil) -> String {
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var turns = 0
    while request.firstRange(of: Array("\r\n\r\n".utf8)) == nil, isOver.map({ !$0() }) ?? (turns < 100) {
      turns += 1
      let count = recv(connection, &buffer, buffer.count, 0)
      if count == 0 { break }
      if count > 0 { request += buffer[..<count] }
    }
    return String(decoding: request, as: UTF8.self)
  }
}
