import Music

// Jumps: to another track, to another place in the track. A single one is done at once; of many in quick succession
// (a key that repeats, a bar that is dragged) only the last reaches the player.

/// What was shown at once and the player still has to be told.
enum HeldJump: Hashable, Sendable {
  case load
  case seek(Duration)
}

extension PlayerState {
  /// How long it has to be quiet after a jump before the next is done at once.
  static let trackPause = Duration.milliseconds(150)
  static let seekPause = Duration.milliseconds(60)
  /// A place that is not here costs a request: it waits for the end of the dragging, the first time too.
  static let fetchPause = Duration.milliseconds(120)
}

extension AppState {
  /// To another entry, by the listener's `next` and `previous`.
  mutating func jump(to entry: QueueEntry) -> [Effect] {
    if !player.isSettling { return load(entry) + settle(for: PlayerState.trackPause) }
    queue.select(entry.id)
    player.state = .playing
    beginTrack(entry)
    player.held = .load
    wakeUp()
    return settle(for: PlayerState.trackPause)
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
    player.position = max(.zero, position)
    if player.isParked { return [] }
    if player.held == .load { return settle(for: PlayerState.trackPause) }
    if !player.isSettling, isHere(player.position) {
      return [.player(.seek(player.position))] + settle(for: PlayerState.seekPause)
    }
    player.held = .seek(player.position)
    return settle(for: isHere(player.position) ? PlayerState.seekPause : PlayerState.fetchPause)
  }

  /// It was quiet for long enough.
  mutating func endSettling() -> [Effect] {
    player.isSettling = false
    let held = player.held
    player.held = nil
    switch held {
    case nil: return []
    case .seek(let position): return [.player(.seek(position))] + settle(for: PlayerState.seekPause)
    case .load:
      guard let entry = queue.current, player.state != .stopped else { return [] }
      return load(entry, at: player.position, paused: player.state == .paused) + settle(for: PlayerState.trackPause)
    }
  }

  private mutating func settle(for time: Duration) -> [Effect] {
    player.isSettling = true
    return [.alarm(.jump, after: time)]
  }

  /// Whether this place of the track can be played without asking the server.
  private func isHere(_ position: Duration) -> Bool {
    guard player.duration > .zero else { return false }
    let place = min(1, position / player.duration)
    return player.cached.contains { $0.contains(place) }
  }
}
