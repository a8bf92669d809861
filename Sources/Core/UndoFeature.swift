import Music

/// Taking back and doing again. What was done to the library and what was done to the queue stand in one line, which the
/// catalogue keeps; here the queue becomes what it was.
struct UndoState: Sendable {
  /// The change of the queue that this message makes, from before it was made.
  fileprivate var open: (change: QueueChange, subject: String, before: QueueVersion, revision: Int)?
  /// A step is on its way back: the next one waits for it.
  fileprivate var isBusy = false
  fileprivate var waiting: [HistoryMove] = []
  fileprivate static let longestWait = 100
  /// Tracks asked for at once: some milliseconds' worth.
  fileprivate static let part = 1000
}

// MARK: Writing down

extension AppState {
  /// Call it before the queue is changed as the listener wants it: what comes of it can be taken back. What the music
  /// does to the queue by itself is no step.
  mutating func beginStep(_ change: QueueChange, about tracks: [Track] = []) {
    guard session.isReady, undo.open == nil else { return }
    let subject = tracks.count == 1 ? tracks[0].title : ""
    undo.open = (change, subject, queue.version(at: currentPlace), queue.revision)
  }

  /// After every message.
  mutating func finishStep() -> [Effect] {
    guard let (change, subject, before, revision) = undo.open else { return [] }
    undo.open = nil
    guard queue.revision != revision else { return [] }
    let after = queue.version(at: currentPlace)
    guard (after.tracks, after.order) != (before.tracks, before.order) else { return [] }
    let difference = after.tracks.count - before.tracks.count
    let isNew = change == .play
    return [
      .keepStep(
        QueueStep(
          change, subject: subject, added: isNew ? after.tracks.count : max(0, difference),
          removed: isNew ? before.tracks.count : max(0, -difference), before: before, after: after))
    ]
  }
}

// MARK: Going back and forth

extension AppState {
  mutating func turn(_ move: HistoryMove) -> [Effect] {
    if undo.isBusy {
      if undo.waiting.count < UndoState.longestWait { undo.waiting.append(move) }
      return []
    }
    undo.isBusy = true
    return [.turn(move)]
  }

  /// The catalogue has gone back or forth; the queue follows.
  mutating func take(_ news: HistoryReturn) -> [Effect] {
    guard !news.entries.isEmpty else {
      post(Notice(.information, news.isRedo ? "There is nothing to do again." : "There is nothing to undo."))
      return endTurn()
    }
    for entry in news.entries {
      switch entry.change {
      case .star(let item, let on): overrides.stars[item] = on == news.isRedo
      case .rate(let item, let from, let to): overrides.ratings[item] = news.isRedo ? to : from
      default: break
      }
    }
    playlists.unconfirmed = 0
    let effects = refreshEverything() + keepPinsInStep
    guard news.queue == nil else { return effects + bringBack(news) }
    post(Notice(.information, news.sentence))
    return effects + endTurn()
  }

  mutating func turnFailed(_ reason: String) -> [Effect] {
    post(Notice(.error, "It could not be undone: \(reason)"))
    return endTurn()
  }

  /// The next wish that waits, if any.
  mutating func endTurn() -> [Effect] {
    undo.isBusy = false
    let effects = refreshChanges()
    return undo.waiting.isEmpty ? effects : effects + turn(undo.waiting.removeFirst())
  }

  private mutating func bringBack(_ news: HistoryReturn, knowing tracks: [Track] = []) -> [Effect] {
    guard let turn = news.queue else { return [] }
    let plan = queue.plan(turn)
    let known = Set(tracks.map(\.id))
    let missing = plan.missing.filter { !known.contains($0) }
    let parts = stride(from: 0, to: missing.count, by: UndoState.part).map {
      CatalogueQuestion.tracks(Array(missing[$0..<min($0 + UndoState.part, missing.count)]))
    }
    return begin(Errand(purpose: .bringBack(news, plan), questions: parts, tracks: tracks))
  }

  /// The tracks that are to stand in the queue again are known.
  mutating func bringBack(_ news: HistoryReturn, _ plan: QueuePlan, _ tracks: [Track]) -> [Effect] {
    // The queue was changed while they were read: what is to be done is another now.
    if plan.revision != queue.revision { return bringBack(news, knowing: tracks) }
    let wasCurrent = queue.current
    let found = Dictionary(tracks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var missing = 0
    changeQueue { queue, random in missing = queue.follow(plan, tracks: found, using: &random) }
    queueList.unmark()
    if let first = queue.entries.firstIndex(where: { found[$0.track.id] != nil }), !found.isEmpty {
      queueList.cursor = first
    }
    let effects = queue.current == nil ? goOn(at: plan.to.place, wasCurrent: wasCurrent != nil) : []
    let gone = missing == 0 ? "" : " \(counted(missing, "track")) of it \(missing == 1 ? "is" : "are") gone for good."
    post(Notice(missing == 0 ? .information : .warning, news.sentence + gone))
    return effects + endTurn()
  }

  /// What played has left the queue with the change that was taken back: what played before it goes on where it was.
  private mutating func goOn(at place: KeptPlace, wasCurrent: Bool) -> [Effect] {
    let atIndex = place.index.flatMap { queue.entries.indices.contains($0) ? queue.entries[$0] : nil }
    let entry = atIndex?.track.id == place.track ? atIndex : queue.entries.first { $0.track.id == place.track }
    guard place.track != nil, let entry else { return wasCurrent ? endOfQueue() : [] }
    if player.state == .stopped || player.isParked {
      park(entry, at: place.position)
      return []
    }
    return load(entry, at: place.position, paused: player.state == .paused)
  }
}
