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

  mutating func set(_ name: String, to value: String, replyTo token: ReplyToken? = nil) -> [Effect] {
    if name == "output", value.hasPrefix("alsa:") {
      return perform(SoundCommand.device(String(value.dropFirst(5))), token)
    }
    if let problem = AppState.problem(ofSetting: name, value) {
      post(Notice(.warning, problem))
      return []
    }
    if AppState.commandSettings.contains(name), let command = try? Command(parsing: "\(name) \(value)") {
      return perform(command, replyTo: token)
    }
    if AppState.handSettings.contains(name) { return setHands(name, value) }
    knownSettings[name] = value
    if let remark = AppState.shellSettings[name], !remark.isEmpty {
      post(Notice(.information, "\(name) is \(value) now. \(remark)"))
    }
    return [.saveSetting(name: name, value: value)]
  }

  private mutating func setHands(_ name: String, _ value: String) -> [Effect] {
    let kept = Effect.saveSetting(name: name, value: value)
    switch name {
    case "keymap": if let preset = KeymapPreset(rawValue: value) { keymap.use(preset) }
    case "mouse":
      mouse.isOn = value == "on"
      return [.mouse(mouse.isOn), kept]
    default: if let time = AppState.countWait(value) { countWait = time }
    }
    return [kept]
  }
}

// MARK: What they can be

extension AppState {
  /// Why a setting cannot have this value; nil where it can. Whether there is such a theme or device is seen when it is used.
  package static func problem(ofSetting name: String, _ value: String) -> String? {
    if commandSettings.contains(name) { return problem(ofCommand: "\(name) \(value)") }
    switch name {
    case "keymap":
      let names = KeymapPreset.allCases.map(\.rawValue)
      return names.contains(value)
        ? nil : "There is no keymap “\(value)”. There are: \(names.joined(separator: ", "))."
    case "mouse": return ["on", "off"].contains(value) ? nil : "The mouse is on or off, not “\(value)”."
    case "count-wait":
      return countWait(value) == nil
        ? "count-wait is a number of milliseconds from 0 to 2000, not “\(value)”." : nil
    case "cache-size":
      return parseByteCount(value) == nil ? "cache-size is a size like 10G or 512M, not “\(value)”." : nil
    case "output":
      return isOutput(value) ? nil : "“\(value)” is no output: say alsa, alsa:DEVICE, silent or wav:FILE."
    default: return "There is no setting “\(name)”. There are: \(settingNames.joined(separator: ", "))."
    }
  }

  private static func problem(ofCommand line: String) -> String? {
    do {
      _ = try Command(parsing: line)
      return nil
    } catch {
      return error.sentence
    }
  }

  private static func isOutput(_ value: String) -> Bool {
    ["alsa", "silent"].contains(value) || ["alsa:", "wav:"].contains { value.hasPrefix($0) && value != $0 }
  }

  private static func countWait(_ value: String) -> Duration? {
    guard let time = UInt16(value), time <= 2000 else { return nil }
    return .milliseconds(Int(time))
  }
}
