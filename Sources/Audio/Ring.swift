import Glibc
import Synchronization

/// `@unchecked Sendable`: the writer alone touches frames in [written, released + capacity), the reader alone those in
/// [released, claimed), and the counters between them are atomic: stored after the bytes (releasing), loaded before.
private final class Ring: @unchecked Sendable {
  let bytes: UnsafeMutableRawPointer
  let capacity: Int
  let bytesPerFrame: Int
  let written = Atomic(0)
  let released = Atomic(0)
  /// The reader's promise to the writer: up to here frames are, or are about to be, handed over.
  let claimed = Atomic(0)

  init(capacity: Int, bytesPerFrame: Int) {
    precondition(capacity > 0 && bytesPerFrame > 0)
    self.capacity = capacity
    self.bytesPerFrame = bytesPerFrame
    bytes = .allocate(byteCount: capacity * bytesPerFrame, alignment: 64)
  }

  deinit { bytes.deallocate() }

  /// The contiguous stretch of at most `count` frames from `frame` on.
  func stretch(from frame: Int, count: Int) -> UnsafeMutableRawBufferPointer {
    let index = frame % capacity
    let length = min(count, capacity - index)
    return UnsafeMutableRawBufferPointer(start: bytes + index * bytesPerFrame, count: length * bytesPerFrame)
  }
}

/// Decoded sound between two threads: lock-free, one writer, one reader, counted in frames since it was made.
///
///     released ≤ cursor ≤ written ≤ released + capacity
///     [ played | handed over, not audible yet | waiting | free ]
///
/// The reader keeps what it handed to the device until that was audible: a device that cannot pause is emptied
/// and given the same frames again. Both ends are noncopyable, so handing one to two threads does not compile.
/// This is the decoder's end.
package struct RingWriter: ~Copyable, Sendable {
  private let ring: Ring
  private var hasReader = false

  package init(capacity: Int, bytesPerFrame: Int) { ring = Ring(capacity: capacity, bytesPerFrame: bytesPerFrame) }

  /// The other end. There is only one: ask once.
  package mutating func makeReader() -> RingReader {
    precondition(!hasReader, "a ring has one reader")
    hasReader = true
    return RingReader(ring: ring)
  }

  package var capacity: Int { ring.capacity }
  /// Frames written since the ring was made.
  package var written: Int { ring.written.load(ordering: .relaxed) }
  /// Frames that can be written now.
  package var space: Int { ring.capacity - (written - ring.released.load(ordering: .acquiring)) }

  /// Lends the next free stretch, of at most `limit` frames, to `body`, which returns how many frames it wrote.
  /// Not called when there is no space.
  package func write<Failure: Error>(
    atMost limit: Int = .max, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let count = min(space, limit)
    guard count > 0 else { return 0 }
    let start = written
    let wrote = try body(ring.stretch(from: start, count: count))
    ring.written.store(start + wrote, ordering: .releasing)
    return wrote
  }

  /// The reader's word: frames up to here are, or are about to be, handed over.
  package var claimed: Int { ring.claimed.load(ordering: .sequentiallyConsistent) }

  /// Takes back everything written from `frame` on.
  /// - Parameter look: is lent the first stretch of what was taken back.
  /// - Returns: false when the reader has taken some of it already; then nothing changed.
  package func rewind(to frame: Int, _ look: (UnsafeRawBufferPointer) -> Void = { _ in }) -> Bool {
    let end = written
    guard frame < end else { return true }
    // Either the reader's second look at `written` sees this, or the load below sees the reader's claim.
    ring.written.store(frame, ordering: .sequentiallyConsistent)
    if ring.claimed.load(ordering: .sequentiallyConsistent) <= frame {
      look(UnsafeRawBufferPointer(ring.stretch(from: frame, count: end - frame)))
      return true
    }
    ring.written.store(end, ordering: .sequentiallyConsistent)
    return false
  }
}

/// The output's end of the ring.
package struct RingReader: ~Copyable, Sendable {
  private let ring: Ring
  /// The next frame to hand over.
  package private(set) var cursor = 0

  fileprivate init(ring: Ring) { self.ring = ring }

  package var capacity: Int { ring.capacity }
  /// Frames up to here were audible and are gone.
  package var released: Int { ring.released.load(ordering: .relaxed) }
  /// Frames waiting to be handed over.
  package var waiting: Int { max(ring.written.load(ordering: .acquiring) - cursor, 0) }
  /// Frames that can be written now.
  package var space: Int { ring.capacity - (cursor + waiting - released) }

  /// Lends the next waiting stretch to `body`, which returns how many frames of it were handed over.
  /// Not called when nothing waits.
  package mutating func read<Failure: Error>(
    atMost limit: Int = .max, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    let count = claim(atMost: limit)
    guard count > 0 else { return 0 }
    var taken = 0
    defer {
      cursor += taken
      ring.claimed.store(cursor, ordering: .sequentiallyConsistent)
    }
    taken = try body(UnsafeRawBufferPointer(ring.stretch(from: cursor, count: count)))
    return taken
  }

  /// Says which frames are about to be taken, then looks again whether the writer took some back meanwhile.
  private func claim(atMost limit: Int) -> Int {
    let index = cursor % ring.capacity
    let count = min(waiting, limit, ring.capacity - index)
    guard count > 0 else { return 0 }
    ring.claimed.store(cursor + count, ordering: .sequentiallyConsistent)
    let left = min(count, max(ring.written.load(ordering: .sequentiallyConsistent) - cursor, 0))
    if left < count { ring.claimed.store(cursor + left, ordering: .sequentiallyConsistent) }
    return left
  }

  /// Lets frames up to `frame` (at most the cursor) go: they were audible.
  package func release(upTo frame: Int) {
    let frame = min(frame, cursor)
    guard frame > released else { return }
    ring.released.store(frame, ordering: .releasing)
  }

  /// Hands the last `count` frames over once more (at most those not released): they will not be heard.
  package mutating func takeBack(_ count: Int) {
    cursor = max(cursor - max(count, 0), released)
    ring.claimed.store(cursor, ordering: .sequentiallyConsistent)
  }
}
