import Threading

// What is kept for good: the listener's pins, fetched in the background and never evicted.

extension TrackCache {
  /// Makes these the pins, in order of fetching. They are kept beyond the cap, across runs; what is missing is fetched
  /// when nothing more urgent is. What is no longer among them becomes evictable. *Disk*: milliseconds a thousand.
  /// - Returns: false when the disk refused; then nothing changed.
  @discardableResult
  package func pin(_ pins: [Pin]) -> Bool {
    guard engine.change({ try $0.setPins(pins) }) else { return false }
    engine.renewDownloads()
    return true
  }

  /// Fetches these pins before the others that wait. *Disk*.
  package func downloadFirst(_ keys: [RenditionKey]) {
    guard engine.change({ try $0.putFirst(keys) }) else { return }
    engine.renewDownloads()
  }

  /// Tries again what failed. *Disk*.
  package func retryDownloads() {
    guard engine.change({ try $0.forgetFailures() }) else { return }
    engine.state.update { $0.downloads.retry() }
    engine.renewDownloads()
  }

  /// Paused, pins and what comes next wait, also those under way; what plays is fetched as ever.
  package func setDownloadsPaused(_ paused: Bool) {
    engine.state.update { state in
      state.downloads.isPaused = paused
      if !paused { state.downloads.retry() }
    }
    engine.onEvent(.downloads)
  }

  /// Bytes may come that nobody waits for: the server is there, and transfers are not paused.
  package var mayFetchAhead: Bool { engine.state.withLock { $0.isOnline && !$0.downloads.isPaused } }

  /// How many pins are fetched at once, 1…8.
  package func setDownloadSlots(_ count: Int) {
    engine.state.update { $0.downloads.slots = min(max(count, 1), 8) }
  }

  /// *Disk*: a row for each pin.
  package func downloads() -> DownloadReport {
    var report = DownloadReport()
    if let survey = try? engine.store.pinSurvey() {
      report.count = survey.count
      report.whole = survey.whole
      report.bytes = survey.bytes
      report.missingBytes = survey.missingBytes
      report.failures = survey.failures
    }
    engine.state.withLock { state in
      report.isPaused = state.downloads.isPaused
      report.waiting = state.downloads.waiting
      report.bytesPerSecond = state.downloads.meter.rate(now: monotonicNow())
      report.active = state.downloads.active.map { key in
        let machine = state.fills[key]?.machine
        return DownloadReport.Active(key: key, held: machine?.heldCount ?? 0, size: machine?.version.size)
      }
    }
    return report
  }
}

extension CacheEngine {
  /// Changes the store; false, and told as any failed write, where that does not work.
  func change(_ body: (ChunkStore) throws -> Void) -> Bool {
    do { try body(store) } catch {
      noteWriteFailure(error)
      return false
    }
    return true
  }

  /// The pins changed: what of them is missing is looked up anew.
  func renewDownloads() {
    guard let missing = try? store.missingPins() else { return }
    state.update { state in
      guard !state.isClosing else { return }
      for key in state.downloads.replace(missing) { state.fills[key]?.isDownload = false }
      // A cap that was full may have room now, or the other way round.
      state.chores.makeRoom = true
      for fill in state.fills.values { fill.isHeldBack = false }
    }
    onEvent(.downloads)
  }

  /// A pin cannot be had: says so for good, until the listener asks again.
  func giveUp(_ key: RenditionKey, _ reason: String) {
    attempt { try store.setFailure(reason, of: key) }
    onEvent(.downloads)
  }
}

extension CacheState {
  /// Begins downloads where a slot is free, and notes those that came to an end.
  mutating func planDownloads(now: Duration) -> [Job] {
    var jobs: [Job] = []
    for key in downloads.active {
      guard let fill = fills[key], fill.isDownload, fill.loading == .done else { continue }
      if let job = outcome(of: fill, now: now) { jobs.append(job) }
    }
    guard isOnline, unwritableUntil == nil, !isClosing else { return jobs }
    for key in downloads.begin(now: now) {
      let fill = fill(key)
      fill.isDownload = true
      fill.isPinned = true
      fill.machine.retry()
    }
    return jobs
  }

  /// nil while it goes on.
  private mutating func outcome(of fill: Fill, now: Duration) -> Job? {
    let machine = fill.machine
    if machine.isComplete, machine.runs.isEmpty, fill.unsaved.isEmpty, fill.saving.isEmpty {
      downloads.end(fill.key)
      fill.isDownload = false
      return .tellDownloads
    }
    if case .refused(let reason) = machine.phase {
      downloads.end(fill.key)
      fill.isDownload = false
      return .giveUp(fill.key, reason ?? "the server refused it")
    }
    guard machine.fruitless >= machine.limits.tries, machine.active == nil, isOnline else { return nil }
    fill.isDownload = false
    if downloads.postpone(fill.key, now: now) { return nil }
    return .giveUp(fill.key, "the server does not deliver it")
  }
}
