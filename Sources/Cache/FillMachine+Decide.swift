extension FillMachine {
  /// How much it wants a transfer.
  enum Wish: Hashable, Sendable, Comparable {
    case nothing
    /// Something is missing.
    case rest
    /// A reader is blocked.
    case urgent
  }

  func wish(at now: Duration) -> Wish {
    guard isOnline else { return .nothing }
    switch phase {
    case .refused, .outdated: return .nothing
    case .pausing(let until) where until > now: return .nothing
    case .pausing, .working: break
    }
    guard nextGap != nil || active != nil else { return .nothing }
    return isWaiting && verdict(at: demand) == .wait ? .urgent : .rest
  }

  /// When `next` has something to say that no event brings about.
  var wakeTime: Duration? {
    if case .pausing(let until) = phase { return until }
    if let heldOff { return heldOff }
    guard isWaiting, let run = active.flatMap({ runs[$0] }) else { return nil }
    return run.lastArrival + limits.stall
  }

  /// Starts, cancels or leaves alone. Call it after each event and at `wakeTime`.
  /// - Parameter permitted: whether this rendition may have a transfer now.
  mutating func next(now: Duration, permitted: Bool) -> [Action] {
    var actions: [Action] = []
    heldOff = nil
    if case .pausing(let until) = phase, until <= now { phase = .working }
    if let id = active, let run = runs[id] {
      let isStalled = isWaiting && now - run.lastArrival >= limits.stall
      if isStalled { fault(.network, now: now) }
      if permitted, isOnline, !isStalled, serves(run) { return [] }
      active = nil
      runs[id]?.stopped = now
      actions.append(.cancel(id))
    }
    guard permitted, wish(at: now) != .nothing, let gap = nextGap else { return actions }
    let offset = startOffset(of: gap)
    heldOff = timeOfEnding(at: offset).flatMap { $0 > now ? $0 : nil }
    if heldOff == nil { actions.append(start(gap, at: offset, now: now)) }
    return actions
  }

  /// Until when a stopped transfer may bring the bytes at `offset`; nil when none does.
  private func timeOfEnding(at offset: Int64) -> Duration? {
    runs.values.filter { $0.position == offset }.compactMap { $0.stopped.map { $0 + limits.ending } }.max()
  }

  /// Whether the transfer brings what is wanted soon enough.
  private func serves(_ run: Run) -> Bool {
    guard isWaiting, !held.contains(demand), demand < limit else { return true }
    guard demand >= run.position else { return false }
    // Without ranges, asking anew would begin at 0.
    return !version.acceptsRanges || demand - run.position <= limits.farSeek
  }

  private mutating func start(_ gap: Range<Int64>, at offset: Int64, now: Duration) -> Action {
    lastRun += 1
    active = lastRun
    let end = gap.upperBound >= limit || !version.acceptsRanges ? nil : gap.upperBound
    runs[lastRun] = Run(asked: offset, end: end, position: offset, lastArrival: now)
    return .start(lastRun, offset: offset, end: end, validator: held.isEmpty ? nil : version.validator)
  }

  private func startOffset(of gap: Range<Int64>) -> Int64 {
    guard version.acceptsRanges else { return 0 }
    let first = gapStart(before: gap.lowerBound)
    return gap.lowerBound - first <= limits.nearGap ? first : gap.lowerBound
  }

  /// A try that brought nothing: the next one later, each time later still.
  mutating func fault(_ fault: Fault, now: Duration) {
    fruitless += 1
    lastFault = fault
    var pause = limits.firstPause
    for _ in 1..<min(fruitless, 16) where pause < limits.longestPause { pause += pause }
    phase = .pausing(until: now + min(pause, limits.longestPause))
  }
}
