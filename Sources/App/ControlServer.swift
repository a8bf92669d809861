import CLinux
import Glibc

/// The control socket: takes lines of the command language from the shell, answers one line of JSON to each.
///
/// Lives on the loop's thread and never blocks it: clients that do not read are dropped. The socket is 0600 in a
/// directory that only the user can enter.
final class ControlServer {
  struct Client {
    var descriptor: Int32
    var received: [UInt8] = []
    var unsent: [UInt8] = []
    var isClosing = false
  }

  /// A line, and where its answer goes.
  struct Request {
    let client: Int
    let line: String
  }

  private let path: String
  private let listener: Int32
  private var clients: [Int: Client] = [:]
  private var nextClient = 1
  private static let longestLine = 64 * 1024

  /// - Throws: `FileError`; `EADDRINUSE` when another player answers there.
  init(path: String) throws(FileError) {
    self.path = path
    if let other = try? ControlClient(path: path) {
      other.close()
      throw FileError(code: EADDRINUSE, path: path, action: .create)
    }
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
    let bound = withSocketAddress(path) { address, length in
      let mask = umask(0o177)
      defer { umask(mask) }
      return bind(listener, address, length)
    }
    guard listener >= 0, bound == 0, listen(listener, 8) == 0 else {
      let code = bound == nil ? ENAMETOOLONG : errno
      close(listener)
      throw FileError(code: code, path: path, action: .create)
    }
  }

  deinit {
    for client in clients.values { close(client.descriptor) }
    close(listener)
    unlink(path)
  }

  /// What the loop polls for.
  var descriptors: [pollfd] {
    [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      + clients.values.map { client in
        pollfd(fd: client.descriptor, events: Int16(POLLIN | (client.unsent.isEmpty ? 0 : POLLOUT)), revents: 0)
      }
  }

  /// Accepts, reads and writes what it can without waiting.
  /// - Returns: the lines that came.
  func serve() -> [Request] {
    while case let descriptor = dulcet_accept(listener), descriptor >= 0 {
      clients[nextClient] = Client(descriptor: descriptor)
      nextClient += 1
    }
    var requests: [Request] = []
    for id in clients.keys.sorted() {
      requests += receive(id).map { Request(client: id, line: $0) }
      flush(id)
    }
    return requests
  }

  func answer(_ client: Int, _ line: String) {
    clients[client]?.unsent += Array(line.utf8) + [UInt8(ascii: "\n")]
    flush(client)
  }

  private func receive(_ id: Int) -> [String] {
    guard var client = clients[id] else { return [] }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(client.descriptor, &buffer, buffer.count, 0)
      if count > 0 {
        client.received += buffer[..<count]
        if client.received.count > Self.longestLine {
          drop(id)
          return []
        }
        continue
      }
      if count == 0 { client.isClosing = true }
      break
    }
    var lines: [String] = []
    while let end = client.received.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(String(decoding: client.received[..<end], as: UTF8.self))
      client.received.removeSubrange(...end)
    }
    clients[id] = client
    if client.isClosing && lines.isEmpty && client.unsent.isEmpty { drop(id) }
    return lines
  }

  private func flush(_ id: Int) {
    guard let client = clients[id], !client.unsent.isEmpty else { return }
    let count = send(client.descriptor, client.unsent, client.unsent.count, Int32(MSG_NOSIGNAL))
    if count > 0 {
      clients[id]?.unsent.removeFirst(count)
    } else if errno != EAGAIN && errno != EINTR {
      drop(id)
    }
  }

  private func drop(_ id: Int) {
    if let client = clients.removeValue(forKey: id) { close(client.descriptor) }
  }
}

/// nil when the path is too long for a socket's name (107 bytes, unix(7)).
func withSocketAddress<Result>(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result? {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let bytes = Array(path.utf8)
  guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}
