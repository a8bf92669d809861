package import Music

/// What the listener asks of the sound: how it is treated on its way, and which way that is.
package enum SoundCommand: Hashable, Sendable {
  case mute(Switch)
  /// nil: the next of off, track, album.
  case replayGain(ReplayGainMode?)
  /// In dB.
  case preamp(Double)
  /// In seconds.
  case crossfade(Double)
  /// nil: lets a preset be chosen.
  case equalizer(EqualizerChoice?)
  case speed(SpeedChange)
  case loop(LoopChange)
  /// In milliseconds.
  case pauseFade(Int)
  /// Shows the way of the sound.
  case path
  /// nil: lets one be chosen.
  case device(String?)
}

package enum EqualizerChoice: Hashable, Sendable {
  /// A name of `Equalizer.presets`.
  case preset(String)
  /// Ten, in dB.
  case gains([Double])
}

package enum SpeedChange: Hashable, Sendable {
  case by(Double)
  case to(Double)
}

/// Playing a part of the track again and again.
package enum LoopChange: Hashable, Sendable {
  /// The first time here is the start, the second time the end; the third time it is over.
  case mark
  case off
  /// In milliseconds.
  case between(Int, Int)
}

// MARK: As text

extension SoundCommand {
  typealias Parser = @Sendable (CommandArguments) throws(CommandError) -> Command

  static let parsers: [String: Parser] = [
    "mute": { (a) throws(CommandError) in .sound(.mute(try a.word(default: .toggle))) },
    "replay-gain": { (a) throws(CommandError) in .sound(.replayGain(try a.optionalWord())) },
    "preamp": { (a) throws(CommandError) in .sound(.preamp(try a.decimal(in: -15...15, unit: "dB"))) },
    "crossfade": { (a) throws(CommandError) in .sound(.crossfade(try a.decimal(in: 0...12, unit: "s"))) },
    "equalizer": { (a) throws(CommandError) in .sound(.equalizer(try a.equalizer())) },
    "speed": { (a) throws(CommandError) in .sound(.speed(try a.speed())) },
    "loop": { (a) throws(CommandError) in .sound(.loop(try a.loop())) },
    "pause-fade": { (a) throws(CommandError) in .sound(.pauseFade(try a.number(in: 0...5000))) },
    "sound": { (a) throws(CommandError) in
      guard a.rest.isEmpty else { throw .unexpected(a.rest, of: a.name) }
      return .sound(.path)
    },
    "device": { (a) throws(CommandError) in .sound(.device(a.text)) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .mute(let value): ("mute", value == .toggle ? nil : value.rawValue)
    case .replayGain(let mode): ("replay-gain", mode?.rawValue)
    case .preamp(let gain): ("preamp", plain(gain))
    case .crossfade(let seconds): ("crossfade", plain(seconds))
    case .equalizer(let choice): ("equalizer", choice?.description)
    case .speed(.to(let speed)): ("speed", plain(speed))
    case .speed(.by(let step)): ("speed", step < 0 ? plain(step) : "+" + plain(step))
    case .loop(.mark): ("loop", nil)
    case .loop(.off): ("loop", "off")
    case .loop(.between(let start, let end)): ("loop", "\(preciseClock(start)) \(preciseClock(end))")
    case .pauseFade(let time): ("pause-fade", String(time))
    case .path: ("sound", nil)
    case .device(let name): ("device", quoted(name))
    }
  }

  var summary: String {
    switch self {
    case .mute: "silence, or sound again"
    case .replayGain: "replay gain: off, track, album"
    case .preamp(let gain): "\(plain(gain)) dB on top of replay gain"
    case .crossfade(let seconds): seconds == 0 ? "no crossfade" : "crossfade of \(plain(seconds)) seconds"
    case .equalizer: "equaliser"
    case .speed(.by(let step)): step < 0 ? "slower" : "faster"
    case .speed(.to(let speed)): speed == 1 ? "usual speed" : "speed \(plain(speed))"
    case .loop(.mark): "repeat a part: its start, its end, off"
    case .loop: "repeat a part"
    case .pauseFade(let time): time == 0 ? "pause at once" : "pause fades for \(time) ms"
    case .path: "the way of the sound"
    case .device: "where sound goes"
    }
  }
}

extension EqualizerChoice: CustomStringConvertible {
  package var description: String {
    switch self {
    case .preset(let name): name
    case .gains(let gains): gains.map(plain).joined(separator: " ")
    }
  }
}

extension CommandArguments {
  fileprivate func equalizer() throws(CommandError) -> EqualizerChoice? {
    if rest.isEmpty { return nil }
    if Equalizer.presetNames.contains(rest) { return .preset(rest) }
    if rest == "off" { return .preset("flat") }
    let expected = "one of \(Equalizer.presetNames.joined(separator: ", ")), or ten numbers from -12 to 12"
    var gains: [Double] = []
    for field in rest.split(separator: " ", omittingEmptySubsequences: true) {
      guard let gain = decimalNumber(field), (-12...12).contains(gain) else {
        throw .invalid(rest, expected: expected, of: name)
      }
      gains.append(gain)
    }
    guard gains.count == 10 else { throw .invalid(rest, expected: expected, of: name) }
    return .gains(gains)
  }

  fileprivate func speed() throws(CommandError) -> SpeedChange {
    let isStep = rest.first == "+" || rest.first == "-"
    let number = try decimal(in: isStep ? -1.5...1.5 : 0.5...2, unit: "x", step: 0.01)
    return isStep ? .by(number) : .to(number)
  }

  fileprivate func loop() throws(CommandError) -> LoopChange {
    if rest.isEmpty { return .mark }
    if rest == "off" { return .off }
    let (first, second) = splitWord(rest)
    guard let start = milliseconds(of: first), let end = milliseconds(of: second), start < end else {
      throw .invalid(rest, expected: "nothing, “off”, or a start and a later end (1:00 1:30)", of: name)
    }
    return .between(start, end)
  }
}
