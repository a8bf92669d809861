import Music

// What the player tells: tracks begin, follow one another, end and fail.

extension AppState {
  mutating func handle(_ event: PlayerEvent) -> [Effect] {
    switch event {
    case .started(let id):
      if id == queue.current?.id { player.isBuffering = false }
    case .advanced(let id): return advanced(to: id)
    case .ended: return ended()
    case .failed(let id, let reason): return failed(id, reason)
    case .buffering(let on): player.isBuffering = on
    case .underrun(let count): player.underruns = count
    case .output(let description): take(description)
    case .outputRefused(let device, let reason):
      post(Notice(.error, "The device “\(device)” cannot be opened: \(reason)."))
    case .fadedOut, .outputReturned: break
    }
    return []
  }

  mutating func take(_ status: PlaybackStatus) -> [Effect] {
    guard let entry = queue.current, status.entry == entry.id, player.state != .stopped else { return [] }
    let step = status.position - player.position
    player.position = status.position
    // Of a station a decoder knows no more than how long it has listened.
    if status.duration > .zero, !entry.track.isRadio { player.duration = status.duration }
    player.cached = status.cached
    player.isBuffering = status.isBuffering
    guard player.state == .playing, step > .zero, step <= .seconds(3) else { return [] }
    player.heard += step
    if player.heard >= .seconds(1) { player.failures = 0 }
    return recordPlay(of: entry)
  }

  /// A play counts after half of the track or four minutes (the rule of the scrobble services).
  private mutating func recordPlay(of entry: QueueEntry) -> [Effect] {
    guard !entry.track.isRadio, !player.isPlayRecorded, player.duration > .zero,
      player.heard >= min(player.duration / 2, .seconds(240))
    else { return [] }
    player.isPlayRecorded = true
    return [.edit(.recordPlay(entry.track.id, at: player.began))]
  }

  private mutating func advanced(to id: EntryID) -> [Effect] {
    guard queue.select(id), let entry = queue.current else {
      // It was taken out of the queue while the player went on to it.
      guard let entry = queue.next() else { return endOfQueue() }
      return load(entry)
    }
    player.beginTrack(duration: entry.track.duration, now: now)
    player.toldNext = .some(nil)
    player.isQueueChanged = true
    return []
  }

  private mutating func ended() -> [Effect] {
    guard player.state != .stopped else { return [] }
    // The queue may have grown after the player was told that nothing follows.
    if queue.current != nil, let entry = queue.next() { return load(entry) }
    player.state = .stopped
    return endOfQueue()
  }

  private mutating func take(_ output: OutputDescription) {
    let before = player.output?.kind
    player.output = output
    if output.kind == .missing, before != .missing {
      post(Notice(.warning, "No sound device (\(output.device)): the music runs silently. See “dulcet doctor”."))
    }
  }
}

// MARK: Failures

extension AppState {
  private mutating func failed(_ id: EntryID, _ reason: PlaybackFailure) -> [Effect] {
    guard queue.index(of: id) != nil, player.state != .stopped else { return [] }
    queue.select(id)
    let track = queue.current?.track
    let isRadio = track?.isRadio == true
    post(Notice(.error, reason.sentence(for: track?.title ?? "The track", isRadio: isRadio)))
    if case .output = reason {
      // The player keeps the place, and opens the device again when it goes on.
      player.state = .paused
      player.isBuffering = false
      return []
    }
    player.failures += 1
    if reason == .offline, !isRadio, player.failures < queue.entries.count { return lookForCached() }
    guard player.failures < queue.entries.count, let entry = queue.next(skipping: true), entry.id != id else {
      let wasSeries = player.failures > 1
      let effects = endOfQueue()
      if wasSeries { post(Notice(.error, "No track of the queue can be played now. The last: " + lastWords(reason))) }
      return effects
    }
    return load(entry)
  }

  /// Asks in one go which of the following entries are held here, instead of trying each without a network.
  private mutating func lookForCached() -> [Effect] {
    var candidates = queue.upcoming(10_000)
    if queue.repeatMode != .off { candidates += queue.entries.filter { $0.id != queue.current?.id } }
    guard !candidates.isEmpty else { return endOfQueue() }
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
    if let entry { return load(entry) }
    let title = queue.current?.track.title ?? "The track"
    post(Notice(.error, "“\(title)” is not cached, nor is what follows it, and the server cannot be reached."))
    return endOfQueue()
  }

  private func lastWords(_ reason: PlaybackFailure) -> String {
    switch reason {
    case .offline, .cutShort: "it is not cached, and the server cannot be reached."
    case .notAudio: "it is no music that can be decoded."
    case .unsupported: "only MP3 is decoded here."
    case .refused(let words): "the server refused it\(words.map { " (\($0))" } ?? "")."
    case .unreadable: "its file cannot be read."
    case .output(let words): words
    }
  }
}

extension PlaybackFailure {
  /// What happened, and what to do.
  package func sentence(for title: String, isRadio: Bool = false) -> String {
    if isRadio, let sentence = radioSentence(for: title) { return sentence }
    switch self {
    case .offline:
      return "“\(title)” is not cached, and the server cannot be reached."
    case .cutShort(let position):
      return "“\(title)” stops at \(clock(position)): the rest is not cached, and the server cannot be reached."
    case .notAudio: return "“\(title)” is damaged or no music at all: nothing in it can be decoded."
    case .unsupported(let format):
      return "“\(title)” is \(format.uppercased()); of this computer’s files only MP3 can be played."
    case .refused(let reason):
      return "The server will not send “\(title)”\(reason.map { ": \($0)" } ?? ".")"
    case .unreadable(let code):
      return "The file of “\(title)” cannot be read (error \(code)). Was it moved, or its disk unplugged?"
    case .output(let reason): return "The sound output stopped: \(reason). Space tries again."
    }
  }
}

/// `3:05`, `1:02:03`.
package func clock(_ duration: Duration) -> String {
  let seconds = max(0, duration.components.seconds)
  let (minutes, rest) = (seconds / 60, seconds % 60)
  let tail = (rest < 10 ? "0" : "") + "\(rest)"
  guard minutes >= 60 else { return "\(minutes):\(tail)" }
  return "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60):\(tail)"
}
