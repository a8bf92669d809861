import Music

/// What of the queue and the place in it is kept already: everything else is kept soon.
package struct SessionState: Hashable, Sendable {
  /// What was kept before this run is here again, or there was nothing. Until then nothing is kept.
  var isReady = false
  /// The first and the last change since; nil: nothing is to be kept.
  fileprivate var changed: (first: Timestamp, last: Timestamp)? { first.map { ($0, last) } }
  /// Time itself brings the moment of writing.
  var isUnsaved: Bool { first != nil }
  fileprivate var first: Timestamp?
  fileprivate var last = Timestamp(seconds: 0)
  fileprivate var seen = 0
  fileprivate var place: KeptPlace?
  fileprivate var wasPlaying = false

  mutating func moveClock(by step: Int64) {
    first = first?.moved(by: step)
    last = last.moved(by: step)
  }
}

extension AppState {
  /// Seconds of quiet after which the queue is written, and how long it may be put off. A long one is not written often.
  private var savePatience: (quiet: Int64, longest: Int64) { queue.entries.count > 20_000 ? (5, 60) : (1, 10) }

  /// What has to be written down now, after every message.
  mutating func keepSession() -> [Effect] {
    guard session.isReady else { return [] }
    var effects = keepQueue(isUrgent: false)
    let isPlaying = player.state == .playing
    let hasStopped = session.wasPlaying && !isPlaying
    session.wasPlaying = isPlaying
    let place = currentPlace
    let step = place.position - (session.place?.position ?? .zero)
    // What fell silent is told where it did a moment after the key: mostly a part of a millisecond further, which may be
    // another one all the same when it is written down.
    let farEnough: Duration = isPlaying ? .seconds(5) : .nanoseconds(1)
    let isElsewhere =
      place.track != session.place?.track || place.shuffleMode != session.place?.shuffleMode || hasStopped
      || (!player.isSettling && (step >= farEnough || step <= .zero - farEnough))
    if isElsewhere || !effects.isEmpty { effects += keep(place) }
    return effects
  }

  /// The player ends: everything is written.
  mutating func endSession() -> [Effect] {
    guard session.isReady else { return [] }
    return leaveQueueThere + keepQueue(isUrgent: true) + (currentPlace == session.place ? [] : keep(currentPlace))
  }

  private mutating func keepQueue(isUrgent: Bool) -> [Effect] {
    if queue.revision != session.seen {
      session.seen = queue.revision
      session.first = session.first ?? now
      session.last = now
    }
    guard let (first, last) = session.changed else { return [] }
    let (quiet, longest) = savePatience
    guard isUrgent || now.seconds > last.seconds + quiet || now.seconds > first.seconds + longest else { return [] }
    session.first = nil
    return [.saveQueue(queue)]
  }

  private mutating func keep(_ place: KeptPlace) -> [Effect] {
    session.place = place
    return [.savePlace(place)]
  }

  var currentPlace: KeptPlace {
    KeptPlace(
      index: queue.currentIndex, track: queue.current?.track.id,
      position: player.state == .stopped ? .zero : player.position, shuffleMode: queue.shuffleMode)
  }
}

// MARK: Coming back

extension AppState {
  /// What was kept in the last run; nil when there is nothing.
  mutating func take(_ restored: PlayQueue?, at position: Duration, missing: Int) -> [Effect] {
    session.isReady = true
    // Whoever plays something already wants that.
    guard var restored, player.state == .stopped else { return [] }
    let (old, mode) = (queue, queue.shuffleMode)
    restored.repeatMode = old.repeatMode
    changeQueue { queue, random in
      queue = restored
      // The configuration has the last word.
      if mode != restored.shuffleMode { queue.setShuffle(mode, using: &random) }
      if !old.entries.isEmpty { queue.append(old.entries.map(\.track), using: &random) }
    }
    session.seen = old.entries.isEmpty && missing == 0 ? queue.revision : session.seen
    if missing > 0 {
      post(
        Notice(
          .warning, "\(counted(missing, "track")) of the queue \(missing == 1 ? "is" : "are") gone from the library."))
    }
    guard let entry = queue.current else { return [] }
    park(entry, at: position)
    queueList.cursor = queue.currentIndex ?? 0
    return []
  }

  /// Pauses at a place without telling the player: it is loaded when the music goes on.
  mutating func park(_ entry: QueueEntry, at position: Duration) {
    queue.select(entry.id)
    beginTrack(entry, at: position)
    player.state = .paused
    player.isParked = true
    player.isQueueChanged = true
  }
}
