import Music

// What is kept here, and the way to the network.

extension AppState {
  mutating func perform(_ command: KeepingCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .offline(let value): return keepOffline(value)
    case .place(let number): return playPlace(number)
    case .refresh: return refreshEverything() + [.refreshPins, .sendEdits]
    }
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

  private mutating func playPlace(_ number: Int) -> [Effect] {
    guard queue.entries.indices.contains(number - 1) else {
      post(Notice(.warning, "The queue has \(counted(queue.entries.count, "track"))."))
      return []
    }
    player.failures = 0
    return jump(to: queue.entries[number - 1])
  }
}
