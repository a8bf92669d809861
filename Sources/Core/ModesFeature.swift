package import Music

/// When the music stops by itself, what becomes of what was heard, how much is fetched ahead.
package struct ModesState: Hashable, Sendable {
  package internal(set) var stopAfter = StopPoint.off
  package internal(set) var isConsuming = false
  package internal(set) var sleep: SleepState?
  /// Tracks of the queue.
  package internal(set) var prefetch = 2
  package internal(set) var isMetered = false
  /// The sleep timer's end has begun to sound.
  var isFading = false
}

package enum SleepState: Hashable, Sendable {
  case at(Timestamp)
  case endOfTrack
  case endOfAlbum
}

extension AppState {
  mutating func perform(_ command: ModeCommand, _ token: ReplyToken?) -> [Effect] {
    player.isQueueChanged = true
    switch command {
    case .stopAfter(let point):
      modes.stopAfter = point ?? (modes.stopAfter == .off ? .track : .off)
      return []
    case .consume(let value):
      modes.isConsuming = value == .toggle ? !modes.isConsuming : value == .on
      return [.saveSetting(name: "consume", value: modes.isConsuming ? "on" : "off")]
    case .sleep(let time?):
      setSleep(time)
      return []
    case .sleep(nil):
      guard let token else {
        return choose("sleep", "Sleep in: ", ["15m", "30m", "45m", "1h", "2h", "track", "album", "off"])
      }
      return [.reply(token, .words(sleepSentence))]
    case .prefetch(let count):
      modes.prefetch = count
      return [.saveSetting(name: "prefetch", value: String(count))]
    case .metered(let value):
      modes.isMetered = value == .toggle ? !modes.isMetered : value == .on
      return [.saveSetting(name: "metered", value: modes.isMetered ? "on" : "off")]
    }
  }

  /// Shuffles by track when nothing is said; the key turns it off again.
  mutating func setShuffle(_ wanted: ShuffleMode?) -> [Effect] {
    let mode = wanted ?? (queue.isShuffled ? .off : .tracks)
    if mode != queue.shuffleMode {
      beginStep(.shuffle)
      changeQueue { queue, random in queue.setShuffle(mode, using: &random) }
    }
    return [.saveSetting(name: "shuffle", value: mode.rawValue)]
  }
}

// MARK: Stopping

extension AppState {
  /// What the player goes on with by itself; nil where the music shall stop.
  var following: QueueEntry? {
    guard let current = queue.current, let next = queue.next() else { return nil }
    if modes.stopAfter == .track || modes.sleep == .endOfTrack { return nil }
    if modes.sleep == .endOfAlbum, next.id == current.id || !next.track.isOnSameAlbum(as: current.track) { return nil }
    return modes.stopAfter == .queue ? queue.upcoming(1).first : next
  }

  /// The track is over and nothing shall follow: the next one waits.
  mutating func stopHere() -> [Effect] {
    let wasSleeping = modes.sleep == .endOfTrack || modes.sleep == .endOfAlbum
    let isEndOfQueue = modes.stopAfter == .queue && queue.upcoming(1).isEmpty
    modes.stopAfter = .off
    wakeUp()
    if wasSleeping { modes.sleep = nil }
    let old = queue.current
    guard !isEndOfQueue, let entry = queue.next(skipping: true), entry.id != old?.id else {
      let effects = endOfQueue()
      consume(old)
      return effects
    }
    let effects = stop()
    queue.select(entry.id)
    consume(old)
    beginTrack(entry)
    return effects
  }

  /// Takes what was heard out of the queue, where that is wanted.
  mutating func consume(_ entry: QueueEntry?) {
    guard modes.isConsuming, let entry, entry.id != queue.current?.id, let index = queue.index(of: entry.id)
    else { return }
    queue.remove([entry.id])
    if index < queueList.cursor { queueList.cursor -= 1 }
    queueList.unmark()
  }
}

// MARK: The sleep timer

extension AppState {
  private static let fadeSeconds: Int64 = 10

  private mutating func setSleep(_ time: SleepTime) {
    modes.isFading = false
    switch time {
    case .off: modes.sleep = nil
    case .track: modes.sleep = .endOfTrack
    case .album: modes.sleep = .endOfAlbum
    case .after(let seconds): modes.sleep = .at(Timestamp(seconds: now.seconds + Int64(seconds)))
    }
    post(Notice(.information, sleepSentence))
  }

  private var sleepSentence: String {
    switch modes.sleep {
    case nil: "The sleep timer is off."
    case .endOfTrack: "The music stops after this track."
    case .endOfAlbum: "The music stops after this album."
    case .at: "The music fades out in \(clock(sleepTimeLeft ?? .zero))."
    }
  }

  package var sleepTimeLeft: Duration? {
    guard case .at(let time)? = modes.sleep else { return nil }
    return .seconds(max(0, time.seconds - now.seconds))
  }

  /// Whatever the listener does while the music fades says that they are awake.
  mutating func wakeUp() {
    guard modes.isFading else { return }
    modes.isFading = false
    modes.sleep = nil
  }

  /// Time went by: is it time to sleep?
  mutating func watchSleep() -> [Effect] {
    guard case .at(let time)? = modes.sleep else { return [] }
    let left = time.seconds - now.seconds
    guard player.state == .playing else {
      if left <= 0 { modes.sleep = nil }
      return []
    }
    if !modes.isFading, left <= AppState.fadeSeconds {
      modes.isFading = true
      return [.player(.fadeOut(over: .seconds(max(1, left))))]
    }
    // The player did not tell that it has faded out.
    guard modes.isFading, left <= -3 else { return [] }
    return fallAsleep() + [.player(.pause)]
  }

  /// The music has faded out.
  mutating func fallAsleep() -> [Effect] {
    guard player.state == .playing else { return [] }
    wakeUp()
    player.state = .paused
    post(Notice(.information, "The sleep timer has paused the music."))
    return []
  }
}
