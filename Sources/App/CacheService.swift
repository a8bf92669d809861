import Audio
import Cache
import Core
import Music
import Threading

/// The cache behind a thread of its own, so that neither the loop nor the first frame waits for its database: it is opened
/// when the work begins, or when somebody waits for it.
final class CacheService: Sendable {
  private let thread = SerialThread("cache")
  private let cache = Monitor<(tracks: TrackCache, store: ChunkStore)?>(nil)
  private let isWanted = Monitor(false)
  private let inspection = Monitor<Inspection?>(nil)
  private let path: String

  init(path: String, capacity: Int64, fetcher: any RangeFetcher, inbox: Inbox) {
    self.path = path
    let news = CacheNews(inbox: inbox) { inbox.post { $0.pins.report() } }
    thread.async { [cache, isWanted] in
      _ = isWanted.wait { $0 ? true : nil }
      let store = ChunkStore(path: path, cap: capacity)
      if let failure = store.failure, !store.isReadOnly { news.tellFailure(failure) }
      let opened = TrackCache(store: store, fetcher: fetcher) { news.tell($0) }
      cache.update { $0 = (opened, store) }
    }
  }

  /// Opens the database. Returns at once.
  func begin() { isWanted.update { $0 = true } }

  /// For the decoder's thread: waits for the database to be open, which takes milliseconds at start.
  func source(for key: RenditionKey, expectedSize: Int64?) -> any ByteSource {
    let cache = opened
    let playable = cache.playable(key)
    return cache.source(for: playable, expectedSize: playable == key ? expectedSize : nil)
  }

  func steerDownloads(_ action: DownloadsAction) {
    async { cache in
      switch action {
      case .pause: cache.setDownloadsPaused(true)
      case .resume: cache.setDownloadsPaused(false)
      case .retry: cache.retryDownloads()
      case .toggle, .first: break
      }
    }
  }

  /// For threads that may wait for the database.
  @discardableResult
  func withTracks<Answer>(_ body: (TrackCache) -> Answer) -> Answer { body(opened) }

  func prefetch(_ keys: [RenditionKey]) { async { $0.prefetch(keys) } }
  func setOnline(_ online: Bool) { async { $0.setOnline(online) } }

  /// The server names these tracks anew.
  func rename(_ tracks: [(old: RemoteID, new: RemoteID)], of server: ServerID) {
    thread.async { [cache] in cache.withLock { $0 }?.tracks.rename(tracks, of: server) }
  }

  func setCapacity(_ bytes: Int64) {
    thread.async { [cache] in cache.withLock { $0 }?.store.setCap(bytes) }
  }

  /// Called back on the cache's thread.
  func withHeldRanges(of key: RenditionKey, _ body: @escaping @Sendable ([ClosedRange<Double>]) -> Void) {
    async { cache in body(cache.heldRanges(of: key).map { $0.lowerBound...$0.upperBound }) }
  }

  /// Called back on the cache's thread, with those that hold something.
  func withMarks(of tracks: [Track], _ body: @escaping @Sendable ([TrackID: CacheMark]) -> Void) {
    async { cache in
      var marks: [TrackID: CacheMark] = [:]
      let remote = tracks.compactMap { track in track.renditionKey.map { (track.id, $0) } }
      for ((id, _), mark) in zip(remote, cache.status(of: remote.map(\.1))) { marks[id] = CacheMark(mark) }
      let whole = cache.wholeInSomeForm(remote.map(\.1))
      for (id, key) in remote { if let isPinned = whole[key] { marks[id] = isPinned ? .kept : .whole } }
      for track in tracks where track.renditionKey == nil { marks[track.id] = .whole }
      body(marks.filter { $0.value != .absent })
    }
  }

  /// Called back on the cache's thread, with the tracks of which some rendition is here whole.
  func withWholeTracks(_ body: @escaping @Sendable ([(server: ServerID, track: RemoteID)]) -> Void) {
    async { body($0.wholeTracks()) }
  }

  /// From now on the cache is read through, now and then, when there is leisure.
  func beginInspections(_ leisure: @escaping @Sendable () -> Duration) {
    thread.async { [cache, inspection] in
      guard let (tracks, store) = cache.withLock({ $0 }), store.failure == nil else { return }
      let fresh = Inspection(of: tracks, leisure: leisure)
      inspection.withLock { $0 = fresh }
      fresh.start()
    }
  }

  /// Called back on the cache's thread.
  func withFigures(_ body: @escaping @Sendable ([SheetRow]) -> Void) {
    async { [path] in body(cacheRows($0.summary(), $0.downloads(), fileSize: sizeOnDisk(path))) }
  }

  func stop() {
    begin()
    thread.async { [inspection] in inspection.withLock { $0.take() }?.stop() }
    async { $0.close() }
    thread.stop()
  }

  private var opened: TrackCache {
    begin()
    return cache.wait { $0?.tracks }!
  }

  private func async(_ body: @escaping @Sendable (TrackCache) -> Void) {
    thread.async { [cache] in
      if let cache = cache.withLock({ $0?.tracks }) { body(cache) }
    }
  }
}

extension CacheMark {
  init(_ holding: Holding) {
    switch holding {
    case .none: self = .absent
    case .partial: self = .partial
    case .whole: self = .whole
    }
  }
}
