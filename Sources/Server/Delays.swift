import Threading

/// Runs closures later, on a thread of its own, which sleeps while there is nothing to run. Once stopped it runs them at
/// once. The closures must be short.
final class Delays: Sendable {
  private struct State: Sendable {
    var jobs: [(due: Duration, job: @Sendable () -> Void)] = []
    var isStopping = false
  }

  private let state = Monitor(State())
  private let thread: OSThread

  init() {
    let state = state
    thread = OSThread("delays") { while Self.turn(state) {} }
  }

  func after(_ delay: Duration, _ job: @escaping @Sendable () -> Void) {
    let isAccepted = state.update { state in
      if !state.isStopping { state.jobs.append((monotonicNow() + delay, job)) }
      return !state.isStopping
    }
    if !isAccepted { job() }
  }

  /// Runs what waits, and ends the thread.
  func stop() {
    state.update { $0.isStopping = true }
    thread.join()
  }

  /// Sleeps until something is due or changes, and runs what is due; false at the end.
  private static func turn(_ state: Monitor<State>) -> Bool {
    let earliest = state.withLock { $0.jobs.map(\.due).min() }
    _ = state.wait(timeout: earliest.map { max(.zero, $0 - monotonicNow()) }) { state in
      state.isStopping || state.jobs.map(\.due).min() != earliest ? true : nil
    }
    let (due, isStopping) = state.withLock { state in
      let now = monotonicNow()
      let due = state.jobs.filter { state.isStopping || $0.due <= now }.map(\.job)
      state.jobs.removeAll { state.isStopping || $0.due <= now }
      return (due, state.isStopping)
    }
    for job in due { job() }
    return !isStopping
  }
}
