/// A thread that runs the closures it is given, one after another, in order.
///
/// The home of anything that may block and has one owner: a database connection, a synchroniser.
/// It never drops a closure: `stop` runs what is queued, then ends the thread. Letting go of it does the same, without
/// waiting.
package final class SerialThread: Sendable {
  private struct State: Sendable {
    var jobs: [@Sendable () -> Void] = []
    var stopping = false
  }

  private let state = Monitor(State())
  private let thread: OSThread

  package init(_ name: String, stackSize: Int = 512 * 1024) {
    let state = state
    thread = OSThread(name, stackSize: stackSize) {
      while let jobs = Self.next(state) {
        for job in jobs { job() }
      }
    }
  }

  deinit {
    let wasStopped = state.update { state in
      defer { state.stopping = true }
      return state.stopping
    }
    if !wasStopped { thread.detach() }
  }

  /// Queues `job`; returns at once. Any thread.
  package func async(_ job: @escaping @Sendable () -> Void) {
    state.update { $0.jobs.append(job) }
  }

  /// Runs what is queued, ends the thread, and returns when it has ended. Never from the thread itself.
  package func stop() {
    state.update { $0.stopping = true }
    thread.join()
  }

  private static func next(_ state: Monitor<State>) -> [@Sendable () -> Void]? {
    let jobs = state.wait { state -> [@Sendable () -> Void]? in
      if state.jobs.isEmpty { return state.stopping ? [] : nil }
      defer { state.jobs = [] }
      return state.jobs
    }
    guard let jobs, !jobs.isEmpty else { return nil }
    return jobs
  }
}
