import Glibc
import SQLite
import Threading

/// What the track cache and its sources share: the lock, the store, the network, and the thread that starts and cancels
/// transfers.
///
/// Bytes are taken in on the network's thread, stored on the backlog's, read on the decoder's; everything else is done on
/// the engine's own. No call to the store, the network or the outside is ever made with the lock held.
final class CacheEngine: Sendable {
  let store: ChunkStore
  let fetcher: any RangeFetcher
  let onEvent: @Sendable (CacheEvent) -> Void
  let tuning: Tuning
  let state: Monitor<CacheState>
  /// Chunks that have come whole and are not stored yet.
  let backlog: Backlog<Unsaved>

  init(
    store: ChunkStore, fetcher: any RangeFetcher, tuning: Tuning, onEvent: @escaping @Sendable (CacheEvent) -> Void
  ) {
    self.store = store
    self.fetcher = fetcher
    self.tuning = tuning
    self.onEvent = onEvent
    state = Monitor(CacheState(tuning: tuning))
    backlog = Backlog(limit: tuning.backlog)
    backlog.serve { [weak self] in
      self?.saveBacklog($0)
    } rest: { [weak self] in
      self?.giveMemoryBack()
    }
  }

  /// The thread's body: returns once the cache is closed.
  func run() {
    if store.generation > 0 { onEvent(.rebuilt) }
    if let failure = store.failure { noteWriteFailure(failure) } else { renewDownloads() }
    var armed: Duration?
    while let jobs = nextJobs(&armed) {
      for job in jobs { obey(job) }
    }
  }

  /// Waits for work; nil when closed. An empty list re-arms the clock.
  private func nextJobs(_ armed: inout Duration?) -> [CacheState.Job]? {
    let current = armed
    let timeout = current.map { max(.zero, $0 - monotonicNow()) }
    let jobs = state.wait(timeout: timeout) { state -> [CacheState.Job]?? in
      if state.isClosed { return .some(nil) }
      let jobs = state.plan(now: monotonicNow())
      return jobs.isEmpty && state.nextWake() == current ? nil : .some(jobs)
    }
    armed = state.withLock { $0.nextWake() }
    return jobs ?? []
  }

  private func obey(_ job: CacheState.Job) {
    switch job {
    case .rebuild(let generation): rebuild(generation)
    case .reopen: store.open()
    case .load(let key, let serial, let isPlay, let isOnline, let expectedSize, let forgetting):
      load(key, serial, isPlay: isPlay, isOnline: isOnline, expectedSize: expectedSize, forgetting: forgetting)
    case .start(let key, let serial, let run, let offset, let end, let validator, let ahead):
      start(key, serial, run, offset: offset, end: end, validator: validator, ahead: ahead)
    case .cancel(let fetch): fetch.cancel()
    case .save(let key, let serial): save(key, serial)
    case .countPlay(let row): attempt { try store.countPlay(of: row) }
    case .leave(let key, let serial): leave(key, serial)
    case .makeRoom: makeRoom()
    case .shrink: shrink()
    case .giveUp(let key, let reason): giveUp(key, reason)
    case .tellDownloads: onEvent(.downloads)
    case .countPlayed: countPlayed()
    }
  }
}

// MARK: Transfers.

extension CacheEngine {
  private func start(
    _ key: RenditionKey, _ serial: Int, _ run: FillMachine.RunID, offset: Int64, end: Int64?, validator: String?,
    ahead: Bool
  ) {
    if ahead, !store.hasRoomBesideLeases() {
      return state.update { state in
        guard let fill = state.fill(key, serial) else { return }
        fill.isHeldBack = true
        fill.machine.abandon(run)
      }
    }
    let sink = FillSink(engine: self, key: key, serial: serial, run: run)
    let fetch = fetcher.fetch(key, from: offset, to: end, validator: validator, sink: sink)
    let isUnwanted = state.withLock { state -> Bool in
      // It may have ended already; cancelling it then does nothing.
      guard let fill = state.fill(key, serial), fill.machine.runs[run] != nil else { return true }
      fill.fetches[run] = fetch
      return fill.machine.active != run
    }
    if isUnwanted { fetch.cancel() }
  }
}

// MARK: The store.

extension CacheEngine {
  private func load(
    _ key: RenditionKey, _ serial: Int, isPlay: Bool, isOnline: Bool, expectedSize: Int64?, forgetting: Int64?
  ) {
    do {
      if let forgetting { try store.forget(forgetting) }
      var found = try store.rendition(key, isPlay: isPlay)
      // What is stale plays as long as nothing newer can come.
      if found.isStale && isOnline || Self.isAnotherFile(found, expectedSize: expectedSize) {
        try store.forget(found.id)
        found = try store.rendition(key, isPlay: isPlay)
      }
      if let expectedSize, found.announced != expectedSize { try store.announce(expectedSize, of: found.id) }
      state.update { $0.fill(key, serial)?.adopt(found) }
    } catch {
      noteWriteFailure(error)
      let found = forgetting == nil ? store.heldRendition(key) : nil
      state.update { state in
        guard let fill = state.fill(key, serial) else { return }
        fill.loading = .done
        if let found, fill.machine.held.isEmpty { fill.adopt(found) }
      }
    }
  }

  /// The catalogue learned of another file since the bytes came. A size that was always off says nothing.
  private static func isAnotherFile(_ found: StoredRendition, expectedSize: Int64?) -> Bool {
    guard let expectedSize, let announced = found.announced, let size = found.version.size else { return false }
    return expectedSize != announced && expectedSize != size
  }

  private func leave(_ key: RenditionKey, _ serial: Int) {
    save(key, serial)
    // Only its number: a lease that outlives the fill would keep eviction away, and nobody would try again.
    let row = state.withLock { $0.fill(key, serial)?.row?.id }
    if let row { attempt { try store.forgetIfEmpty(row) } }
    state.update { state in
      guard let fill = state.fill(key, serial) else { return }
      if fill.isWanted {
        // Opened again meanwhile.
        fill.reload()
      } else {
        state.fills[key] = nil
        state.chores.makeRoom = true
      }
    }
  }

  private func countPlayed() {
    let played = state.withLock { state in
      defer { state.played = PlayedBytes() }
      return state.played
    }
    guard played.all > 0 else { return }
    do { try store.count(played, now: Int64(time(nil))) } catch { state.withLock { $0.played += played } }
  }

  private func makeRoom() {
    attempt { tell(evicted: try store.makeRoom()) }
  }

  func tell(evicted keys: [RenditionKey]) {
    guard !keys.isEmpty else { return }
    state.update { $0.chores.shrink = true }
    for key in keys { onEvent(.evicted(key)) }
  }

  private func shrink() {
    attempt {
      guard try store.shrink() else { return }
      state.update { $0.chores.shrink = true }
    }
    // Others who write get their turn between two slices.
    usleep(2000)
  }

  private func rebuild(_ generation: Int) {
    store.rebuild(ifGeneration: generation)
    state.update { state in
      for fill in state.fills.values { fill.reload() }
    }
    onEvent(.rebuilt)
    if let failure = store.failure { noteWriteFailure(failure) }
  }

  /// Runs what may fail without harm; the failure counts as one of writing.
  func attempt(_ body: () throws -> Void) {
    do { try body() } catch { noteWriteFailure(error) }
  }

  /// Decides what a failure of the store means.
  func noteWriteFailure(_ error: any Error) {
    if let error = error as? SQLiteError, error.isCorrupt {
      let generation = store.generation
      return state.update { $0.chores.rebuild = generation }
    }
    let isBusy = (error as? SQLiteError)?.isBusy ?? false
    let until = monotonicNow() + (isBusy ? min(.seconds(1), tuning.writePause) : tuning.writePause)
    let isNews = state.update { $0.pauseWriting(until: until, isWorthTelling: !isBusy) }
    if isNews { onEvent(.diskFull) }
  }
}

// MARK: Closing.

extension CacheEngine {
  /// A source is gone.
  func closed(_ key: RenditionKey, played: PlayedBytes) {
    state.update { state in
      state.played += played
      guard !state.isClosing else { return }
      state.chores.countPlayed = state.played.all > 0
      state.fills[key]?.lostReader()
    }
  }

  /// Ends transfers and stores what came; a transfer that does not end is not waited for. Then the thread ends.
  func close() {
    state.update { state in
      state.isClosing = true
      for fill in state.fills.values {
        fill.readers = 0
        fill.place = nil
        fill.isDownload = false
      }
    }
    _ = state.wait(timeout: .seconds(1)) { $0.fills.isEmpty ? true : nil }
    backlog.close()
    for fill in state.withLock({ $0.fills.values.map { ($0.key, $0.serial) } }) { save(fill.0, fill.1) }
    countPlayed()
    state.update { $0.isClosed = true }
  }
}
