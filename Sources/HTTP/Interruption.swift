import Threading

/// Ends waiting calls of `HTTPClient.perform` from another thread, for good: those under way and those still to come.
package final class Interruption: Sendable {
  private struct State: Sendable {
    var isInterrupted = false
    var transfers: [UInt64: HTTPTransfer] = [:]
  }

  private let state = Monitor(State())

  package init() {}

  package var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  /// Every call that was given this ends with `.cancelled`. Any thread.
  package func interrupt() {
    let transfers = state.withLock { state in
      state.isInterrupted = true
      return Array(state.transfers.values)
    }
    for transfer in transfers { transfer.cancel() }
  }

  func began(_ transfer: HTTPTransfer) {
    let isInterrupted = state.withLock { state in
      state.transfers[transfer.id] = transfer
      return state.isInterrupted
    }
    if isInterrupted { transfer.cancel() }
  }

  func ended(_ transfer: HTTPTransfer) {
    state.withLock { _ = $0.transfers.removeValue(forKey: transfer.id) }
  }
}
