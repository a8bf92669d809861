import Music

// What is kept here, and the way to the network.

extension AppState {
  mutating func perform(_ command: KeepingCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .offline(let value): return keepOffline(value)
    case .place(let number): return playPlace(number)
    case .refresh: return refreshEverything() + [.refreshPins, .sendEdits]
    case .forgetMissing: return [.forgetMissing]
    case .cache: return toggleCacheSheet(token)
    case .importList(let file, let name): return [.importList(file, name: name, replyTo: token)]
    case .exportNamed(let words): return exportNamed(words, token)
    case .exportList(let file): return exportList(to: file, token)
    case .pinRendition(let rate): return pinRows(bitRate: rate)
    case .pinQueue(let seconds): return pinQueue(seconds)
    }
  }

  mutating func tell(_ notice: Notice, _ token: ReplyToken?) -> [Effect] {
    post(notice)
    guard let token else { return [] }
    return [.reply(token, notice.kind == .error ? .failed(notice.text) : .words(notice.text))]
  }

  /// The listener's wish: until it is taken back no request leaves, whatever the network could do.
  private mutating func keepOffline(_ value: Switch) -> [Effect] {
    let on = value == .toggle ? !isKeptOffline : value == .on
    guard on != isKeptOffline else { return [] }
    isKeptOffline = on
    if on {
      connectivity = .offline(reason: "you asked for it")
      post(Notice(.information, "Offline: nothing is asked of any server until you say :offline off."))
    } else {
      post(Notice(.information, "Asking the server again."))
    }
    return [.keepOffline(on), .saveSetting(name: "offline", value: on ? "on" : "off")]
  }

  /// The list in hand: the playlist under the cursor, else the queue.
  private mutating func exportList(to file: String, _ token: ReplyToken?) -> [Effect] {
    if screen == .playlists, let list = playlists.lists.selected {
      return [.exportList(.playlist(list.id), title: list.name, file, replyTo: token)]
    }
    let tracks = queue.entries.map(\.track).filter { !$0.isRadio }.map(\.id)
    guard !tracks.isEmpty else {
      post(Notice(.warning, "The queue is empty: there is nothing to write."))
      return []
    }
    return [.exportList(.tracks(tracks), title: "Queue", file, replyTo: token)]
  }

  private mutating func pinQueue(_ seconds: Int) -> [Effect] {
    let old = downloads.report.pins.filter { if case .queue = $0 { true } else { false } }
    if seconds == 0 {
      post(Notice(.information, "The queue is not kept for good any more."))
      return [.pin(Array(old), on: false)]
    }
    post(Notice(.information, "What the queue plays in the next \(seconds / 60) minutes is kept here, as it moves on."))
    return [.pin(old.filter { $0 != .queue(seconds: seconds) }, on: false), .pin([.queue(seconds: seconds)], on: true)]
  }

  private mutating func playPlace(_ number: Int) -> [Effect] {
    guard queue.entries.indices.contains(number - 1) else {
      post(Notice(.warning, "The queue has \(counted(queue.entries.count, "track"))."))
      return []
    }
    player.failures = 0
    return jump(to: queue.entries[number - 1])
  }
}
