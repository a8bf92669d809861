package import Music
import TUI

/// The way of the sound, as the shell tells it.
package struct SoundReport: Hashable, Sendable {
  /// What the decoder reads.
  package enum Rendition: Hashable, Sendable {
    /// A file of this computer.
    case file
    /// The server's file as it is.
    case whole
    /// Made by the server: `MP3`, and kbit/s where they were asked for (0: the server's choice).
    case transcoded(String, bitRate: Int)
  }

  package var rendition: Rendition?
  package var path: SoundPath

  package init(rendition: Rendition?, path: SoundPath) {
    self.rendition = rendition
    self.path = path
  }
}

extension AppState {
  mutating func toggleSoundSheet() -> [Effect] {
    if case .sound? = sheet?.content {
      sheet = nil
      return []
    }
    sheet = Sheet(.sound(nil))
    return askSoundPath(nil)
  }

  func askSoundPath(_ token: ReplyToken?) -> [Effect] {
    [.askSoundPath(of: player.state == .stopped ? nil : queue.current?.track, replyTo: token)]
  }

  mutating func take(_ report: SoundReport, replyTo token: ReplyToken?) -> [Effect] {
    guard let token else {
      if case .sound? = sheet?.content { sheet?.content = .sound(report) }
      return []
    }
    return [.reply(token, .words(lines(of: soundRows(report))))]
  }

  func soundRows(_ report: SoundReport) -> [SheetRow] {
    let path = report.path
    var rows: [SheetRow] = []
    func add(_ label: String, _ text: String?) { if let text { rows.append(SheetRow(label: label, text: text)) } }
    let track = player.state == .stopped ? nil : queue.current?.track
    add("File", track.map(fileText))
    if track != nil { add("Fetched", report.rendition.map(\.text)) }
    add("Decoded", path.decoded.map(\.text))
    add("Place", path.decoded?.isPositionGuessed == true ? "guessed by the last seek: right to a second or so" : nil)
    add("Replay gain", replayGainText(path.replayGain))
    add("Effects", effectsText)
    add("Volume", sound.isMuted ? "muted (\(player.volume))" : "\(player.volume)")
    add("Samples", path.decoded == nil ? nil : samplesText(path))
    add("Output", path.output.map(\.placeText) ?? "none is open")
    add("Device", path.output.map(\.formatText))
    add("Conversion", path.output?.conversion.map { "by ALSA, to \($0)" })
    add("Buffer", path.output.flatMap(\.bufferText))
    add("Latency", path.latency > .zero ? "\(milliseconds(path.latency)) ms" : nil)
    add("Underruns", "\(path.underruns) since the start")
    add("Last join", path.lastJoin.map(\.text))
    return rows
  }

  func fileText(_ track: Track) -> String {
    var parts = [track.suffix.isEmpty ? "unknown format" : track.suffix.uppercased()]
    if track.sampleRate > 0 {
      parts.append(
        (track.bitDepth > 0 ? "\(track.bitDepth) bit, " : "") + "\(plain(Double(track.sampleRate) / 1000)) kHz")
    }
    if track.bitRate > 0 { parts.append("\(track.bitRate) kbit/s") }
    return parts.joined(separator: ", ") + (track.origin == .local ? " (this computer)" : " (server)")
  }

  private func replayGainText(_ gain: Double?) -> String {
    if sound.settings.replayGain == .off { return "off" }
    let preamp = sound.settings.preamp == 0 ? "" : ", preamp \(decibels(sound.settings.preamp)) included"
    guard let gain else { return "\(sound.settings.replayGain.rawValue), but this track has none" }
    return "\(sound.settings.replayGain.rawValue), \(decibels(gain))\(preamp)"
  }

  private var effectsText: String? {
    let settings = sound.settings
    let parts = [
      settings.equalizer.isFlat ? nil : "equaliser \(equalizerName)",
      settings.speed == 1 ? nil : "speed \(plain(settings.speed))",
      settings.crossfade == .zero ? nil : "crossfade \(plain(seconds(settings.crossfade))) s",
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether the device gets what the decoder gave, and if not, who changes it.
  private func samplesText(_ path: SoundPath) -> String {
    var reasons: [String] = []
    if path.replayGain != nil { reasons.append("replay gain") }
    if !sound.settings.equalizer.isFlat { reasons.append("the equaliser") }
    if sound.settings.speed != 1 { reasons.append("the speed") }
    if sound.isMuted { reasons.append("mute") } else if player.volume < 100 { reasons.append("the volume") }
    if path.output?.conversion != nil { reasons.append("ALSA’s conversion") }
    if path.isUntouched, reasons.isEmpty { return "bit-perfect" }
    if reasons.isEmpty { reasons.append("an effect") }
    return "changed by " + reasons.joined(separator: ", ")
  }
}

extension SoundReport.Rendition {
  var text: String {
    switch self {
    case .file, .whole: "as it is"
    case .transcoded(let format, 0): "as \(format), made by the server"
    case .transcoded(let format, let bitRate): "as \(format) of \(bitRate) kbit/s, made by the server"
    }
  }
}

extension SoundPath.Decoded {
  fileprivate var text: String {
    var parts = [codec, "\(plain(Double(rate) / 1000)) kHz"]
    if bits > 0 { parts.append("\(bits) bit") }
    parts.append(channels == 1 ? "mono" : channels == 2 ? "stereo" : "\(channels) channels")
    if bitRate > 0 { parts.append("\(bitRate) kbit/s" + (isVariable ? ", variable" : "")) }
    return parts.joined(separator: ", ")
  }

  /// A word or two for the playing bar: `FLAC 24/96`, `MP3 320`.
  package var badge: String {
    if bits > 0, isLossless { return "\(codec) \(bits)/\(plain((Double(rate) / 100).rounded() / 10))" }
    return isVariable || bitRate == 0 ? codec : "\(codec) \(bitRate)"
  }

  private var isLossless: Bool { ["FLAC", "WAV", "AIFF", "ALAC", "PCM"].contains(codec) }
}

extension OutputDescription {
  fileprivate var placeText: String {
    switch kind {
    case .alsa: "ALSA device “\(device)”"
    case .silent: "silent, as you wished"
    case .missing: "silent: no sound device (\(device))"
    case .wav: "the file \(device)"
    }
  }

  fileprivate var formatText: String {
    "\(plain(Double(rate) / 1000)) kHz, \(format), \(channels == 1 ? "mono" : channels == 2 ? "stereo" : "\(channels) channels")"
  }

  fileprivate var bufferText: String? {
    guard bufferFrames > 0, rate > 0 else { return nil }
    return "\(bufferFrames) frames (\(bufferFrames * 1000 / rate) ms), period \(periodFrames)"
  }
}

extension SoundPath.Join {
  fileprivate var text: String {
    var parts: [String] = []
    if crossfade > .zero { parts.append("crossfade of \(plain(seconds(crossfade))) s") }
    parts.append(silentFrames == 0 ? "0 samples lost or added" : "\(silentFrames) samples of silence")
    if let reopening { parts.append("device opened anew in \(milliseconds(reopening)) ms") }
    return parts.joined(separator: ", ")
  }
}

func seconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

private func milliseconds(_ duration: Duration) -> Int { Int((seconds(duration) * 1000).rounded()) }
