package import Music
import Threading

/// The one door to cached tracks: gives byte sources, fetches what they miss, prefetches what comes next.
///
/// At most two transfers run at once; bytes a decoder waits for come first, then the rest of what is open, then the
/// prefetch list in order. All calls are safe from any thread; those marked *disk* read the database, the others never
/// block. Nothing here may be called from within `onEvent`.
package final class TrackCache: Sendable {
  let engine: CacheEngine
  private let thread: Monitor<OSThread?>

  /// - Parameters:
  ///   - isOnline: whether to fetch from the start; see `setOnline`.
  ///   - onEvent: called on the cache's, the network's and readers' threads.
  package convenience init(
    store: ChunkStore, fetcher: any RangeFetcher, isOnline: Bool = true,
    onEvent: @escaping @Sendable (CacheEvent) -> Void = { _ in }
  ) {
    self.init(store: store, fetcher: fetcher, tuning: Tuning(), isOnline: isOnline, onEvent: onEvent)
  }

  init(
    store: ChunkStore, fetcher: any RangeFetcher, tuning: Tuning, isOnline: Bool = true,
    onEvent: @escaping @Sendable (CacheEvent) -> Void
  ) {
    let engine = CacheEngine(store: store, fetcher: fetcher, tuning: tuning, onEvent: onEvent)
    self.engine = engine
    engine.state.withLock { $0.isOnline = isOnline }
    store.whenCapChanges { [state = engine.state] in
      state.update { state in
        for fill in state.fills.values { fill.isHeldBack = false }
        state.chores.makeRoom = true
      }
    }
    thread = Monitor(OSThread("cache") { engine.run() })
  }

  deinit { close() }

  /// A source of its own for each caller; the bytes and the transfer behind it are shared by all of one key. While it
  /// lives, its rendition is not evicted, and what is missing is fetched. Open it before leaving it out of `prefetch`.
  /// - Parameter expectedSize: what the catalogue says; another value than when the bytes came means another file.
  package func source(for key: RenditionKey, expectedSize: Int64?) -> CachedSource {
    engine.state.update { state in
      guard !state.isClosing else { return }
      state.fill(key).open(expectedSize: expectedSize)
    }
    return CachedSource(engine: engine, key: key)
  }

  /// What to fetch when nothing is more urgent, in this order, and not to evict. Replaces the previous list.
  package func prefetch(_ keys: [RenditionKey]) {
    engine.state.update { state in
      guard !state.isClosing else { return }
      for fill in state.fills.values {
        fill.place = nil
        fill.isHeldBack = false
      }
      for (place, key) in keys.enumerated() {
        let fill = state.fill(key)
        fill.place = fill.place ?? place
      }
    }
  }

  /// One for each key, in order. *Disk*: some microseconds each.
  package func status(of keys: [RenditionKey]) -> [Holding] {
    var holdings = engine.store.holding(of: keys)
    engine.state.withLock { state in
      for (index, key) in keys.enumerated() {
        if let open = state.fills[key]?.holding { holdings[index] = open }
      }
    }
    return holdings
  }

  /// Tracks of which some rendition is held whole. *Disk*: a row for each rendition.
  package func wholeTracks() -> [(server: ServerID, track: RemoteID)] { engine.store.wholeTracks() }

  /// Parts that are here, as fractions of the whole, ascending and apart; with what is arriving. Empty while the length
  /// is unknown. *Disk* only for what is not open.
  package func heldRanges(of key: RenditionKey) -> [Range<Double>] {
    let open = engine.state.withLock { $0.fills[key].flatMap { $0.loading == .done ? $0.machine.heldFractions : nil } }
    if let open { return open }
    guard let (size, held) = engine.store.heldRanges(of: key) else { return [] }
    return FillMachine(version: Version(size: size), held: held).heldFractions
  }

  /// Offline: transfers stop, reading what is missing fails at once. Online again: everything goes on.
  package func setOnline(_ online: Bool) {
    engine.state.update { state in
      guard state.isOnline != online else { return }
      state.isOnline = online
      if online { state.downloads.retry() }
      for fill in state.fills.values {
        fill.machine.isOnline = online
        if online { fill.machine.retry() }
      }
    }
  }

  /// *Disk*.
  package func summary() -> CacheSummary { engine.store.summary() }

  /// Reads every chunk and drops the damaged ones. *Disk*, long: seconds for gigabytes.
  /// - Parameter progress: chunks done and in all; return false to stop.
  package func verify(progress: (Int, Int) -> Bool = { _, _ in true }) -> VerifyReport {
    engine.store.verify(progress: progress)
  }

  /// Deletes everything but what this process has open, and what is pinned where that is not meant too. *Disk*, long.
  /// - Returns: false when the disk refused.
  @discardableResult
  package func clear(includingPinned: Bool = false) -> Bool {
    do { try engine.store.clear(includingPinned: includingPinned) } catch { return false }
    return true
  }

  /// Stops transfers, stores what has come, ends the thread. Every read fails with `.cancelled` from here on.
  package func close() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    engine.close()
    thread.join()
    engine.store.close()
  }
}
