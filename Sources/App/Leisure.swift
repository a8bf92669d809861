import Playback
import Synchronization
import Threading

/// Knows how long nothing has been done here: no key, no command, no music. Any thread.
final class Leisure: Sendable {
  /// Nanoseconds of the monotonic clock.
  private let lastTouch: Atomic<Int64>
  private let isMetered = Atomic(false)

  init() { lastTouch = Atomic(Self.nanoseconds(monotonicNow())) }

  /// The listener did something.
  func touch() { lastTouch.store(Self.nanoseconds(monotonicNow()), ordering: .relaxed) }

  /// Bytes cost something: nothing is done that could make some be fetched.
  func setMetered(_ on: Bool) { isMetered.store(on, ordering: .relaxed) }

  var isOnMeteredNetwork: Bool { isMetered.load(ordering: .relaxed) }

  /// Zero while something plays, or on a metered network.
  func length(isPlaying: Bool) -> Duration {
    if isPlaying { touch() }
    if isMetered.load(ordering: .relaxed) { return .zero }
    return monotonicNow() - .nanoseconds(lastTouch.load(ordering: .relaxed))
  }

  private static func nanoseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000
  }
}
