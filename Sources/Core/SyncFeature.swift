package import Music

/// How far the copying of the server's catalogue has come.
package enum SyncState: Hashable, Sendable {
  case idle
  case running(section: String, done: Int, total: Int?)
  /// Why, in words.
  case failed(String)
}

extension AppState {
  mutating func take(_ event: SyncEvent) {
    switch event {
    case .progress(let section, let done, let total):
      sync = .running(section: section, done: done, total: total)
      take(.progress(Activity(.synchronization, "Reading \(section)", done: Int64(done), total: total.map(Int64.init))))
    case .finished(let words):
      sync = .idle
      hasSyncEnded = true
      activities.end(.synchronization)
      if let words { post(Notice(.information, words)) }
    case .failed(let reason):
      sync = .failed(reason)
      hasSyncEnded = true
      activities.end(.synchronization)
      if !isOffline, reason != libraryTrouble { post(Notice(.warning, "Synchronising stopped: \(reason)")) }
    }
  }

  /// What is said in place of music that is being read, or is in a moment; nil where nothing comes.
  package var libraryOnItsWay: String? {
    if activities[.scan] != nil { return "The folder is being read…" }
    if case .running = sync { return "Being read from the server…" }
    guard accounts.current != nil, !accounts.isLocal, !isAttached, !isKeptOffline, !hasSyncEnded else { return nil }
    return switch connectivity {
    case nil: "Asking the server…"
    case .online?: "Being read from the server…"
    case .offline?: nil
    }
  }

  /// One notice when the server goes and one when it comes back; nothing in between.
  mutating func take(_ news: Connectivity) -> [Effect] {
    // What was under way when the listener went offline says nothing any more.
    if isKeptOffline { return [] }
    let wasOffline = isOffline
    if news == .online { outbox.isLockedOut = false }
    connectivity = news
    switch news {
    case .offline(let reason):
      downloads.stop()
      noteDownloads()
      if !wasOffline { post(Notice(.warning, "Offline: \(reason). What is cached still plays.")) }
      return []
    case .online: return endOutage(isNews: wasOffline)
    }
  }
}

/// Which of the visible tracks are held here. Unknown is not the same as absent.
package struct CacheMarksState: Sendable {
  private static let capacity = 20_000

  private var known: [TrackID: CacheMark] = [:]
  private var isFresh: Set<TrackID> = []
  private var asked: (ticket: Ticket, ids: [TrackID])?
  /// Another number whenever the cache changed.
  private(set) var age = 0

  /// nil while unknown.
  package subscript(id: TrackID) -> CacheMark? { known[id] }

  /// What is known stays, but is asked again.
  mutating func goStale() {
    isFresh = []
    age += 1
  }

  /// What was found out ahead, when the cache was so old.
  mutating func take(_ found: [TrackID: CacheMark], of age: Int) {
    guard age == self.age else { return }
    makeRoom()
    known.merge(found) { _, new in new }
    isFresh.formUnion(found.keys)
  }

  private mutating func makeRoom() {
    guard known.count > CacheMarksState.capacity else { return }
    known = [:]
    isFresh = []
  }

  mutating func take(_ found: [TrackID: CacheMark], _ ticket: Ticket) {
    guard let asked, asked.ticket == ticket else { return }
    makeRoom()
    for id in asked.ids { known[id] = found[id] ?? .absent }
    self.asked = nil
  }

  /// Asks for those whose mark is not fresh; one question at a time.
  mutating func ask(for ids: [TrackID], _ tickets: inout Tickets) -> [Effect] {
    guard asked == nil else { return [] }
    let wanted = ids.filter { !isFresh.contains($0) }
    guard !wanted.isEmpty else { return [] }
    isFresh.formUnion(wanted)
    let ticket = tickets.next()
    asked = (ticket, wanted)
    return [.askCacheMarks(ticket, wanted)]
  }
}

extension AppState {
  mutating func askForMarks() -> [Effect] { marks.ask(for: visibleTracks, &tickets) }

  /// The tracks on the screen now.
  private var visibleTracks: [TrackID] {
    let place: ListPlace? =
      switch screen {
      case .library: library.view.columns.contains(.tracks) ? .tracks : nil
      case .queue: .queue
      case .playlists: .playlistTracks
      case .search: .found
      case .history: .history
      case .versions: .versionTracks
      case .downloads, .help, .radio, .changes, .outbox, .settings, .registers: nil
      }
    guard let place else { return [] }
    let top = self[place].top
    return (top..<top + layout.listHeight).compactMap { shown in
      row(of: place, shownAt: shown).flatMap { trackID(of: place, $0) }
    }
  }
}
