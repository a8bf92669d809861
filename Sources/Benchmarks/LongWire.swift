import Glibc
import Synchronization
import Threading

/// A wire to a port of this computer on which everything takes its time: half a round trip each way, and a whole one
/// before a new connection's first byte, as the handshake of TCP would.
///
/// One thread carries everything; sockets are few and the loop looks at all of them.
final class LongWire: Sendable {
  let port: UInt16
  private let isOver = Atomic(false)
  private let thread: Monitor<OSThread?>

  init(to target: UInt16, _ roundTrip: Duration) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = loopback(0)
    _ = withAddress(&address) { bind(listener, $0, $1) }
    listen(listener, 16)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withAddress(&address) { pointer, _ in getsockname(listener, UnsafeMutablePointer(mutating: pointer), &length) }
    port = UInt16(bigEndian: address.sin_port)
    thread = Monitor(nil)
    let started = OSThread("wire") { [self] in
      var carrier = Carrier(listener: listener, target: target, roundTrip: roundTrip)
      while !isOver.load(ordering: .relaxed) { carrier.turn() }
      carrier.close()
    }
    thread.withLock { $0 = started }
  }

  func end() {
    isOver.store(true, ordering: .relaxed)
    thread.withLock { $0 }?.join()
  }
}

private struct Carrier {
  /// One direction of a connection.
  struct Way {
    var from: Int32
    var to: Int32
    var notBefore: Duration
    var carried: [(due: Duration, bytes: [UInt8])] = []
    var isEnding = false
  }

  let listener: Int32
  let target: UInt16
  let roundTrip: Duration
  private var ways: [Way] = []

  init(listener: Int32, target: UInt16, roundTrip: Duration) {
    self.listener = listener
    self.target = target
    self.roundTrip = roundTrip
  }

  mutating func turn() {
    var descriptors = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
    descriptors += ways.map { pollfd(fd: $0.isEnding ? -1 : $0.from, events: Int16(POLLIN), revents: 0) }
    let next = ways.compactMap { $0.carried.first?.due }.min().map { ($0 - monotonicNow()).milliseconds.rounded(.up) }
    guard poll(&descriptors, nfds_t(descriptors.count), Int32(max(0, min(next ?? 50, 50)))) >= 0 else { return }
    for (place, descriptor) in descriptors.dropFirst().enumerated() where descriptor.revents != 0 { read(place) }
    if descriptors[0].revents != 0 { accept() }
    for place in ways.indices { deliver(place) }
    ways.removeAll { $0.isEnding && $0.carried.isEmpty }
  }

  func close() {
    Glibc.close(listener)
    for way in ways { Glibc.close(way.from) }
  }

  private mutating func accept() {
    let client = Glibc.accept(listener, nil, nil)
    guard client >= 0 else { return }
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(target)
    _ = withAddress(&address) { connect(server, $0, $1) }
    let began = monotonicNow()
    ways.append(Way(from: client, to: server, notBefore: began + roundTrip))
    ways.append(Way(from: server, to: client, notBefore: began))
  }

  private mutating func read(_ place: Int) {
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    let count = recv(ways[place].from, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    let due = max(monotonicNow(), ways[place].notBefore) + roundTrip / 2
    if count > 0 {
      ways[place].carried.append((due, Array(buffer[..<count])))
    } else if count == 0 || errno != EAGAIN {
      ways[place].isEnding = true
    }
  }

  private mutating func deliver(_ place: Int) {
    while let (due, bytes) = ways[place].carried.first, due <= monotonicNow() {
      ways[place].carried.removeFirst()
      _ = Glibc.send(ways[place].to, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
    if ways[place].isEnding, ways[place].carried.isEmpty { shutdown(ways[place].to, Int32(SHUT_WR)) }
  }
}

private func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  return address
}

private func withAddress<Result>(
  _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
  }
}
