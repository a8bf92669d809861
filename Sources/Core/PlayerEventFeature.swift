import Music

// What the player tells: tracks begin, follow one another, end and fail.

extension AppState {
  mutating func handle(_ event: PlayerEvent) -> [Effect] {
    // What was on its way when the listener jumped elsewhere.
    if player.held == .load, event.isOfTrack { return [] }
    switch event {
    case .started(let id):
      if id == queue.current?.id { player.isBuffering = false }
    case .advanced(let id): return advanced(to: id)
    case .ended: return ended()
    case .failed(let id, let reason): return failed(id, reason)
    case .buffering(let on): player.isBuffering = on
    case .underrun(let count): player.underruns = count
    case .output(let description): take(description)
    case .outputRefused(let device, let reason): return outputRefused(device, reason) + refreshSheet()
    case .fadedOut(let id): return id == queue.current?.id ? fallAsleep() : []
    case .outputReturned: outputReturned()
    }
    return refreshSheet()
  }

  /// The device that was lost is back, and the player goes on by itself.
  private mutating func outputReturned() {
    guard player.state == .paused, !player.isParked else { return }
    player.state = .playing
    post(Notice(.information, "The sound device is back."))
  }

  mutating func take(_ status: PlaybackStatus) -> [Effect] {
    guard let entry = queue.current, status.entry == entry.id, player.state != .stopped else { return [] }
    // Of a station a decoder knows no more than how long it has listened.
    if status.duration > .zero, !entry.track.isRadio { player.duration = status.duration }
    player.cached = status.cached
    player.isBuffering = status.isBuffering
    sound.decoded = status.decoded
    return listen(to: status.position) + recordPlay(of: entry) + refreshSheet()
  }

  /// Where the music is at this moment, just before something is done that depends on it.
  mutating func take(_ position: Duration, of entry: EntryID) {
    guard entry == queue.current?.id, player.state != .stopped else { return }
    _ = listen(to: position)
  }

  private mutating func listen(to position: Duration) -> [Effect] {
    // Just after a jump it may still be the place before.
    guard player.held == nil, !player.isSettling, !player.isParked else { return [] }
    let step = position - player.position
    player.position = position
    guard player.state == .playing, step > .zero, step <= .seconds(3) else { return [] }
    player.heard += step
    notices.end(.silence, now: now)
    if player.heard >= .seconds(1) { player.failures = 0 }
    return []
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
    let old = queue.current
    guard queue.select(id), let entry = queue.current else {
      // It was taken out of the queue while the player went on to it.
      guard let entry = queue.next() else { return endOfQueue() }
      return load(entry)
    }
    consume(old)
    beginTrack(entry)
    player.toldNext = .some(nil)
    player.isQueueChanged = true
    return []
  }

  private mutating func ended() -> [Effect] {
    guard player.state != .stopped else { return [] }
    guard let old = queue.current, queue.next() != nil, modes.stopAfter != .queue || following != nil else {
      modes.stopAfter = .off
      if modes.sleep == .endOfTrack || modes.sleep == .endOfAlbum { modes.sleep = nil }
      let last = queue.current
      player.state = .stopped
      let effects = endOfQueue()
      consume(last)
      return effects
    }
    guard let entry = following else { return stopHere() }
    // The queue may have grown after the player was told that nothing follows.
    let effects = load(entry)
    consume(old)
    return effects
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
    if !isRadio, let place = reason.lostNetwork(isOffline: isOffline), player.failures + 1 < max(2, queue.entries.count)
    {
      player.failures += 1
      player.position = place
      return lookForCached()
    }
    post(Notice(.error, reason.sentence(for: track?.title ?? "The track", isRadio: isRadio)))
    if case .output = reason {
      // The player keeps the place, and opens the device again when it goes on.
      player.state = .paused
      player.isBuffering = false
      return []
    }
    player.failures += 1
    guard player.failures < queue.entries.count, let entry = queue.next(skipping: true), entry.id != id else {
      let wasSeries = player.failures > 1
      let effects = endOfQueue()
      if wasSeries {
        post(
          Notice(.error, "No track of the queue can be played now. The last: " + lastWords(reason), of: .silence))
      }
      return effects
    }
    return load(entry)
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

extension PlayerEvent {
  /// Whether it tells of a track, not of the output.
  fileprivate var isOfTrack: Bool {
    switch self {
    case .started, .advanced, .ended, .failed, .buffering, .fadedOut: true
    case .underrun, .output, .outputReturned, .outputRefused: false
    }
  }
}

extension PlaybackFailure {
  /// Where the music stopped for want of a network; nil when it stopped for another reason.
  fileprivate func lostNetwork(isOffline: Bool) -> Duration? {
    switch self {
    case .offline: .zero
    case .cutShort(let position): isOffline ? position : nil
    default: nil
    }
  }

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
