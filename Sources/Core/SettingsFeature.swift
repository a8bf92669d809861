import Music

// `set NAME VALUE`: what holds from now on and in the next run.

extension AppState {
  /// Settings that are commands of their own: `set volume 70` is `volume 70`.
  private static let commandSettings: Set = [
    "theme", "volume", "shuffle", "repeat", "replay-gain", "preamp", "crossfade", "equalizer", "speed", "pause-fade",
    "consume", "prefetch", "metered", "announce", "offline", "time",
    "panel", "pictures", "spectrum", "spectrum-rate",
  ]
  /// Settings that only the shell knows, with when they take effect where that is not now.
  private static let shellSettings = ["cache-size": "", "output": "It takes effect at the next start."]

  static let settingNames = (commandSettings + Array(shellSettings.keys)).sorted()

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
    guard let remark = AppState.shellSettings[name] else {
      let names = AppState.settingNames.joined(separator: ", ")
      post(Notice(.warning, "There is no setting “\(name)”. There are: \(names)."))
      return []
    }
    knownSettings[name] = value
    if !remark.isEmpty { post(Notice(.information, "\(name) is \(value) now. \(remark)")) }
    return [.saveSetting(name: name, value: value)]
  }
}
