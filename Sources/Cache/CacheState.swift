/// Everything the engine's lock guards. It decides; the engine's thread obeys.
struct CacheState {
  let tuning: Tuning
  var fills: [RenditionKey: Fill] = [:]
  var lastSerial = 0
  var isOnline = true
  /// Transfers end, bytes are stored; then it is closed.
  var isClosing = false
  var isClosed = false
  /// Writing failed; until this moment everything stays in memory.
  var unwritableUntil: Duration?
  var hasToldFull = false
  var chores = Chores()
  var downloads = Downloads()
  /// What closed sources gave, and the store has not counted yet.
  var played = PlayedBytes()

  /// For all fills.
  let spare: SpareMemory

  init(tuning: Tuning) {
    self.tuning = tuning
    spare = SpareMemory(limit: 2 * tuning.backlog)
  }

  /// Work on the store that nobody waits for.
  struct Chores {
    /// The cap or the leases changed.
    var makeRoom = false
    /// Sources were closed.
    var countPlayed = false
    /// Pages may be free.
    var shrink = true
    /// The generation of the file that is damaged.
    var rebuild: Int?
  }

  /// What the engine's thread does outside the lock, in this order.
  enum Job {
    case rebuild(generation: Int)
    case reopen
    /// Ask the store what it holds; `forgetting` first drops another version's row.
    case load(RenditionKey, serial: Int, isPlay: Bool, isOnline: Bool, expectedSize: Int64?, forgetting: Int64?)
    case start(
      RenditionKey, serial: Int, FillMachine.RunID, offset: Int64, end: Int64?, validator: String?, ahead: Bool)
    case cancel(any Fetch)
    case save(RenditionKey, serial: Int)
    case countPlay(row: Int64)
    /// Nobody wants it any more.
    case leave(RenditionKey, serial: Int)
    case makeRoom
    case shrink
    /// A pin cannot be had, and why.
    case giveUp(RenditionKey, String)
    case tellDownloads
    case countPlayed
  }

  mutating func fill(_ key: RenditionKey) -> Fill {
    if let fill = fills[key] { return fill }
    lastSerial += 1
    let fill = Fill(key, serial: lastSerial, limits: tuning.limits, spare: spare)
    fill.machine.isOnline = isOnline
    if unwritableUntil != nil { fill.machine.window = tuning.memoryWindow }
    fills[key] = fill
    return fill
  }

  /// The fill that a callback means, unless it is gone.
  func fill(_ key: RenditionKey, _ serial: Int) -> Fill? {
    guard !isClosed, let fill = fills[key], fill.serial == serial else { return nil }
    return fill
  }
}

// MARK: Planning.

extension CacheState {
  /// What is to be done now. Calling it again without an event in between gives nothing more.
  mutating func plan(now: Duration) -> [Job] {
    var jobs: [Job] = []
    if let generation = chores.rebuild {
      chores.rebuild = nil
      return [.rebuild(generation: generation)]
    }
    if let until = unwritableUntil, until <= now {
      resumeWriting()
      jobs.append(.reopen)
    }
    jobs += planDownloads(now: now)
    let permitted = permittedKeys(now: now)
    for fill in fills.values.sorted(by: { $0.serial < $1.serial }) {
      jobs += plan(fill, permitted: permitted.contains(fill.key), now: now)
    }
    if chores.countPlayed {
      chores.countPlayed = false
      jobs.append(.countPlayed)
    }
    if chores.makeRoom {
      chores.makeRoom = false
      jobs.append(.makeRoom)
    } else if jobs.isEmpty, chores.shrink {
      chores.shrink = false
      jobs.append(.shrink)
    }
    return jobs
  }

  /// When to plan again though nothing happens.
  func nextWake() -> Duration? {
    (fills.values.compactMap { $0.machine.wakeTime } + [unwritableUntil, downloads.restsUntil].compactMap(\.self)).min()
  }

  private func plan(_ fill: Fill, permitted: Bool, now: Duration) -> [Job] {
    switch fill.loading {
    case .underway: return []
    case .needed:
      fill.loading = .underway
      return [
        .load(
          fill.key, serial: fill.serial, isPlay: fill.isPlay, isOnline: isOnline,
          expectedSize: isOnline ? fill.expectedSize : nil, forgetting: fill.forgetting)
      ]
    case .done: break
    }
    let actions = fill.machine.next(now: now, permitted: permitted && fill.isWanted)
    var jobs = actions.compactMap { job(for: $0, of: fill) }
    for (run, fetch) in fill.fetches where fill.machine.runs[run] == nil {
      // Of a version that was given up.
      fill.fetches[run] = nil
      jobs.append(.cancel(fetch))
    }
    if fill.hasUncountedPlay, let row = fill.row, unwritableUntil == nil {
      fill.hasUncountedPlay = false
      jobs.append(.countPlay(row: row.id))
    }
    // Left before the last chunk is stored, it would never be told to be whole.
    let isAtRest = fill.machine.active == nil && fill.saving.isEmpty && fill.backlogged == 0
    if !fill.isWanted, fill.machine.runs.isEmpty, isAtRest {
      fill.loading = .underway
      jobs.append(.leave(fill.key, serial: fill.serial))
    } else if isAtRest, unwritableUntil == nil, fill.row != nil, !fill.unsaved.isEmpty || !fill.isDescribed {
      jobs.append(.save(fill.key, serial: fill.serial))
    }
    return jobs
  }

  private func job(for action: FillMachine.Action, of fill: Fill) -> Job? {
    switch action {
    case .start(let run, let offset, let end, let validator):
      return .start(
        fill.key, serial: fill.serial, run, offset: offset, end: end, validator: validator,
        ahead: fill.readers == 0 && !fill.isPinned)
    case .cancel(let run):
      return fill.fetches[run].map { .cancel($0) }
    case .describe, .discard:
      fill.note([action])
      return nil
    }
  }

  private func permittedKeys(now: Duration) -> Set<RenditionKey> {
    let candidates = fills.values.sorted { $0.serial < $1.serial }.compactMap {
      fill -> FetchSchedule.Candidate<RenditionKey>? in
      guard fill.isWanted else { return nil }
      let isAhead = fill.readers == 0
      // Without a disk there is nowhere to fetch ahead to; paused, only what plays is fetched.
      if isAhead, fill.isHeldBack || unwritableUntil != nil || downloads.isPaused { return nil }
      return FetchSchedule.Candidate(
        // Until the store has answered, assume that something will be missing: nothing less urgent is begun for a moment.
        key: fill.key, wish: fill.loading == .done ? fill.machine.wish(at: now) : .rest,
        isRunning: fill.machine.active != nil,
        rank: isAhead ? fill.place.map { .next($0) } ?? .download : .open)
    }
    return FetchSchedule.permitted(candidates, downloadSlots: downloads.slots)
  }
}

// MARK: Whether anything can be written.

extension CacheState {
  /// Writing failed: everything stays in memory for a while. Returns whether to tell.
  mutating func pauseWriting(until time: Duration, isWorthTelling: Bool) -> Bool {
    unwritableUntil = time
    for fill in fills.values { fill.machine.window = tuning.memoryWindow }
    defer { if isWorthTelling { hasToldFull = true } }
    return isWorthTelling && !hasToldFull
  }

  mutating func resumeWriting() {
    unwritableUntil = nil
    for fill in fills.values {
      fill.machine.window = nil
      if fill.row == nil, fill.loading == .done { fill.loading = .needed }
    }
  }
}
