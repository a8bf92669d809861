import CLinux
import Glibc

/// The control socket: takes lines of the command language from the shell, answers one line of JSON to each.
///
/// Lives on the loop's thread and never blocks it: from a client that does not read nothing is read either. The socket is
/// 0600 in a directory that only the user can enter; a lock beside it is held as long as the player runs, so that two
/// that start at once do not take it from each other.
final class ControlServer {
  struct Client {
    var descriptor: Int32
    var received: [UInt8] = []
    var unsent: ArraySlice<UInt8> = []
    /// Lines without an answer so far.
    var pending = 0
    /// It will say no more, but may still listen.
    var isClosing = false

    var isDone: Bool { isClosing && pending == 0 && unsent.isEmpty }
  }

  /// A line, and where its answer goes.
  struct Request {
    let client: Int
    let line: String
  }

  private let path: String
  private let listener: Int32
  private let lock: Int32
  private var clients: [Int: Client] = [:]
  private var nextClient = 1
  private static let longestLine = 64 * 1024
  private static let mostClients = 64

  /// - Throws: `FileError`; `EADDRINUSE` when another player answers there.
  init(path: String) throws(FileError) {
    self.path = path
    lock = try Self.lock(path)
    if let other = try? ControlClient(path: path) {
      other.close()
      close(lock)
      throw FileError(code: EADDRINUSE, path: path, action: .create)
    }
    unlink(path)
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
    // Linux makes the file with the socket's own mode; umask(2) would be everybody's.
    fchmod(listener, 0o600)
    let bound = withSocketAddress(path) { bind(listener, $0, $1) }
    guard listener >= 0, bound == 0, listen(listener, 8) == 0 else {
      // `deinit` closes what was opened.
      throw FileError(code: bound == nil ? ENAMETOOLONG : errno, path: path, action: .create)
    }
  }

  /// The lock's file stays when the player ends; the system lets go of the lock however that happens (flock(2)).
  private static func lock(_ path: String) throws(FileError) -> Int32 {
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw FileError(code: errno, path: path, action: .create) }
    // Where a file system knows no locks, the socket alone decides.
    guard flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return lock }
    close(lock)
    throw FileError(code: EADDRINUSE, path: path, action: .create)
  }

  deinit {
    for client in clients.values { close(client.descriptor) }
    close(listener)
    unlink(path)
    close(lock)
  }

  /// What the loop polls for.
  var descriptors: [pollfd] {
    [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      + clients.values.map { client in
        let events = client.unsent.isEmpty ? (client.isClosing ? 0 : POLLIN) : POLLOUT
        return pollfd(fd: client.descriptor, events: Int16(events), revents: 0)
      }
  }

  /// Accepts, reads and writes what it can without waiting.
  /// - Returns: the lines that came.
  func serve() -> [Request] {
    while case let descriptor = dulcet_accept(listener), descriptor >= 0 {
      guard clients.count < Self.mostClients else {
        close(descriptor)
        continue
      }
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
    clients[client]?.pending -= 1
    clients[client]?.unsent += Array(line.utf8) + [UInt8(ascii: "\n")]
    flush(client)
  }

  private func receive(_ id: Int) -> [String] {
    guard var client = clients[id], client.unsent.isEmpty else { return [] }
    if client.isClosing {
      if hasHungUp(client) { drop(id) }
      return []
    }
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
    client.pending += lines.count
    clients[id] = client
    if client.isDone { drop(id) }
    return lines
  }

  /// Whether nobody listens there any more.
  private func hasHungUp(_ client: Client) -> Bool {
    var descriptor = pollfd(fd: client.descriptor, events: 0, revents: 0)
    return poll(&descriptor, 1, 0) != 0
  }

  private func flush(_ id: Int) {
    guard let client = clients[id], !client.unsent.isEmpty else { return }
    let count = client.unsent.withUnsafeBytes { send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if count > 0 {
      clients[id]?.unsent = client.unsent.dropFirst(count)
      if clients[id]?.isDone == true { drop(id) }
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
