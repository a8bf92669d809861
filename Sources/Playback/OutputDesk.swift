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
    /// Give the device back.
    case close
    /// End the thread.
    case quit
  }

  let wake = Wake()
  let isPaused = Atomic(false)
  let volume: Atomic<Int>
  /// Written by the output thread.
  let underruns = Atomic(0)
  let isStarving = Atomic(false)

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

  /// The output thread looks here; it takes the lock only where there is an order.
  func takeOrders() -> [Order] {
    guard hasOrders.exchange(false, ordering: .acquiring) else { return [] }
    return orders.withLock { orders in
      defer { orders = [] }
      return orders
    }
  }
}
