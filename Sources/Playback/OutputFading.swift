import Audio
import Music
import Synchronization
import Threading

// Volume, mute, pause and the fades between: what was handed over and is not audible yet is taken back and handed over
// in another loudness, so that a key is heard at once however much the device holds.
extension OutputLoop {
  /// - Returns: whether it holds still now.
  func holdIfAsked(_ stream: SoundStream) throws(OutputError) -> Bool {
    let asked = desk.isPaused.load(ordering: .acquiring)
    if asked {
      if !isPaused, fading != .pausing, try !beginPause(stream) { try hold(stream) }
      return isPaused
    }
    if fading == .pausing {
      fading = .none
      gain.fade.turn(to: 1, from: try takeBackUnheard(stream), length: pauseFrames(stream))
    }
    if isPaused { try goOn(stream) }
    return false
  }

  /// Grows silent first, if that is wanted and can be heard.
  private func beginPause(_ stream: SoundStream) throws(OutputError) -> Bool {
    let length = pauseFrames(stream)
    guard length > 0, let output, output.isPaced, output.canRewind, !isFilling else { return false }
    gain.fade.turn(to: 0, from: try takeBackUnheard(stream), length: length)
    fading = .pausing
    return true
  }

  private func hold(_ stream: SoundStream) throws(OutputError) {
    isPaused = true
    let wasLoud = fading == .none && pauseFrames(stream) == 0
    fading = .none
    soundUntil = nil
    guard let output else { return }
    try publish(output, stream)
    soundUntil = nil
    // Sound that will come back in another loudness is not left in the device.
    let unheard = try wasLoud ? output.pause() : output.delay()
    if !wasLoud { output.drop() }
    reader?.takeBack(unheard)
    stream.stamp.store(0, ordering: .relaxed)
    // A device that holds its sound while it pauses says 0: then what was audible stands as just published.
    if unheard > 0 { stream.audible.store(reader?.cursor ?? 0, ordering: .releasing) }
  }

  private func goOn(_ stream: SoundStream) throws(OutputError) {
    isPaused = false
    let length = pauseFrames(stream)
    if length > 0 || gain.fade.target == 0 {
      gain.fade = Ramp(0)
      gain.fade.turn(to: 1, from: reader?.cursor ?? 0, length: max(length, Self.rampFrames(stream)))
    }
    try output?.resume()
  }

  /// Follows volume and mute.
  func followVolume(_ output: any Output, _ stream: SoundStream) throws(OutputError) {
    let level = desk.level
    guard level != gain.level.target else { return }
    gain.level.turn(to: level, from: try takeBackUnheard(stream), length: Self.rampFrames(stream))
  }

  /// - Parameter time: how long to take to silence; nil: none is wanted any more.
  func setFadeOut(_ time: Duration?) {
    guard time != nil || fading == .leaving else { return }
    let format = stream?.format ?? AudioFormat(rate: 44100, channels: 2)
    let place: Int
    do throws(OutputError) {
      place = try stream.map { (stream) throws(OutputError) in try takeBackUnheard(stream) } ?? 0
    } catch { return recover(error) }
    if let time {
      fading = .leaving
      gain.fade.turn(to: 0, from: place, length: format.frameCount(in: min(max(time, .zero), .seconds(86_400))))
    } else {
      fading = .none
      gain.fade.turn(to: 1, from: place, length: format.rate / 50)
    }
  }

  /// - Returns: whether silence was reached, and it holds still.
  func concludeFade(_ stream: SoundStream) throws(OutputError) -> Bool {
    guard fading != .none, stream.audible.load(ordering: .relaxed) >= gain.fade.end else { return false }
    let isLeaving = fading == .leaving
    try hold(stream)
    guard isLeaving else { return true }
    desk.isPaused.store(true, ordering: .releasing)
    inbox.post(.input(.fadedOut))
    return true
  }

  /// As loud as volume says.
  func endFade() {
    fading = .none
    gain.fade = Ramp(1)
  }

  /// - Returns: the frame from which on the loudness can still be changed.
  private func takeBackUnheard(_ stream: SoundStream) throws(OutputError) -> Int {
    guard let output, !isFilling else { return reader?.cursor ?? 0 }
    if output.canRewind {
      let most = (reader?.cursor ?? 0) - (reader?.released ?? 0)
      let count = try output.rewind(most, keeping: stream.format.rate / 40)
      reader?.takeBack(count)
    } else if output.isPaced {
      nimbleUntil = monotonicNow() + .seconds(2)
    }
    return reader?.cursor ?? 0
  }

  /// The decoder has other sound for what was not heard yet: leaves it as much of that as can be, and takes little at a
  /// time until it is written.
  func giveBack(_ stream: SoundStream) throws(OutputError) {
    defer {
      stream.wantsBack.store(false, ordering: .releasing)
      decoderWake.ring()
    }
    guard !isPaused, output?.isPaced == true else { return }
    _ = try takeBackUnheard(stream)
    nimbleUntil = max(nimbleUntil, monotonicNow() + .milliseconds(200))
  }

  var isNimble: Bool { nimbleUntil > .zero && stillNimble() }

  private func stillNimble() -> Bool {
    if monotonicNow() < nimbleUntil { return true }
    nimbleUntil = .zero
    return false
  }

  /// How much the device may hold meanwhile: 240 ms, so that a thread that is 200 ms late is not heard then either.
  static func nimbleFrames(_ stream: SoundStream) -> Int { stream.format.rate * 6 / 25 }

  /// 20 ms: no click, and no waiting.
  static func rampFrames(_ stream: SoundStream) -> Int { stream.format.rate / 50 }

  private func pauseFrames(_ stream: SoundStream) -> Int {
    stream.format.rate * desk.pauseFade.load(ordering: .relaxed) / 1000
  }
}
