import Audio
import Synchronization
import Threading

/// A run of decoded sound of one format: a ring, and what its two ends tell each other. Tracks that join without a gap
/// share one; a seek, a load or another format begins a new one, so that nothing stale can ever be heard.
///
/// The decoder thread holds the writer, the output thread takes the reader; everything here is atomic.
final class SoundStream: Sendable {
  /// Whether more sound will come.
  enum Phase: Int, AtomicRepresentable {
    case open
    /// Nothing follows, unless the decoder opens it again in time.
    case ended
    /// Everything was audible: too late for more.
    case finished
  }

  let id: Int
  let format: AudioFormat
  let phase = Atomic(Phase.open)

  /// The frame that is audible, as of `stamp` (nanoseconds of the monotonic clock; 0: it does not move).
  /// Written by the output thread.
  let audible = Atomic(0)
  let stamp = Atomic(0)
  /// Frames handed to the device: what can have become audible since.
  let handed = Atomic(0)
  /// The output thread rings the player's bell once this frame was audible.
  let watched = Atomic(Int.max)

  /// The decoder waits for room.
  let writerWaits = Atomic(false)
  /// The output waits for sound.
  let readerWaits = Atomic(false)

  /// The decoder asks for what is not audible yet, to change it; the output thread answers by clearing it.
  let wantsBack = Atomic(false)

  private let reader: Mutex<RingReader?>

  init(id: Int, format: AudioFormat, reader: consuming RingReader) {
    self.id = id
    self.format = format
    self.reader = Mutex(reader)
  }

  /// The ring's other end; nil when it was taken already.
  func takeReader() -> RingReader? { reader.withLock { $0.take() } }

  /// Says that nothing follows. Harmless when it is over.
  func end() { _ = phase.compareExchange(expected: .open, desired: .ended, ordering: .acquiringAndReleasing) }

  /// Takes that back: false when everything was audible already.
  func reopen() -> Bool {
    let (_, was) = phase.compareExchange(expected: .ended, desired: .open, ordering: .acquiringAndReleasing)
    return was != .finished
  }

  /// The output's last word; false when the decoder opened it again.
  func finish() -> Bool {
    phase.compareExchange(expected: .ended, desired: .finished, ordering: .acquiringAndReleasing).exchanged
  }

  /// The frame that is audible at this moment, by the clock between two looks of the output thread.
  func audibleNow() -> Int {
    let frame = audible.load(ordering: .acquiring)
    let stamp = stamp.load(ordering: .relaxed)
    guard stamp > 0 else { return frame }
    let elapsed = max(nanoseconds(monotonicNow()) - stamp, 0)
    return min(frame + elapsed / 1000 * format.rate / 1_000_000, max(handed.load(ordering: .relaxed), frame))
  }
}

func nanoseconds(_ time: Duration) -> Int {
  let (seconds, attoseconds) = time.components
  return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
}
