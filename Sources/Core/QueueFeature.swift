import Music

// Changes to the queue. The player hears of them through `settle`.

extension AppState {
  /// A change that needs chance.
  mutating func changeQueue(_ change: (inout PlayQueue, inout SplitMix) -> Void) {
    var random = random
    change(&queue, &random)
    self.random = random
  }

  /// The queue becomes these tracks and plays from the first; shuffled, from any.
  mutating func playTracks(_ tracks: [Track]) -> [Effect] {
    beginStep(.play, about: tracks)
    changeQueue { queue, random in queue.replace(with: tracks, using: &random) }
    return startQueue()
  }

  /// The queue becomes these tracks and plays from this one on.
  mutating func playRows(_ tracks: [Track], from place: Int) -> [Effect] {
    guard tracks.indices.contains(place) else { return [] }
    beginStep(.play, about: tracks)
    changeQueue { queue, random in queue.replace(with: tracks, startingAt: place, using: &random) }
    return startQueue()
  }

  private mutating func startQueue() -> [Effect] {
    queueList = ListCursor()
    player.failures = 0
    guard let entry = queue.current ?? queue.next() else { return [] }
    queue.select(entry.id)
    queueList.cursor = queue.currentIndex ?? 0
    return load(entry)
  }

  mutating func add(_ tracks: [Track]) -> [Effect] {
    beginStep(.add, about: tracks)
    changeQueue { queue, random in queue.append(tracks, using: &random) }
    post(Notice(.information, "Added \(named(tracks)) to the queue."))
    return []
  }

  mutating func addNext(_ tracks: [Track]) -> [Effect] {
    beginStep(.add, about: tracks)
    queue.insertNext(tracks)
    let place = queue.current == nil ? "to the queue" : "after this track"
    post(Notice(.information, "Added \(named(tracks)) \(place)."))
    return []
  }

  mutating func removeFromQueue() -> [Effect] {
    let places = chosenIndices(of: .queue)
    let ids = places.map { queue.entries[$0].id }
    guard !ids.isEmpty else { return [] }
    queueList.unmark()
    beginStep(.remove, about: ids.compactMap { queue.index(of: $0) }.map { queue.entries[$0].track })
    let effects = removeEntries(Set(ids))
    queueList.follow(queueList.cursor, without: Set(places), count: queue.entries.count)
    return effects
  }

  /// Takes entries out. When the one that plays goes, the next that stays follows it.
  private mutating func removeEntries(_ ids: Set<EntryID>) -> [Effect] {
    let goes = queue.current.map { ids.contains($0.id) } ?? false
    let follower = goes ? queue.upcoming(queue.entries.count).first { !ids.contains($0.id) } : nil
    queue.remove(ids)
    return goes ? goOn(with: follower) : []
  }

  /// What played has left the queue: this goes on in its place.
  mutating func goOn(with follower: QueueEntry?) -> [Effect] {
    guard let follower else { return endOfQueue() }
    if player.state == .stopped {
      queue.select(follower.id)
      return []
    }
    if player.isParked {
      park(follower, at: .zero)
      return []
    }
    return load(follower, paused: player.state == .paused)
  }

  mutating func reorderQueue(_ direction: Direction) -> [Effect] {
    if refuseWhileArranged(.queue) { return [] }
    let target = queueList.cursor + (direction == .up ? -1 : 1)
    guard queue.entries.indices.contains(target) else { return [] }
    beginStep(.move, about: [queue.entries[queueList.cursor].track])
    queue.move(from: queueList.cursor, to: target)
    queueList.cursor = target
    queueList.unmark()
    return []
  }

  mutating func clearQueue(asking: Bool) -> [Effect] {
    guard !queue.entries.isEmpty else { return [] }
    if asking { return confirm("Empty the queue of \(counted(queue.entries.count, "track"))?", .clearQueue) }
    beginStep(.clear)
    let effects = endOfQueue()
    queue.removeAll()
    queueList = ListCursor()
    return effects
  }

  mutating func tellStatus(_ token: ReplyToken?) -> [Effect] {
    guard let token else {
      post(Notice(.information, statusSentence))
      return []
    }
    return [.reply(token, .status(statusReport))]
  }

  mutating func tellQueue(_ token: ReplyToken?) -> [Effect] {
    guard let token else { return show(.queue) }
    return [.reply(token, .queue(QueueReport(tracks: queue.entries.map(\.track), currentIndex: queue.currentIndex)))]
  }

  /// Where things stand, for `dulcet status`.
  package var statusReport: StatusReport {
    StatusReport(
      state: player.state, track: currentTrack, position: player.position, duration: player.duration,
      isBuffering: player.isBuffering, volume: player.volume, shuffleMode: queue.shuffleMode,
      repeatMode: queue.repeatMode, isOffline: isOffline, underruns: player.underruns, output: player.output,
      place: queue.currentIndex.map { $0 + 1 }, entryCount: queue.entries.count, account: accounts.currentName,
      isMuted: sound.isMuted, modes: modes, sleepTimeLeft: sleepTimeLeft, settings: sound.settings,
      decoded: sound.decoded)
  }

  private var statusSentence: String {
    guard let track = currentTrack else { return "Nothing is playing." }
    return "\(player.state.rawValue): \(track.title) by \(track.artist), \(clock(player.position))."
  }
}

/// `“Title”` or `12 tracks`.
func named(_ tracks: [Track]) -> String {
  tracks.count == 1 ? "“\(tracks[0].title)”" : counted(tracks.count, "track")
}

/// `1 track`, `12 tracks`.
package func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
