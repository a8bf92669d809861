import Threading

/// What waits for the disk, dealt with in its order on a thread of its own, so that the network's thread does not wait for
/// a disk that is busy making things last.
///
/// All that waits is dealt with together: a disk takes longer to make one thing last than to take many. It is short:
/// whoever would lengthen it waits instead. The thread begins with the first work and ends with `close`.
final class Backlog<Work: Sendable>: Sendable {
  private struct State: Sendable {
    var waiting: [Work] = []
    var perform: @Sendable ([Work]) -> Void = { _ in }
    var rest: @Sendable () -> Void = {}
    var thread: OSThread?
    var isClosed = false
  }

  private let limit: Int
  private let patience: Duration
  private let state = Monitor(State())

  /// - Parameters:
  ///   - limit: so much waits at most, beside as much that is being dealt with.
  ///   - patience: how long nothing comes before it is at rest.
  init(limit: Int, patience: Duration = .seconds(1)) {
    self.limit = limit
    self.patience = patience
  }

  /// Says what deals with what waits, before the first work.
  /// - Parameter rest: called on the thread, once, when nothing has come for a while after the last work.
  func serve(_ perform: @escaping @Sendable ([Work]) -> Void, rest: @escaping @Sendable () -> Void = {}) {
    state.withLock { state in
      state.perform = perform
      state.rest = rest
    }
  }

  /// Any thread but its own. Blocks while the backlog is full; deals with it at once where it is closed.
  func add(_ work: Work) {
    let isAdded = state.wait { state -> Bool? in
      if state.isClosed { return false }
      guard state.waiting.count < limit else { return nil }
      state.waiting.append(work)
      if state.thread == nil { state.thread = OSThread("store") { [self] in run() } }
      return true
    }
    // Wakes the thread.
    if isAdded == true { state.update { _ in } } else { perform([work]) }
  }

  private func perform(_ group: [Work]) { state.withLock { $0.perform }(group) }

  /// Does what waits and ends the thread.
  func close() {
    let thread = state.update { state in
      state.isClosed = true
      return state.thread.take()
    }
    thread?.join()
  }

  private func run() {
    var hasWorked = false
    while true {
      guard let group = next(within: hasWorked ? patience : nil) else {
        state.withLock { $0.rest }()
        hasWorked = false
        continue
      }
      if group.isEmpty { return }
      // Wakes whoever waits for room.
      state.update { _ in }
      perform(group)
      hasWorked = true
    }
  }

  /// All that waits; empty when closed and done, nil when nothing came in time.
  private func next(within patience: Duration?) -> [Work]? {
    state.wait(timeout: patience) { state -> [Work]? in
      if state.waiting.isEmpty { return state.isClosed ? [] : nil }
      defer { state.waiting = [] }
      return state.waiting
    }
  }
}
