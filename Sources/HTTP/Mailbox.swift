import CCurl
import Threading

/// What other threads want of the network thread.
enum NetworkOrder: Sendable {
  case start(UInt64, HTTPRequest, any HTTPHandler)
  case cancel(UInt64)
  case resume(UInt64)
  case run(@Sendable () -> Void)
  /// Ends what runs, and whatever is begun until it is taken back.
  case block(Bool)
  case stop
}

/// Orders for the network thread, in their order; posting wakes it.
final class Mailbox: Sendable {
  private struct State: Sendable {
    var orders: [NetworkOrder] = []
    /// libcurl's multi handle while the network thread sleeps in it, as an address; curl_multi_wakeup(3) may be called by any thread.
    var sleeper: UInt?
    var nextID: UInt64 = 1
  }

  private let state = Monitor(State())

  func newID() -> UInt64 {
    state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
  }

  func post(_ order: NetworkOrder) {
    state.update { state in
      state.orders.append(order)
      // With the lock held, so that the handle cannot be freed meanwhile.
      if let sleeper = state.sleeper { dulcet_curl_multi_wake(UnsafeMutableRawPointer(bitPattern: sleeper)) }
    }
  }

  /// From now on `post` wakes this multi handle; nil before it is freed.
  func setSleeper(_ multi: UnsafeMutableRawPointer?) {
    state.withLock { $0.sleeper = multi.map { UInt(bitPattern: $0) } }
  }

  func take() -> [NetworkOrder] {
    state.withLock { state in
      defer { state.orders = [] }
      return state.orders
    }
  }

  /// Blocks until there is an order: for a network thread that has no libcurl to sleep in.
  func wait() -> [NetworkOrder] {
    state.wait { state in
      guard !state.orders.isEmpty else { return nil }
      defer { state.orders = [] }
      return state.orders
    } ?? []
  }
}
