import Music

/// What the listener misses while the server cannot be reached.
struct OutageState: Hashable, Sendable {
  /// Passed over because they are not here, in the order in which they would have been heard.
  var skipped: [EntryID] = []
  /// It was said that tracks are passed over.
  var isTold = false
  /// When the music stopped because nothing more was here; nil: it did not.
  var stopped: Timestamp?
}

// The server is gone in the middle of the queue: what is held here goes on; the rest comes when the server is back.

extension AppState {
  /// Asks in one go which of the following entries are held here, instead of trying each without a network.
  mutating func lookForCached() -> [Effect] {
    var candidates = queue.upcoming(10_000)
    if queue.repeatMode != .off { candidates += queue.start(10_000).filter { $0.id != queue.current?.id } }
    guard !candidates.isEmpty else { return waitForServer() }
    let ticket = tickets.next()
    player.skipping = (ticket, candidates)
    return [.askCacheMarks(ticket, candidates.map(\.track.id))]
  }

  /// Plays the first candidate that is held here; nil when the ticket belongs to another question.
  mutating func takeCandidates(_ found: [TrackID: CacheMark], _ ticket: Ticket) -> [Effect]? {
    guard let skipping = player.skipping, skipping.ticket == ticket else { return nil }
    player.skipping = nil
    let entry = skipping.candidates.first { entry in
      let isHere = entry.track.origin == .local || found[entry.track.id] ?? .absent != .absent
      return isHere && queue.index(of: entry.id) != nil
    }
    guard let entry else { return waitForServer() }
    tellOfSkipping()
    noteSkipped(queue.passed(on: entry.id))
    queue.skip(to: entry.id)
    return load(entry)
  }

  /// Once, however many are passed over.
  private mutating func tellOfSkipping() {
    guard !outage.isTold, let title = queue.current?.track.title else { return }
    outage.isTold = true
    post(Notice(.warning, "“\(title)” \(wherePlayed). Going on with what is; the rest comes when the server is back."))
  }

  private var wherePlayed: String {
    player.position > .zero ? "stops at \(clock(player.position)): the rest is not cached" : "is not cached"
  }

  private mutating func noteSkipped(_ ids: [EntryID]) {
    let isHalfHeard = player.duration > .zero && player.position * 2 > player.duration
    let missed = isHalfHeard ? Array(ids.dropFirst()) : ids
    outage.skipped += missed.filter { !outage.skipped.contains($0) }
  }

  /// Nothing more is here: the place is kept.
  private mutating func waitForServer() -> [Effect] {
    guard let entry = queue.current else { return endOfQueue() }
    let position = player.position
    let isPast = player.duration > .zero && position > player.duration - .seconds(2)
    let place = wherePlayed
    let effects = stop()
    park(entry, at: isPast ? .zero : position)
    outage.stopped = now
    let rest = queue.upcoming(1).isEmpty ? "" : ", nor is what follows it"
    let text = "“\(entry.track.title)” \(place)\(rest), and the server cannot be reached."
    post(Notice(.error, text + " It goes on when the server is back.", of: .silence))
    return effects
  }

  /// Whether the music stopped because there is no server, and goes on by itself with it.
  package var isAwaitingServer: Bool {
    guard let stopped = outage.stopped, player.isParked, player.state == .paused else { return false }
    // Nobody wants to be startled by music hours later.
    return now.seconds - stopped.seconds < 600
  }

  /// The server is back: what was passed over comes after the present track, and where the music stopped it goes on.
  mutating func endOutage(isNews: Bool) -> [Effect] {
    let skipped = outage.skipped.filter { queue.index(of: $0) != nil }
    let isAwaited = isAwaitingServer
    outage = OutageState()
    if isNews || !skipped.isEmpty {
      let rest = skipped.isEmpty ? "" : " What was passed over comes next."
      post(Notice(.information, "The server is back: online again." + rest))
    }
    queue.owe(skipped)
    guard isAwaited, let entry = queue.current else { return [] }
    player.failures = 0
    return load(entry, at: player.position)
  }
}
