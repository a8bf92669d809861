/// A thread that runs the closures it is given, one after another, in order.
///
/// The home of anything that may block and has one owner: a database connection, a synchroniser.
/// It begins with the first closure, and never drops one: `stop` runs what is queued, then ends the thread. Letting go of
/// it does the same, without waiting.
package final class SerialThread: Sendable {
  private struct State: Sendable {
    var jobs: [@Sendable () -> Void] = []
    /// What waits until nothing else does.
    var behind: [@Sendable () -> Void] = []
    var stopping = false
    /// Nobody has joined or detached it yet.
    var thread: OSThread?
  }

  private enum Work {
    case jobs([@Sendable () -> Void])
    case behind, end
  }

  /// An answer mostly has the next question come, which goes before what can wait.
  private static let pause = Duration.milliseconds(3)

  private let state = Monitor(State())
  private let name: String
  private let stackSize: Int

  package init(_ name: String, stackSize: Int = 512 * 1024) { (self.name, self.stackSize) = (name, stackSize) }

  deinit { end()?.detach() }

  /// Queues `job`; returns at once. Any thread.
  package func async(_ job: @escaping @Sendable () -> Void) { add { $0.jobs.append(job) } }

  /// Queues what can wait: it begins when nothing else was asked for a moment, in order among its like. Returns at once.
  /// Any thread.
  package func asyncBehind(_ job: @escaping @Sendable () -> Void) { add { $0.behind.append(job) } }

  private func add(_ change: (inout State) -> Void) {
    state.update { [state] in
      change(&$0)
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
    var hasAnswered = false
    while true {
      switch next(state) {
      case .jobs(let jobs):
        for job in jobs { job() }
        hasAnswered = true
      case .behind:
        if hasAnswered, hasNews(state) { continue }
        hasAnswered = false
        state.withLock { $0.behind.removeFirst() }()
      case .end: return
      }
    }
  }

  /// Waits for something to do.
  private static func next(_ state: Monitor<State>) -> Work {
    state.wait { state in
      if !state.jobs.isEmpty {
        defer { state.jobs = [] }
        return .jobs(state.jobs)
      }
      if !state.behind.isEmpty { return .behind }
      return state.stopping ? .end : nil
    }!
  }

  /// Whether something comes within the pause that goes before.
  private static func hasNews(_ state: Monitor<State>) -> Bool {
    state.wait(timeout: pause) { $0.stopping || !$0.jobs.isEmpty ? !$0.jobs.isEmpty : nil } ?? false
  }
}
