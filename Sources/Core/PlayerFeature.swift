package import Music

/// What the player does, as far as it has told, and what it was told to do.
package struct PlayerState: Sendable {
  package internal(set) var state = PlayState.stopped
  package internal(set) var position = Duration.zero
  /// Zero while unknown.
  package internal(set) var duration = Duration.zero
  package internal(set) var cached: [ClosedRange<Double>] = []
  package internal(set) var isBuffering = false
  package internal(set) var volume = 100
  package internal(set) var underruns = 0
  package internal(set) var output: OutputDescription?

  /// How much of the current track was heard, and since when; for scrobbles.
  var heard = Duration.zero
  var began = Timestamp(seconds: 0)
  var isPlayRecorded = false
  /// Failures one after another without a second of music between them.
  var failures = 0
  /// Paused at a place that the player has not been told of: after a restart, or where the network was lost.
  package internal(set) var isParked = false
  /// A jump was made a moment ago.
  var isSettling = false
  var held: HeldJump?
  /// While looking for an entry that is held here: whose turn it would be, and the question about it.
  var skipping: (ticket: Ticket, candidates: [QueueEntry])?

  /// What the player was last told to play next; nil inside: nothing; nil outside: it has to be told anew.
  var toldNext: EntryID?? = .none
  var toldAhead: [TrackID] = []
  var isQueueChanged = false

  fileprivate mutating func beginTrack(at position: Duration = .zero, duration: Int, now: Timestamp) {
    self.position = position
    self.duration = .seconds(duration)
    cached = []
    isBuffering = false
    heard = .zero
    began = now
    isPlayRecorded = false
  }
}

// MARK: What the listener asks.

extension AppState {
  /// Shows an entry as the one that plays, from its start.
  mutating func beginTrack(_ entry: QueueEntry?, at position: Duration = .zero) {
    player.beginTrack(at: position, duration: entry?.track.duration ?? 0, now: now)
    player.held = nil
    player.isParked = false
    sound.loop = .none
    sound.decoded = nil
  }

  /// Plays an entry of the queue.
  mutating func load(_ entry: QueueEntry, at position: Duration = .zero, paused: Bool = false) -> [Effect] {
    let position = entry.track.isRadio ? .zero : position
    queue.select(entry.id)
    player.state = paused ? .paused : .playing
    beginTrack(entry, at: position)
    wakeUp()
    player.skipping = nil
    player.toldNext = .none
    player.isQueueChanged = true
    return [.player(.load(entry, position: position, paused: paused))]
  }

  mutating func play(_ query: String?, replyTo token: ReplyToken?) -> [Effect] {
    if let query {
      return begin(Errand(purpose: .playFound(query), questions: [.find(query)], replyTo: token))
    }
    switch player.state {
    case .playing: return []
    case .paused:
      if player.isParked, let entry = queue.current { return load(entry, at: player.position) }
      wakeUp()
      player.state = .playing
      return player.held == .load ? [] : [.player(.resume)]
    case .stopped:
      guard let entry = queue.current ?? queue.next() else {
        let way =
          lineMode == nil
          ? "Enter on a row of the library plays it, \(key(for: .add)) adds it."
          : "“search WORDS” finds music."
        post(Notice(.warning, "The queue is empty. \(way)"))
        return []
      }
      player.failures = 0
      return load(entry)
    }
  }

  mutating func pause(_ value: Switch) -> [Effect] {
    let wantsPause = value == .toggle ? player.state == .playing : value == .on
    if !wantsPause { return play(nil, replyTo: nil) }
    guard player.state == .playing else { return [] }
    wakeUp()
    player.state = .paused
    return [.player(.pause)]
  }

  mutating func stop() -> [Effect] {
    guard player.state != .stopped else { return [] }
    player.state = .stopped
    player.position = .zero
    player.isBuffering = false
    player.skipping = nil
    player.held = nil
    player.isParked = false
    player.toldNext = .none
    sound.loop = .none
    sound.decoded = nil
    wakeUp()
    return [.player(.stop)]
  }

  mutating func next() -> [Effect] {
    player.failures = 0
    guard !queue.entries.isEmpty else {
      post(Notice(.warning, "The queue is empty."))
      return []
    }
    guard let entry = queue.next(skipping: true) else {
      post(Notice(.information, "That was the last track of the queue."))
      let last = queue.current
      let effects = endOfQueue()
      consume(last)
      return effects
    }
    let old = queue.current
    let effects = jump(to: entry)
    consume(old)
    return effects
  }

  /// More than three seconds in: back to the start. Else to what was heard before.
  mutating func previous() -> [Effect] {
    player.failures = 0
    guard let before = queue.previous else { return queue.current == nil ? play(nil, replyTo: nil) : seek(.to(0)) }
    if queue.current?.track.isRadio == false, player.state != .stopped, player.position > .seconds(3) {
      return seek(.to(0))
    }
    queue.goBack()
    return jump(to: before)
  }

  mutating func setVolume(_ change: Change) -> [Effect] {
    let wanted =
      switch change {
      case .by(let amount): player.volume + amount
      case .to(let value): value
      }
    let isLouder = wanted > player.volume
    player.volume = max(0, min(100, wanted))
    return (isLouder ? setMuted(false) : []) + [
      .player(.setVolume(player.volume)), .saveSetting(name: "volume", value: String(player.volume)),
    ]
  }

  mutating func setRepeat(_ mode: RepeatMode?) -> [Effect] {
    let order: [RepeatMode: RepeatMode] = [.off: .all, .all: .one, .one: .off]
    queue.repeatMode = mode ?? order[queue.repeatMode]!
    return [.saveSetting(name: "repeat", value: queue.repeatMode.rawValue)]
  }

  /// Nothing is left to play: the list stays, nothing of it is current.
  mutating func endOfQueue() -> [Effect] {
    let effects = stop()
    queue.deselect()
    beginTrack(nil)
    return effects
  }
}

// MARK: What the player has to know.

extension AppState {
  /// Keeps the player's next track right, and the fetching ahead, after any change of queue or modes.
  mutating func tellPlayerWhatIsNext() -> [Effect] {
    guard player.isQueueChanged || player.toldNext == .none else { return [] }
    player.isQueueChanged = false
    guard player.state != .stopped, queue.current != nil, player.held != .load, !player.isParked else { return [] }
    var effects: [Effect] = []
    let next = following
    if player.toldNext != .some(next?.id) {
      player.toldNext = .some(next?.id)
      effects.append(.player(.setNext(next)))
    }
    let ahead = ahead(modes.isMetered ? 0 : modes.prefetch)
    if ahead.map(\.id) != player.toldAhead {
      player.toldAhead = ahead.map(\.id)
      effects.append(.prefetch(ahead))
    }
    return effects
  }

  /// What will be played soon, also behind the end of a queue that repeats.
  private func ahead(_ count: Int) -> [Track] {
    var entries = queue.upcoming(count)
    if entries.count < count, queue.repeatMode == .all { entries += queue.start(count - entries.count) }
    return entries.filter { $0.id != queue.current?.id && !$0.track.isRadio }.map(\.track)
  }
}
