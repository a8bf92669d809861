package import Music

/// How the listener wants the sound, and what is known of it.
package struct SoundState: Hashable, Sendable {
  package internal(set) var settings = SoundSettings()
  package internal(set) var isMuted = false
  package internal(set) var loop = LoopState.none
  /// Of the current track, once the decoder has told.
  package internal(set) var decoded: SoundPath.Decoded?
  /// Where sound went before another device was asked for.
  var deviceBefore: String?
}

/// The part of the track that plays again and again.
package enum LoopState: Hashable, Sendable {
  case none
  /// Its end is still to be said.
  case from(Duration)
  case between(Range<Duration>)
}

/// A place where sound can go.
package struct OutputDevice: Hashable, Sendable {
  /// ALSA's name.
  package var name: String
  /// For people.
  package var description: String

  package init(name: String, description: String) {
    self.name = name
    self.description = description
  }
}

extension AppState {
  mutating func perform(_ command: SoundCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .mute(let value): return setMuted(value == .toggle ? !sound.isMuted : value == .on)
    case .replayGain(let mode):
      let order: [ReplayGainMode: ReplayGainMode] = [.off: .track, .track: .album, .album: .off]
      let mode = mode ?? order[sound.settings.replayGain]!
      post(Notice(.information, mode == .off ? "Replay gain is off." : "Replay gain by \(mode.rawValue)."))
      return keep("replay-gain", mode.rawValue) { $0.replayGain = mode }
    case .preamp(let gain):
      let isIdle = sound.settings.replayGain == .off && gain != 0
      post(Notice(.information, "Preamp \(decibels(gain))" + (isIdle ? ", once replay gain is on." : ".")))
      return keep("preamp", plain(gain)) { $0.preamp = gain }
    case .crossfade(let seconds):
      post(Notice(.information, seconds == 0 ? "No crossfade." : "Crossfade of \(plain(seconds)) s between albums."))
      return keep("crossfade", plain(seconds)) { $0.crossfade = .milliseconds(Int(seconds * 1000)) }
    case .equalizer(let choice): return setEqualizer(choice, token)
    case .speed(let change): return setSpeed(change)
    case .loop(let change): return setLoop(change)
    case .pauseFade(let time):
      return keep("pause-fade", String(time)) { $0.pauseFade = .milliseconds(time) }
    case .path: return token == nil ? toggleSoundSheet() : askSoundPath(token)
    case .device(let name?): return setDevice(name)
    case .device(nil): return [.askDevices(token)]
    }
  }

  /// Changes a setting of the sound, now and for the next run.
  private mutating func keep(_ name: String, _ value: String, _ change: (inout SoundSettings) -> Void) -> [Effect] {
    change(&sound.settings)
    return [.player(.setSound(sound.settings)), .saveSetting(name: name, value: value)]
  }

  mutating func setMuted(_ on: Bool) -> [Effect] {
    guard on != sound.isMuted else { return [] }
    sound.isMuted = on
    return [.player(.setMuted(on))]
  }

  private mutating func setEqualizer(_ choice: EqualizerChoice?, _ token: ReplyToken?) -> [Effect] {
    let equalizer: Equalizer
    switch choice {
    case .preset(let name): equalizer = Equalizer(preset: name) ?? .flat
    case .gains(let gains): equalizer = Equalizer(gains: gains)
    case nil:
      guard let token else { return choose("equalizer", "Equaliser: ", Equalizer.presetNames) }
      return [.reply(token, .words(equalizerName))]
    }
    let value = equalizer.presetName ?? EqualizerChoice.gains(equalizer.gains).description
    let effects = keep("equalizer", value) { $0.equalizer = equalizer }
    post(Notice(.information, "Equaliser: \(equalizerName)."))
    return effects
  }

  /// The preset's name, or the gains.
  package var equalizerName: String {
    let equalizer = sound.settings.equalizer
    return equalizer.presetName ?? equalizer.gains.map(plain).joined(separator: " ")
  }

  private mutating func setSpeed(_ change: SpeedChange) -> [Effect] {
    let wanted =
      switch change {
      case .by(let step): sound.settings.speed + step
      case .to(let speed): speed
      }
    let speed = hundredths(max(0.5, min(2, wanted)))
    return keep("speed", plain(speed)) { $0.speed = speed }
  }

  private mutating func setDevice(_ name: String) -> [Effect] {
    sound.deviceBefore = player.output?.kind == .alsa ? player.output?.device : nil
    post(Notice(.information, "Sound goes to “\(name)”, now and in the next run."))
    return [.player(.setOutput(name)), .saveSetting(name: "output", value: "alsa:" + name)]
  }

  /// The device cannot be opened: sound stays where it was, in the next run too.
  mutating func outputRefused(_ device: String, _ reason: String) -> [Effect] {
    post(Notice(.error, "The device “\(device)” cannot be opened: \(reason)."))
    return [.saveSetting(name: "output", value: "alsa:" + (sound.deviceBefore ?? "default"))]
  }

  /// The devices that were asked for.
  mutating func take(_ devices: [OutputDevice], replyTo token: ReplyToken?) -> [Effect] {
    let names = devices.map(\.name)
    let width = min(32, names.map(\.count).max() ?? 0)
    let lines = devices.map { device in
      device.name + String(repeating: " ", count: max(0, width - device.name.count)) + "  " + device.description
    }
    if let token { return [.reply(token, .words(lines.joined(separator: "\n")))] }
    guard !devices.isEmpty else {
      post(Notice(.warning, "No sound device was found. See “dulcet doctor”."))
      return []
    }
    let effects = choose("device", "Sound goes to: ", lines, values: names)
    let current = player.output?.device
    prompt?.cursor = names.firstIndex { $0 == current } ?? 0
    return effects
  }
}

// MARK: Playing a part again and again

extension AppState {
  private mutating func setLoop(_ change: LoopChange) -> [Effect] {
    guard queue.current != nil, player.state != .stopped else {
      post(Notice(.warning, "Nothing is playing."))
      return []
    }
    if queue.current?.track.isRadio == true { return refuseForRadio("Of a radio station no part can be repeated.") }
    switch (change, sound.loop) {
    case (.off, _), (.mark, .between):
      post(Notice(.information, "No part is repeated any more."))
      return loop(nil)
    case (.between(let start, let end), _): return loop(.milliseconds(start), .milliseconds(end))
    case (.mark, .none):
      sound.loop = .from(player.position)
      let again = keymap.key(for: .sound(.loop(.mark))).map { "\($0)" } ?? ":loop"
      post(Notice(.information, "Repeating from \(clock(player.position)). \(again) again says to where."))
      return []
    case (.mark, .from(let start)): return loop(min(start, player.position), max(start, player.position))
    }
  }

  private mutating func loop(_ start: Duration, _ end: Duration) -> [Effect] {
    let end = player.duration > .zero ? min(end, player.duration) : end
    guard end - start >= .milliseconds(100) else {
      post(Notice(.warning, "That part is too short to be repeated."))
      return loop(nil)
    }
    post(Notice(.information, "Repeating \(clock(start)) to \(clock(end))."))
    return loop(start..<end)
  }

  private mutating func loop(_ part: Range<Duration>?) -> [Effect] {
    sound.loop = part.map { .between($0) } ?? .none
    return [.player(.setLoop(part))]
  }
}
