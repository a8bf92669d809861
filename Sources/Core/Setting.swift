import Music
import TUI

/// A setting as the settings' screen shows it. It is changed by the command `set`, as in the configuration.
package struct Setting: Hashable, Sendable, Identifiable {
  package enum Choice: Hashable, Sendable {
    case words([String])
    case steps(ClosedRange<Double>, by: Double)
    /// Opened by Enter: more than can be gone through one by one, or anything.
    case open([String])
    case theme
    case device
  }

  /// As `set` knows it.
  package var name: String
  package var value: String
  package var meaning: String
  package var choice: Choice
  package var id: String { name }

  init(_ name: String, _ value: String, _ choice: Choice, _ meaning: String) {
    self.name = name
    self.value = value
    self.choice = choice
    self.meaning = meaning
  }

  /// The value so many steps further; nil where there is none.
  func value(by step: Int) -> String? {
    switch choice {
    case .words(let words), .open(let words):
      guard !words.isEmpty else { return nil }
      guard let place = words.firstIndex(of: value) else { return step > 0 ? words.first : words.last }
      return words[(place + step + words.count) % words.count]
    case .steps(let range, let size):
      guard let number = decimalNumber(value) else { return nil }
      let next = hundredths(number + Double(step) * size)
      return plain(max(range.lowerBound, min(range.upperBound, next)))
    case .theme, .device: return nil
    }
  }
}

extension AppState {
  /// All that can be set, in groups.
  var settingGroups: [(heading: String, settings: [Setting])] {
    [
      ("Screen", screenSettings), ("Playing", playingSettings), ("Sound", soundSettings),
      ("Network and cache", networkSettings),
    ]
  }

  private var screenSettings: [Setting] {
    [
      Setting("theme", theme.name, .theme, "colours, lines and signs"),
      Setting("pictures", panel.pictures.rawValue, words(PictureChoice.self), "how covers are drawn"),
      Setting("spectrum", panel.spectrum.style.rawValue, words(SpectrumStyle.self), "the look of the spectrum"),
      Setting(
        "spectrum-rate", panel.spectrum.rate.description, .open(["auto", "off", "5", "10", "20", "30"]),
        "its frames a second"),
      Setting("keymap", keymap.preset.rawValue, words(KeymapPreset.self), "the keys below your own"),
      Setting("mouse", onOff(mouse.isOn), .words(["on", "off"]), "off: the terminal marks text"),
      Setting("time", timeDisplay.rawValue, words(TimeDisplay.self), "right of the progress"),
    ]
  }

  private var playingSettings: [Setting] {
    [
      Setting("shuffle", queue.shuffleMode.rawValue, words(ShuffleMode.self), "the order of the queue"),
      Setting("repeat", queue.repeatMode.rawValue, words(RepeatMode.self), "what comes after the end"),
      Setting("consume", onOff(modes.isConsuming), .words(["off", "on"]), "heard tracks leave the queue"),
    ]
  }

  private var soundSettings: [Setting] {
    let settings = sound.settings
    return [
      Setting("volume", "\(player.volume)", .steps(0...100, by: 5), "in per cent"),
      Setting(
        "replay-gain", settings.replayGain.rawValue, words(ReplayGainMode.self), "even loudness, from the tags"),
      Setting("preamp", plain(settings.preamp), .steps(-15...15, by: 1), "dB on top of replay gain"),
      Setting(
        "crossfade", plain(seconds(settings.crossfade)), .steps(0...12, by: 1), "seconds, never within an album"),
      Setting("equalizer", equalizerName, .open(Equalizer.presetNames), "ten bands, or a preset"),
      Setting("speed", plain(settings.speed), .steps(0.5...2, by: 0.05), "the pitch is kept"),
      Setting(
        "pause-fade", plain((seconds(settings.pauseFade) * 1000).rounded()), .steps(0...5000, by: 100),
        "milliseconds of fading"),
      Setting("output", outputName, .device, "where the sound goes"),
    ]
  }

  private var networkSettings: [Setting] {
    [
      Setting("offline", onOff(isKeptOffline), .words(["off", "on"]), "no request leaves this computer"),
      Setting("metered", onOff(modes.isMetered), .words(["off", "on"]), "nothing is fetched ahead"),
      Setting("prefetch", "\(modes.prefetch)", .steps(0...10, by: 1), "tracks fetched ahead"),
      Setting(
        "cache-size", knownSettings["cache-size"] ?? "10G",
        .open(["1G", "2G", "5G", "10G", "20G", "50G", "100G"]), "room on this disk for music"),
    ]
  }

  private var outputName: String {
    switch player.output?.kind {
    case .silent?: "silent"
    case .missing?: "no device"
    case .alsa?, .wav?: player.output?.device ?? ""
    case nil: knownSettings["output"] ?? "alsa"
    }
  }

  private func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> Setting.Choice
  where Word.RawValue == String {
    .words(Word.allCases.map(\.rawValue))
  }

  private func onOff(_ isOn: Bool) -> String { isOn ? "on" : "off" }
}
