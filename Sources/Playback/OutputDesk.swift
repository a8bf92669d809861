import Audio
import Synchronization
import Threading

/// What the output thread is told. Orders are rare and lie under a lock; what it looks at all the time is atomic.
final class OutputDesk: Sendable {
  enum Order: Sendable {
    /// Drop what sounds; play this.
    case play(SoundStream)
    /// Play this when the present stream is over, or at once where there is none.
    case follow(SoundStream)
    /// Take that back.
    case unfollow(Int)
    /// Drop what sounds; keep the device.
    case silence
    /// Play on at another device.
    case setDevice(String)
    /// Grow silent over this time, then pause; nil: as loud as before again.
    case fadeOut(Duration?)
    /// Nobody waits any more for the device that was lost.
    case giveUpDevice
    /// Give the device back.
    case close
    /// End the thread.
    case quit
  }

  let wake = Wake()
  let isPaused = Atomic(false)
  let volume: Atomic<Int>
  let isMuted = Atomic(false)
  /// How long a pause fades out and in, in milliseconds.
  let pauseFade = Atomic(0)

  /// What is handed to the device, for those who look at it.
  let tap = SoundTap()

  // Written by the output thread, for `SoundPath`.
  let underruns = Atomic(0)
  let isStarving = Atomic(false)
  /// Nanoseconds of sound that the device held when last looked at.
  let latency = Atomic(0)
  /// The last silence between sound and its continuation: before which frame of which stream it stood, how many frames
  /// it was long by the clock, and how many of them (in nanoseconds) went by because the device was opened anew.
  let silentStream = Atomic(0)
  let silentPlace = Atomic(0)
  let silentFrames = Atomic(0)
  let reopening = Atomic(0)

  private let orders = Mutex<[Order]>([])
  private let hasOrders = Atomic(false)

  init(volume: Int) { self.volume = Atomic(volume) }

  func put(_ order: Order) {
    orders.withLock { $0.append(order) }
    hasOrders.store(true, ordering: .releasing)
    wake.ring()
  }

  func setPaused(_ paused: Bool) {
    isPaused.store(paused, ordering: .releasing)
    wake.ring()
  }

  func setVolume(_ volume: Int) {
    self.volume.store(volume, ordering: .relaxed)
    wake.ring()
  }

  func setMuted(_ muted: Bool) {
    isMuted.store(muted, ordering: .relaxed)
    wake.ring()
  }

  /// From the next pause on.
  func setPauseFade(_ time: Duration) {
    pauseFade.store(nanoseconds(min(max(time, .zero), .seconds(5))) / 1_000_000, ordering: .relaxed)
  }

  /// What stood before `frame` of a stream, when that has become audible.
  func join(stream: Int, frame: Int) -> (silentFrames: Int, reopening: Duration?) {
    guard silentStream.load(ordering: .acquiring) == stream, silentPlace.load(ordering: .relaxed) == frame else {
      return (0, nil)
    }
    let time = reopening.load(ordering: .relaxed)
    return (silentFrames.load(ordering: .relaxed), time > 0 ? .nanoseconds(time) : nil)
  }

  /// The factor that volume and mute ask for.
  var level: Float { isMuted.load(ordering: .relaxed) ? 0 : Gain.factor(volume: volume.load(ordering: .relaxed)) }

  /// The output thread looks here; it takes the lock only where there is an order.
  func takeOrders() -> [Order] {
    guard hasOrders.exchange(false, ordering: .acquiring) else { return [] }
    return orders.withLock { orders in
      defer { orders = [] }
      return orders
    }
  }
}
