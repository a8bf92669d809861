import Threading

/// Work that waits for the disk, done one after another on a thread of its own, so that the network's thread does not wait
/// for a disk that is busy making things last.
///
/// It is short: whoever would lengthen it waits instead. The thread begins with the first work and ends with `close`.
final class Backlog: Sendable {
  private struct State: Sendable {
    /// The first is being done.
    var jobs: [@Sendable () -> Void] = []
    var thread: OSThread?
    var isClosed = false
  }

  private let limit: Int
  private let state = Monitor(State())

  /// - Parameter limit: so many jobs wait at most, with the one that is being done.
  init(limit: Int) { self.limit = limit }

  /// Any thread but its own. Blocks while the backlog is full; does the job at once where it is closed.
  func add(_ job: @escaping @Sendable () -> Void) {
    let isAdded = state.wait { state -> Bool? in
      if state.isClosed { return false }
      guard state.jobs.count < limit else { return nil }
      state.jobs.append(job)
      if state.thread == nil { state.thread = OSThread("store") { [self] in run() } }
      return true
    }
    // Wakes the thread.
    if isAdded == true { state.update { _ in } } else { job() }
  }

  /// Does what waits and ends the thread.
  func close() {
    let thread = state.update { state in
      state.isClosed = true
      return state.thread.take()
    }
    thread?.join()
  }

  private func run() {
    while let job = state.wait({ state -> (@Sendable () -> Void)?? in
      if let job = state.jobs.first { return job }
      return state.isClosed ? .some(nil) : nil
    }) ?? nil {
      job()
      state.update { _ = $0.jobs.removeFirst() }
    }
  }
}
