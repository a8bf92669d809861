import Core
import Music
import TUI
import Testing

@Suite("The sound")
struct SoundTests {
  private func playing() -> Listener {
    var listener = Listener()
    listener.press("l", "l", "enter")
    listener.hear(10)
    listener.effects = []
    return listener
  }

  @Test("every setting goes to the player and is kept")
  func settings() {
    var listener = Listener()
    var wanted = SoundSettings()
    let steps: [(String, String, String, (inout SoundSettings) -> Void)] = [
      ("replay-gain album", "replay-gain", "album", { $0.replayGain = .album }),
      ("preamp -3.5", "preamp", "-3.5", { $0.preamp = -3.5 }),
      ("crossfade 2.5", "crossfade", "2.5", { $0.crossfade = .milliseconds(2500) }),
      ("equalizer bass", "equalizer", "bass", { $0.equalizer = Equalizer(preset: "bass")! }),
      (
        "equalizer 1 0 0 0 0 0 0 0 0 -1.5", "equalizer", "1 0 0 0 0 0 0 0 0 -1.5",
        { $0.equalizer = Equalizer(gains: [1, 0, 0, 0, 0, 0, 0, 0, 0, -1.5]) }
      ),
      ("speed 1.25", "speed", "1.25", { $0.speed = 1.25 }), ("speed -0.5", "speed", "0.75", { $0.speed = 0.75 }),
      ("speed -0.5", "speed", "0.5", { $0.speed = 0.5 }),
      ("pause-fade 300", "pause-fade", "300", { $0.pauseFade = .milliseconds(300) }),
    ]
    for (line, name, value, change) in steps {
      change(&wanted)
      #expect(listener.run(line) == [.player(.setSound(wanted)), .saveSetting(name: name, value: value)])
      // What was kept brings the same back.
      var again = Listener()
      again.state = listener.state
      #expect(again.run("\(name) \(value)").first == .player(.setSound(wanted)))
    }
    #expect(listener.run("equalizer flat").count == 2)
    #expect(listener.state.sound.settings.equalizer == .flat)
  }

  @Test("what the settings say at the start is no news, and not written again")
  func configured() {
    var listener = Listener()
    let effects = listener.send(.configured(.sound(.crossfade(4))))
    #expect(effects.count == 1)
    #expect(listener.notice == nil)
    #expect(listener.state.sound.settings.crossfade == .seconds(4))
  }

  @Test("mute is not kept, and who turns the volume up wants to hear")
  func mute() {
    var listener = playing()
    #expect(listener.press("m") == [.player(.setMuted(true))])
    listener.press("-")
    #expect(listener.state.sound.isMuted)
    #expect(listener.press("+").first == .player(.setMuted(false)))
    #expect(listener.run("mute off") == [])
  }

  @Test("a part is marked by its start and its end, in either order, and ends with the track")
  func loop() {
    var listener = playing()
    #expect(listener.press("L") == [])
    #expect(listener.state.sound.loop == .from(.seconds(10)))
    listener.hear(13)
    #expect(listener.press("L") == [.player(.setLoop(.seconds(10)..<Duration.seconds(13)))])
    #expect(listener.press("L") == [.player(.setLoop(nil))])
    listener.press("L")
    listener.hear(12)
    #expect(listener.press("L") == [.player(.setLoop(.seconds(12)..<Duration.seconds(13)))])
    #expect(
      listener.run("loop 0:20 0:21.5") == [.player(.setLoop(.seconds(20)..<Duration.milliseconds(21_500)))])
    listener.press(">")
    #expect(listener.state.sound.loop == .none)
    #expect(listener.run("loop 1:39.99 9:00") == [.player(.setLoop(nil))])
    #expect(listener.notice?.contains("too short") == true)
    listener.run("stop")
    #expect(listener.run("loop") == [])
  }

  @Test("devices are listed to choose from, and the choice is kept")
  func devices() {
    var listener = playing()
    #expect(listener.press("O") == [.askDevices(nil)])
    let devices = [
      OutputDevice(name: "default", description: "The system’s choice"),
      OutputDevice(name: "hw:CARD=DAC,DEV=0", description: "A good one"),
    ]
    listener.send(.devices(devices, replyTo: nil))
    #expect(listener.state.prompt?.options.count == 2)
    #expect(
      listener.press("down", "enter")
        == [.player(.setOutput("hw:CARD=DAC,DEV=0")), .saveSetting(name: "output", value: "alsa:hw:CARD=DAC,DEV=0")])
    #expect(
      listener.send(.player(.outputRefused("hw:CARD=DAC,DEV=0", reason: "busy")))
        == [.saveSetting(name: "output", value: "alsa:default")])
    #expect(listener.notice == "The device “hw:CARD=DAC,DEV=0” cannot be opened: busy.")
    #expect(
      listener.send(.command(.sound(.device(nil)), replyTo: ReplyToken(1))) == [.askDevices(ReplyToken(1))])
    let reply = listener.send(.devices(devices, replyTo: ReplyToken(1)))
    guard case .reply(ReplyToken(1), .words(let text))? = reply.first else { return #expect(Bool(false)) }
    #expect(text.split(separator: "\n").count == 2)
  }

  @Test("its way is a sheet that is asked for anew while the music plays, and closed by Escape")
  func sheet() {
    var listener = playing()
    let track = listener.state.queue.current?.track
    #expect(listener.press("I") == [.askSoundPath(of: track, replyTo: nil)])
    var path = SoundPath()
    path.decoded = SoundPath.Decoded(codec: "MP3", rate: 44100, channels: 2, bits: 0, bitRate: 320)
    path.output = OutputDescription(kind: .alsa, device: "default", rate: 48000, channels: 2, format: "S16_LE")
    path.output?.conversion = "S32_LE, 48000 Hz, 2 channels"
    path.underruns = 3
    listener.send(.soundPath(SoundReport(rendition: .whole, path: path), replyTo: nil))
    let rows = Dictionary(uniqueKeysWithValues: listener.state.sheetRows.map { ($0.label, $0.text) })
    #expect(rows["Decoded"] == "MP3, 44.1 kHz, stereo, 320 kbit/s")
    #expect(rows["Samples"] == "changed by ALSA’s conversion")
    #expect(rows["Underruns"] == "3 since the start")
    listener.effects = []
    listener.hear(11)
    #expect(listener.effects == [.askSoundPath(of: track, replyTo: nil)])
    #expect(listener.press("escape") == [])
    #expect(listener.state.sheet == nil)
    listener.hear(12)
    #expect(listener.effects.count == 1)
  }

  @Test("is bit-perfect when nothing changes it, and says what does when something does")
  func bitPerfect() {
    var listener = playing()
    listener.press("I")
    func samples(_ change: (inout SoundPath) -> Void = { _ in }) -> String? {
      var path = SoundPath()
      path.decoded = SoundPath.Decoded(codec: "FLAC", rate: 96000, channels: 2, bits: 24)
      change(&path)
      var asked = listener
      asked.send(.soundPath(SoundReport(rendition: .file, path: path), replyTo: nil))
      return asked.state.sheetRows.first { $0.label == "Samples" }?.text
    }
    #expect(samples() == "bit-perfect")
    var guessed = listener
    var path = SoundPath()
    path.decoded = SoundPath.Decoded(codec: "MP3", rate: 44100, channels: 2, bits: 0, isPositionGuessed: true)
    guessed.send(.soundPath(SoundReport(rendition: .file, path: path), replyTo: nil))
    #expect(guessed.state.sheetRows.contains { $0.label == "Place" && $0.text.hasPrefix("guessed") })
    #expect(samples { $0.isUntouched = false } == "changed by an effect")
    listener.run("volume 80")
    listener.run("speed 1.1")
    #expect(samples() == "changed by the speed, the volume")
    listener.run("mute on")
    #expect(samples { $0.replayGain = -6 } == "changed by replay gain, the speed, mute")
  }

  @Test(
    "has a badge of a word or two",
    arguments: [
      (SoundPath.Decoded(codec: "FLAC", rate: 96000, channels: 2, bits: 24), "FLAC 24/96"),
      (SoundPath.Decoded(codec: "FLAC", rate: 44100, channels: 2, bits: 16, bitRate: 900), "FLAC 16/44.1"),
      (SoundPath.Decoded(codec: "MP3", rate: 44100, channels: 2, bits: 0, bitRate: 320), "MP3 320"),
      (SoundPath.Decoded(codec: "MP3", rate: 44100, channels: 2, bits: 0, bitRate: 201, isVariable: true), "MP3"),
      (SoundPath.Decoded(codec: "Ogg Vorbis", rate: 48000, channels: 2, bits: 0), "Ogg Vorbis"),
    ])
  func badge(decoded: SoundPath.Decoded, text: String) { #expect(decoded.badge == text) }

  @Test("every preset has ten gentle bands and a name of its own")
  func presets() {
    #expect(Set(Equalizer.presetNames).count == Equalizer.presets.count)
    for (name, equalizer) in Equalizer.presets {
      #expect(equalizer.presetName == name)
      #expect(equalizer.gains.allSatisfy { (-6...6).contains($0) })
    }
    #expect(Equalizer.presets[0].equalizer.isFlat)
  }
}
