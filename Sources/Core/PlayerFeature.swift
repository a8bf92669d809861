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
  /// While looking for an entry that is held here: whose turn it would be, and the question about it.
  var skipping: (ticket: Ticket, candidates: [QueueEntry])?

  /// What the player was last told to play next; nil inside: nothing; nil outside: it has to be told anew.
  var toldNext: EntryID?? = .none
  var toldAhead: [TrackID] = []
  var isQueueChanged = false

  mutating func beginTrack(at position: Duration = .zero, duration: Int, now: Timestamp) {
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
  /// Plays an entry of the queue.
  mutating func load(_ entry: QueueEntry, at position: Duration = .zero, paused: Bool = false) -> [Effect] {
    let position = entry.track.isRadio ? .zero : position
    queue.select(entry.id)
    player.state = paused ? .paused : .playing
    player.beginTrack(at: position, duration: entry.track.duration, now: now)
    player.skipping = nil
    player.toldNext = .none
    player.isQueueChanged = true
    return [.player(.load(entry, position: position, paused: paused))]
  }

  mutating func play(_ query: String?, replyTo token: ReplyToken?) -> [Effect] {
    if let query {
      return begin(Errand(purpose: .playFound(query), questions: [.search(query)], replyTo: token))
    }
    switch player.state {
    case .playing: return []
    case .paused:
      player.state = .playing
      return [.player(.resume)]
    case .stopped:
      guard let entry = queue.current ?? queue.next() else {
        post(Notice(.warning, "The queue is empty. Enter on a row of the library plays it, a adds it."))
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
    player.state = .paused
    return [.player(.pause)]
  }

  mutating func stop() -> [Effect] {
    guard player.state != .stopped else { return [] }
    player.state = .stopped
    player.position = .zero
    player.isBuffering = false
    player.skipping = nil
    player.toldNext = .none
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
      return endOfQueue()
    }
    return load(entry)
  }

  /// More than three seconds in: back to the start. Else the entry before.
  mutating func previous() -> [Effect] {
    player.failures = 0
    guard let current = queue.current else { return play(nil, replyTo: nil) }
    if !current.track.isRadio, player.state != .stopped, player.position > .seconds(3) || queue.previous == nil {
      return seek(.to(0))
    }
    return load(queue.previous ?? current)
  }

  mutating func seek(_ target: SeekTarget) -> [Effect] {
    guard queue.current != nil, player.state != .stopped else {
      post(Notice(.warning, "Nothing is playing."))
      return []
    }
    if queue.current?.track.isRadio == true { return refuseForRadio("In a radio station there is no place to go to.") }
    var position =
      switch target {
      case .by(let seconds): player.position + .seconds(seconds)
      case .to(let seconds): Duration.seconds(seconds)
      case .percent(let part): player.duration * part / 100
      }
    if player.duration > .zero { position = min(position, max(.zero, player.duration - .seconds(1))) }
    position = max(.zero, position)
    player.position = position
    return [.player(.seek(position))]
  }

  mutating func setVolume(_ change: Change) -> [Effect] {
    let wanted =
      switch change {
      case .by(let amount): player.volume + amount
      case .to(let value): value
      }
    player.volume = max(0, min(100, wanted))
    return [.player(.setVolume(player.volume)), .saveSetting(name: "volume", value: String(player.volume))]
  }

  mutating func setShuffle(_ value: Switch) -> [Effect] {
    let on = value == .toggle ? !queue.isShuffled : value == .on
    if on != queue.isShuffled { changeQueue { queue, random in queue.setShuffled(on, using: &random) } }
    return [.saveSetting(name: "shuffle", value: on ? "on" : "off")]
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
    player.beginTrack(duration: 0, now: now)
    return effects
  }
}

// MARK: What the player has to know.

extension AppState {
  /// Keeps the player's next track right, and the fetching ahead, after any change of queue or modes.
  mutating func tellPlayerWhatIsNext() -> [Effect] {
    guard player.isQueueChanged || player.toldNext == .none else { return [] }
    player.isQueueChanged = false
    guard player.state != .stopped, queue.current != nil else { return [] }
    var effects: [Effect] = []
    let next = queue.next()
    if player.toldNext != .some(next?.id) {
      player.toldNext = .some(next?.id)
      effects.append(.player(.setNext(next)))
    }
    let ahead = queue.upcoming(3).map(\.track).filter { !$0.isRadio }
    if ahead.map(\.id) != player.toldAhead {
      player.toldAhead = ahead.map(\.id)
      effects.append(.prefetch(ahead))
    }
    return effects
  }
}
