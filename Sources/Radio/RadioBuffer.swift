/// The bytes between a station and its decoder: a short past, and what came and was not read yet.
///
/// Offsets are the reader's. What it asks for beyond the window is not there in a stream that only goes on: then it gets
/// what comes next, and that is called by the offset it asked for. Memory is bounded: see `hasRoom`.
struct RadioBuffer {
  private var bytes: [UInt8] = []
  /// The place of `bytes[0]`, counted from the first byte that ever came.
  private var base = 0
  /// The place that is read next.
  private var position = 0
  /// What the reader calls a place, minus the place.
  private var shift: Int64 = 0

  /// So many unread bytes are kept: 16 seconds of 128 kbit/s.
  static let longestAhead = 256 << 10
  /// Kept of what was read: decoders look at the beginning twice.
  static let longestPast = 64 << 10
  /// A jump ahead as wide as this, from the beginning on, is waited for: over a tag.
  private static let widestJump = 1 << 20

  private var end: Int { base + bytes.count }
  var unread: Int { max(end - position, 0) }
  var hasRoom: Bool { unread < Self.longestAhead }
  /// Whether the sender that was held may go on.
  var wantsMore: Bool { unread <= Self.longestAhead / 2 }

  mutating func append(_ new: UnsafeRawBufferPointer) {
    bytes += new
    let past = position - Self.longestPast - base
    // Seldom: each time it moves all that stays.
    if past > Self.longestPast { drop(min(past, bytes.count)) }
  }

  /// - Returns: the number of bytes copied; 0 when none is there yet.
  mutating func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let place = offset - shift
    let isJump = (1...4096).contains(position) && place <= Int64(position + Self.widestJump)
    if place >= Int64(base), place <= Int64(max(end, position)) || isJump {
      position = Int(place)
    } else {
      shift = offset - Int64(position)
    }
    guard position < end else { return 0 }
    let count = min(buffer.count, end - position)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[(position - base)...].prefix(count)))
    }
    position += count
    return count
  }

  /// Forgets what was not read: after a pause the station is heard as it is now.
  mutating func skipToEnd() {
    shift -= Int64(unread)
    position = max(position, end)
    drop(bytes.count)
  }

  private mutating func drop(_ count: Int) {
    bytes.removeFirst(count)
    base += count
  }
}
