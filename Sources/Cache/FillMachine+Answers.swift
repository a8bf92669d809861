// What the server's answers mean. A run that is not in `runs` belongs to a version that was given up: it brings nothing.

extension FillMachine {
  /// The head of an answer. Returns whether its bytes are wanted.
  mutating func began(_ id: RunID, _ head: FetchHead, now: Duration) -> (isWanted: Bool, actions: [Action]) {
    guard var run = runs[id] else { return (false, []) }
    var actions: [Action] = []
    let size = head.totalSize.flatMap { (0...Chunk.longest).contains($0) ? $0 : nil }
    guard id == active else {
      // Stopped before its answer came: what is on its way is good where it is surely of this version.
      let isSame = size == version.size && head.validator == version.validator
      runs[id]?.hasBegun = !held.isEmpty && isSame && head.offset == run.asked
      return (false, [])
    }
    if contradicts(size: size, validator: head.validator) {
      actions = changed(now: now)
      guard phase == .working else { return (false, actions) }
      // The answer is of the new version: it goes on as its first transfer.
      active = id
    }
    guard head.offset == run.asked || head.offset == 0 else {
      runs[id] = nil
      active = nil
      fault(.misfit, now: now)
      return (false, actions)
    }
    let known = version
    version.size = size ?? version.size
    version.validator = head.validator ?? version.validator
    version.acceptsRanges = head.acceptsRanges && head.offset == run.asked
    run.position = head.offset
    run.hasBegun = true
    run.lastArrival = now
    runs[id] = run
    return (true, known == version ? actions : actions + [.describe(version)])
  }

  private func contradicts(size: Int64?, validator: String?) -> Bool {
    guard !held.isEmpty else { return false }
    if let ours = version.validator, let validator, ours != validator { return true }
    guard let size else { return false }
    return version.size.map { $0 != size } ?? (held.ranges.last!.upperBound > size)
  }

  /// Offsets of those of the next `count` bytes that are wanted; the transfer is to be stopped where that is fewer.
  func wanted(_ id: RunID, count: Int) -> Range<Int64> {
    guard let run = runs[id], run.hasBegun else { return 0..<0 }
    var end = min(run.end ?? limit, limit)
    // Memory is bounded also where the server cannot be asked for less.
    if let window { end = min(end, demand + window) }
    return run.position..<max(run.position, min(run.position + Int64(count), end))
  }

  /// Bytes came and were taken, or found equal to those held.
  mutating func arrived(_ id: RunID, _ range: Range<Int64>, isNew: Bool, now: Duration) {
    guard var run = runs[id] else { return }
    run.position = range.upperBound
    run.lastArrival = now
    if isNew {
      held.insert(contentsOf: range)
      run.gained += range.upperBound - range.lowerBound
      if run.gained >= limits.worthwhile, id == active { fruitless = 0 }
    }
    runs[id] = run
  }

  /// The end of a transfer.
  mutating func ended(_ id: RunID, _ outcome: FetchOutcome, now: Duration) -> [Action] {
    guard let run = runs.removeValue(forKey: id), id == active else { return [] }
    active = nil
    switch outcome {
    case .finished: return finished(run, now: now)
    case .cancelled: return cancelled(run, now: now)
    case .retryLater: return cut(run, .network, now: now)
    case .changed: return changed(now: now)
    case .refused(let reason):
      phase = .refused(reason)
      return []
    }
  }

  private mutating func finished(_ run: Run, now: Duration) -> [Action] {
    guard let end = run.end ?? version.size else { return measured(run.position, now: now) }
    if run.position < end { return cut(run, .misfit, now: now) }
    fruitless = 0
    if isComplete { restarts = 0 }
    return []
  }

  /// Stopped by us when enough had come, or by someone else.
  private mutating func cancelled(_ run: Run, now: Duration) -> [Action] {
    if run.position >= min(run.end ?? limit, limit) {
      fruitless = 0
      return []
    }
    if let window, run.position >= demand + window / 2 { return [] }
    return cut(run, .network, now: now)
  }

  private mutating func cut(_ run: Run, _ kind: Fault, now: Duration) -> [Action] {
    if !version.acceptsRanges, run.position > 0 {
      if lastCut == run.position, isPlausibleEnd(run.position) { return measured(run.position, now: now) }
      lastCut = run.position
    }
    if run.gained >= limits.worthwhile { fruitless = 0 } else { fault(kind, now: now) }
    return []
  }

  /// The promised length of a transcode is often a guess, but seldom a tenth off.
  private func isPlausibleEnd(_ position: Int64) -> Bool {
    version.size.map { position >= $0 / 10 * 9 } ?? true
  }

  /// The length became known by coming to the end.
  private mutating func measured(_ size: Int64, now: Duration) -> [Action] {
    if let last = held.ranges.last, last.upperBound > size { return changed(now: now) }
    version.size = size
    fruitless = 0
    return [.describe(version)]
  }

  /// The server has another version. In the middle of playing, what is held is played to its end; otherwise anew.
  mutating func changed(now: Duration) -> [Action] {
    let doomed = active
    active = nil
    restarts += 1
    if isServed {
      runs = [:]
      phase = .outdated
    } else {
      runs = runs.filter { $0.key == doomed }
      held = RangeSet()
      version = Version()
      lastCut = nil
      if restarts > limits.restarts {
        phase = .refused("the file on the server keeps changing")
      } else if restarts > 1 {
        fault(.misfit, now: now)
      }
    }
    return isServed ? [] : [.discard]
  }
}
