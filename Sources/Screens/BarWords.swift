import Core
import Music
import TUI

/// A word of the now-playing bar.
struct BarWord: Hashable {
  var text: String
  var role = Role.barMode
  /// The heavier ones stay where there is no room for all.
  var weight: Int

  var columns: Int { columnWidth(of: text) }
}

/// What the now-playing bar says of network, modes and sound.
struct BarWords {
  enum Length { case least, short, full }

  /// Network and modes, the most pressing first.
  private(set) var modes: [BarWord] = []
  /// Format and volume.
  private(set) var sound: [BarWord] = []

  var all: [BarWord] { modes + sound }

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

  private mutating func add(_ text: String?, _ role: Role, _ weight: Int) {
    if let text { modes.append(BarWord(text: text, role: role, weight: weight)) }
  }

  private mutating func addNetwork() {
    if state.isKeptOffline {
      add(length == .full ? "kept offline" : "offline!", .offline, 95)
    } else if state.isOffline {
      add("offline", .offline, 95)
    }
    // Wider terminals have a line for it.
    if length == .least, let activity = state.activities.list.first {
      add(activity.fraction.map { "\(activity.id.rawValue) \(Int($0 * 100)) %" } ?? activity.id.rawValue, .progress, 70)
    }
    if let word = state.outboxWord { add(word, .warning, 92) }
    if state.queue.current?.track.isRadio == true { add("radio", .badge, 80) }
    if state.player.isBuffering { add("buffering", .warning, 94) }
    if state.player.state == .paused { add("paused", .modeOn, 93) }
    switch state.player.output?.kind {
    case .silent: add("silent", .barMode, 85)
    case .missing: add(length == .full ? "no sound device" : "silent", .warning, 85)
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
      add(length == .full ? "stop after \(modes.stopAfter.rawValue)" : "stop", .modeOn, 74)
    }
  }

  /// In which order tracks come.
  private mutating func addOrder() {
    switch state.queue.shuffleMode {
    case .off: break
    case .tracks: add("shuffle", .modeOn, 66)
    case .albums: add(length == .full ? "shuffle albums" : "shuffle", .modeOn, 66)
    }
    if state.queue.repeatMode != .off { add("repeat \(state.queue.repeatMode.rawValue)", .modeOn, 64) }
    if state.modes.isConsuming { add("consume", .modeOn, 50) }
  }

  private mutating func addSound() {
    let settings = state.sound.settings
    if settings.speed != 1 {
      add((length == .full ? "speed " : "×") + plain(settings.speed), .modeOn, 72)
    }
    if !settings.equalizer.isFlat {
      add(length == .full ? settings.equalizer.presetName ?? "equaliser" : "eq", .modeOn, 40)
    }
    if length == .full, settings.replayGain != .off { add("gain \(settings.replayGain.rawValue)", .modeOn, 38) }
    if length == .full, let badge = state.sound.decoded?.badge {
      sound.append(BarWord(text: " \(badge) ", role: .badge, weight: 45))
    }
    let volume =
      state.sound.isMuted
      ? "muted" : length == .full ? "volume \(state.player.volume)" : "\(state.player.volume)%"
    sound.append(BarWord(text: volume, role: state.sound.isMuted ? .warning : .barMode, weight: 100))
  }
}
