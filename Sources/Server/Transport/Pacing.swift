import CMicroHTTPD
import Threading

/// How fast files go out: so many bytes a second on each connection.
struct Pacing: Sendable {
  let bytesPerSecond: Int
  let delays: Delays

  /// What may go out at once at the start, in bytes.
  static let burst = 64 * 1024

  /// How many bytes may go out now, or how long to wait until some may.
  func allowance(position: Int64, elapsed: Duration) -> (bytes: Int, wait: Duration) {
    let due = Int64(elapsed / .seconds(1) * Double(bytesPerSecond)) + Int64(Self.burst)
    if due > position { return (Int(due - position), .zero) }
    // A piece worth sending, not byte by byte.
    let missing = position - due + Int64(min(Self.burst, bytesPerSecond / 20 + 1))
    return (0, .seconds(Double(missing) / Double(bytesPerSecond)))
  }
}

/// A file on its way out of one connection. On libmicrohttpd's thread.
final class Transfer {
  private let slice: FileSlice
  private let pacing: Pacing?
  private let begun = monotonicNow()
  /// Suspends the connection for a while; false where that cannot be.
  private let pause: (Duration) -> Bool

  init(_ slice: FileSlice, pacing: Pacing?, pause: @escaping (Duration) -> Bool) {
    self.slice = slice
    self.pacing = pacing
    self.pause = pause
  }

  /// The next bytes; 0 when the connection is suspended, nil when there are no more.
  func read(at position: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    guard let pacing else { return slice.read(at: position, into: buffer) }
    let (bytes, wait) = pacing.allowance(position: position, elapsed: monotonicNow() - begun)
    if bytes == 0 { return pause(wait) ? 0 : nil }
    return slice.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(bytes)))
  }
}
