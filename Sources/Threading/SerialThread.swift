/// A thread that runs the closures it is given, one after another, in order.
///
/// The home of anything that may block and has one owner: a database connection, a synchroniser.
/// It begins with the first closure, and never drops one: `stop` runs what is queued, then ends the thread. Letting go of
/// it does the same, without waiting.
package final class SerialThread: Sendable {
  private struct State: Sendable {
    var jobs: [@Sendable () -> Void] = []
    var stopping = false
    /// Nobody has joined or detached it yet.
    var thread: OSThread?
  }

  private let state = Monitor(State())
  private let name: String
  private let stackSize: Int

  package init(_ name: String, stackSize: Int = 512 * 1024) { (self.name, self.stackSize) = (name, stackSize) }

  deinit { end()?.detach() }

  /// Queues `job`; returns at once. Any thread.
  package func async(_ job: @escaping @Sendable () -> Void) {
    state.update { [state] in
      $0.jobs.append(job)
      if $0.thread == nil, !$0.stopping { $0.thread = OSThread(name, stackSize: stackSize) { Self.run(state) } }
    }
  }

  /// Runs what is queued, ends the thread, and returns when it has ended. Never from the thread itself.
  package func stop() { end()?.join() }

  private func end() -> OSThread? {
    state.update { state in
      state.stopping = true
      return state.thread.take()
    }
  }

  private static func run(_ state: Monitor<State>) {
    while let jobs = next(state) {
      for job in jobs { job() }
    }
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
