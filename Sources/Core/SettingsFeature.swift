import Music

// `set NAME VALUE`: what holds from now on and in the next run.

extension AppState {
  /// Settings that are commands of their own: `set volume 70` is `volume 70`.
  private static let commandSettings: Set = [
    "theme", "volume", "shuffle", "repeat", "replay-gain", "preamp", "crossfade", "equalizer", "speed", "pause-fade",
    "consume", "prefetch", "metered", "announce", "offline", "time",
    "panel", "pictures", "spectrum", "spectrum-rate",
  ]
  private static let handSettings = ["keymap", "count-wait", "mouse"]
  /// Settings that only the shell knows, with when they take effect where that is not now.
  private static let shellSettings = ["cache-size": "", "output": "It takes effect at the next start."]

  static let settingNames = (commandSettings + handSettings + Array(shellSettings.keys)).sorted()

  mutating func set(_ name: String, to value: String) -> [Effect] {
    if name == "output", value.hasPrefix("alsa:") {
      return perform(SoundCommand.device(String(value.dropFirst(5))), nil)
    }
    if AppState.commandSettings.contains(name) {
      do {
        return perform(try Command(parsing: "\(name) \(value)"), replyTo: nil)
      } catch {
        post(Notice(.warning, error.sentence))
        return []
      }
    }
    if AppState.handSettings.contains(name) { return setHands(name, value) }
    guard let remark = AppState.shellSettings[name] else {
      let names = AppState.settingNames.joined(separator: ", ")
      post(Notice(.warning, "There is no setting “\(name)”. There are: \(names)."))
      return []
    }
    knownSettings[name] = value
    if !remark.isEmpty { post(Notice(.information, "\(name) is \(value) now. \(remark)")) }
    return [.saveSetting(name: name, value: value)]
  }

  private mutating func setHands(_ name: String, _ value: String) -> [Effect] {
    if name == "keymap" {
      guard let preset = KeymapPreset(rawValue: value) else {
        let names = KeymapPreset.allCases.map(\.rawValue).joined(separator: ", ")
        post(Notice(.warning, "There is no keymap “\(value)”. There are: \(names)."))
        return []
      }
      keymap.use(preset)
    } else if name == "mouse" {
      guard let on = ["on": true, "off": false][value] else {
        post(Notice(.warning, "The mouse is on or off, not “\(value)”."))
        return []
      }
      mouse.isOn = on
      return [.mouse(on), .saveSetting(name: name, value: value)]
    } else {
      guard let time = UInt16(value), time <= 2000 else {
        post(Notice(.warning, "count-wait is a number of milliseconds from 0 to 2000, not “\(value)”."))
        return []
      }
      countWait = .milliseconds(Int(time))
    }
    return [.saveSetting(name: name, value: value)]
  }
}
