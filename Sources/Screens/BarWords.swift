import Core
import Music
import TUI

/// A word of the now-playing bar.
struct BarWord: Hashable {
  var text: String
  /// What stands in its place where there is no room for all words: ever shorter.
  var shorter: [String] = []
  var role = Role.barMode
  /// The heavier ones stay where there is no room for all.
  var weight: Int

  var columns: Int { columnWidth(of: text) }

  mutating func shorten() {
    if !shorter.isEmpty { text = shorter.removeFirst() }
  }
}

extension [BarWord] {
  /// The columns of all of them, each with the gap beside it.
  var columns: Int { reduce(0) { $0 + $1.columns + 2 } }

  /// Those that find room, in their order: the lighter ones become shorter first, and go first.
  func fitting(in room: Int) -> [BarWord] {
    var chosen: [Int: BarWord] = [:]
    let heaviestFirst = indices.sorted { self[$0].weight > self[$1].weight }
    for place in heaviestFirst {
      var tried = chosen
      tried[place] = self[place]
      let lightestFirst = heaviestFirst.reversed().filter { self[$0].gives(wayTo: self[place]) }
      while Array(tried.values).columns > room,
        let next = lightestFirst.first(where: { tried[$0]?.shorter.isEmpty == false })
      {
        tried[next]?.shorten()
      }
      if Array(tried.values).columns <= room { chosen = tried }
    }
    return indices.compactMap { chosen[$0] }
  }
}

extension BarWord {
  /// Whether it becomes shorter so that the other finds room.
  fileprivate func gives(wayTo other: BarWord) -> Bool {
    if self == other { return true }
    return other.weight >= (BarWords.order.contains(weight) ? BarWords.pressing : BarWords.worthRoom)
  }
}

/// What the now-playing bar says of network, modes and sound.
struct BarWords {
  enum Length { case least, short, full }

  /// Network and modes, the most pressing first.
  private(set) var modes: [BarWord] = []
  /// Format and volume.
  private(set) var sound: [BarWord] = []

  var all: [BarWord] { modes + sound }

  /// Whether both shuffle and repeat are told.
  var hasOrder: Bool { modes.count { Self.order.contains($0.weight) } == 2 }

  private let state: AppState
  private let length: Length

  init(_ state: AppState, _ length: Length) {
    self.state = state
    self.length = length
    addNetwork()
    addEnds()
    addOrder()
    addSound()
  }

  /// The weights of shuffle and repeat: the last modes to go.
  fileprivate static let order = 98...99
  /// From this weight on a word makes those shorter, and from the other one the rest.
  fileprivate static let pressing = 70
  fileprivate static let worthRoom = 50

  private mutating func add(_ text: String?, short: String? = nil, _ role: Role, _ weight: Int) {
    guard let text else { return }
    let isFull = length == .full
    modes.append(
      BarWord(
        text: isFull ? text : short ?? text, shorter: isFull ? [short].compactMap(\.self) : [], role: role,
        weight: weight))
  }

  private mutating func addNetwork() {
    if state.isKeptOffline {
      add("kept offline", short: "offline!", .offline, 95)
    } else if state.isOffline, !state.isAwaitingServer || length == .full {
      add("offline", .offline, 95)
    }
    // Wider terminals have a line for it.
    if length == .least, let activity = state.activities.list.first {
      add(activity.fraction.map { "\(activity.id.rawValue) \(Int($0 * 100)) %" } ?? activity.id.rawValue, .progress, 70)
    }
    if let word = state.outboxWord { add(word, .warning, 92) }
    if state.queue.current?.track.isRadio == true { add("radio", .badge, 80) }
    if state.player.isBuffering { add("buffering", .warning, 94) }
    if state.isAwaitingServer {
      add("waits for the server", short: "waits", .warning, 93)
    } else if state.player.state == .paused {
      add("paused", .modeOn, 93)
    }
    switch state.player.output?.kind {
    case .silent: add("silent", .barMode, 85)
    case .missing: add("no sound device", short: "silent", .warning, 85)
    default: break
    }
  }

  /// When it ends.
  private mutating func addEnds() {
    let modes = state.modes
    switch modes.sleep {
    case .at?: add(state.sleepTimeLeft.map { "sleep \(clock($0))" }, .modeOn, 78)
    case .endOfTrack?: add("sleep track", .modeOn, 78)
    case .endOfAlbum?: add("sleep album", .modeOn, 78)
    case nil: break
    }
    switch state.sound.loop {
    case .none: break
    case .from: add("A–", .modeOn, 76)
    case .between: add("A–B", .modeOn, 76)
    }
    if modes.stopAfter != .off {
      add("stop after \(modes.stopAfter.rawValue)", short: "stop", .modeOn, 74)
    }
  }

  /// In which order tracks come.
  private mutating func addOrder() {
    switch state.queue.shuffleMode {
    case .off: break
    case .tracks: addOrder(["shuffle", "shuf"], 99)
    case .albums: addOrder((length == .full ? ["shuffle albums"] : []) + ["shuffle", "shuf"], 99)
    }
    let mode = state.queue.repeatMode
    if mode != .off { addOrder(["repeat \(mode.rawValue)", "rep \(mode.rawValue)"], 98) }
    if state.modes.isConsuming { add("consume", .modeOn, 50) }
  }

  /// - Parameter texts: the longest first.
  private mutating func addOrder(_ texts: [String], _ weight: Int) {
    modes.append(BarWord(text: texts[0], shorter: Array(texts.dropFirst()), role: .modeOn, weight: weight))
  }

  private mutating func addSound() {
    let settings = state.sound.settings
    if settings.speed != 1 {
      add("speed \(plain(settings.speed))", short: "×\(plain(settings.speed))", .modeOn, 72)
    }
    if !settings.equalizer.isFlat {
      add(settings.equalizer.presetName ?? "equaliser", short: "eq", .modeOn, 40)
    }
    if length == .full, settings.replayGain != .off { add("gain \(settings.replayGain.rawValue)", .modeOn, 38) }
    if length == .full, let badge = state.sound.decoded?.badge {
      sound.append(BarWord(text: " \(badge) ", role: .badge, weight: 45))
    }
    let level = "\(state.player.volume)%"
    let volume = length == .full ? "volume \(state.player.volume)" : level
    sound.append(
      state.sound.isMuted
        ? BarWord(text: "muted", role: .warning, weight: 100)
        : BarWord(text: volume, shorter: length == .full ? [level] : [], weight: 100))
  }
}
