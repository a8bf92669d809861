import Audio
import Music
import Synchronization
import Threading

// What is done to the sound, and how it changes while it sounds.
extension DecoderLoop {
  /// Treats the session's sound from its next frame on, as the settings want it. Where nothing is to be done there is no
  /// detour at all.
  /// - Parameter fading: frames of the entry before that its start is mixed with.
  /// - Returns: those, as they are.
  @discardableResult
  func treat(fading length: Int = 0) -> [Float] {
    guard let session, let format = stream?.format, let written = writer?.written else { return [] }
    let chain = makeChain(for: session, format, after: treated?.chain)
    let holdBack = holdBack(for: session, format)
    guard treated != nil || holdBack > 0 || !chain.treatment.isNothing else { return [] }
    let treated = self.treated ?? TreatedSound(format: format, from: written, chain: chain)
    self.treated = treated
    treated.holdBack = holdBack
    return treated.beginFade(length: length, into: chain)
  }

  private func makeChain(for session: DecoderSession, _ format: AudioFormat, after before: SoundChain?) -> SoundChain {
    let replayGain = session.entry.track.replayGain
    let wanted = Treatment(settings, for: replayGain)
    let stretcher = wanted.speed == 1 ? nil : makeStretcher(format, wanted.speed)
    let treatment = stretcher == nil ? Treatment(settings, for: replayGain, canStretch: false) : wanted
    return SoundChain(treatment, format: format, stretcher: stretcher, after: before)
  }

  /// How long the settings let two tracks sound together, in frames.
  func crossfade(_ format: AudioFormat) -> Int {
    format.frameCount(in: min(max(settings.crossfade, .zero), .seconds(12)))
  }

  /// What is kept for a fade to come: at most half of the track.
  private func holdBack(for session: DecoderSession, _ format: AudioFormat) -> Int {
    min(crossfade(format), (session.decoder.info.frameCount ?? .max) / 2)
  }

  /// Once nothing is to be done any more the decoder writes into the ring itself again.
  func letGoOfTreatment() {
    if let treated, treated.isIdle, !isEnding { self.treated = nil }
    // The entry before cannot come back any more.
    guard case .within(let frame, let tail, let before) = joint, !tail.isEmpty,
      (writer?.claimed ?? 0) - frame >= tail.count / max(stream?.format.channels ?? 1, 1)
    else { return }
    joint = .within(frame: frame, tail: [], before: before)
  }
}

// Changes while it sounds.
extension DecoderLoop {
  func setSound(_ settings: SoundSettings) {
    self.settings = settings
    guard let session, let stream, !session.marks.isEmpty else { return }
    let present = treated?.chain.treatment ?? Treatment()
    let wanted = Treatment(settings, for: session.entry.track.replayGain)
    if wanted != present { return redo() }
    let holdBack = holdBack(for: session, stream.format)
    if let treated {
      if !isEnding { treated.holdBack = holdBack }
      letGoOfTreatment()
    } else if !session.isOver {
      treat()
    }
  }

  func setLoop(_ loop: Range<Duration>?, epoch: Int) {
    guard let session, session.epoch == epoch else { return }
    let before = session.loop
    self.session?.setLoop(loop)
    guard let now = self.session?.loop else {
      if before != nil { redo() }
      return
    }
    // Not there yet: it will turn by itself.
    if before != nil || session.isOver || session.frame > now.upperBound { redo() }
  }

  /// Decodes again what waits in the ring and was not yet taken, so that a change is heard soon. What the device has
  /// stays; between the two one gives way to the other within an instant. Where nothing waits it goes on from here.
  private func redo() {
    guard let session, let stream, let first = session.marks.first, stream.reopen() else { return }
    let present = treated?.chain.treatment ?? Treatment()
    var (place, before) = clear(from: first.frame, stream.format)
    isEnding = false
    var trackFrame = session.trackFrame(at: place)
    if let loop = session.loop, trackFrame >= loop.upperBound {
      trackFrame = loop.lowerBound
    } else if present == Treatment(settings, for: session.entry.track.replayGain) {
      // It goes on as it was.
      before = []
    }
    self.session?.marks.removeAll { $0.frame >= place }
    self.session?.isNew = true
    self.session?.isOver = false
    self.session?.sinceTurn = 0
    do throws(DecoderError) { try resume(at: trackFrame, place: place, before: before, stream.format) } catch {
      fail(error, entry: session.entry, epoch: session.epoch)
    }
  }

  /// Takes sound out of the ring again.
  /// - Returns: the frame that comes next, at least `earliest`, and what would have sounded there.
  private func clear(from earliest: Int, _ format: AudioFormat) -> (place: Int, before: [Float]) {
    let length = format.rate / 50
    askForUnheard()
    for _ in 0..<4 {
      let written = writer?.written ?? 0
      let place = max((writer?.claimed ?? 0) + length, earliest)
      guard place < written else { break }
      var before: [Float] = []
      let succeeded = writer?.rewind(to: place) { bytes in
        let samples = UnsafeRawBufferPointer(rebasing: bytes.prefix(length * format.bytesPerFrame))
        before = Array(unsafeUninitializedCapacity: samples.count / format.sample.byteCount) { numbers, count in
          count = samples.count / format.sample.byteCount
          unpack(samples, format.sample, into: numbers)
        }
      }
      if succeeded == true { return (place, before) }
    }
    return (max(writer?.written ?? 0, earliest), [])
  }

  /// Has the output thread take back from the device what is not audible yet. Not waited for longer than sound can wait.
  private func askForUnheard() {
    guard let stream else { return }
    stream.wantsBack.store(true, ordering: .releasing)
    outputWake.ring()
    let deadline = monotonicNow() + .milliseconds(30)
    while stream.wantsBack.load(ordering: .acquiring), monotonicNow() < deadline {
      pollWake(desk.wake.descriptor, timeout: deadline - monotonicNow())
      desk.wake.clear()
    }
  }

  /// Goes on from a frame of the track, at a frame of the stream up to which everything stands.
  private func resume(at trackFrame: Int, place: Int, before: [Float], _ format: AudioFormat) throws(DecoderError) {
    guard let session else { return }
    let chain = makeChain(for: session, format, after: nil)
    let treatment = chain.treatment
    let holdBack = holdBack(for: session, format)
    let (tail, fade) = fading(at: place)
    let isDirect = treatment.isNothing && holdBack == 0 && before.isEmpty && tail.isEmpty && place == writer?.written
    treated =
      isDirect
      ? nil : treated ?? TreatedSound(format: format, from: writer?.written ?? place, chain: chain)
    treated?.holdBack = holdBack
    treated?.goBack(to: place, tail: tail, fade: fade, chain: chain)
    treated?.blend(from: place, before: before)
    // Filters and the stretcher need a start.
    let lead = treatment.equalizer.isFlat && treatment.speed == 1 ? 0 : min(trackFrame, 4096)
    self.session?.frame = trackFrame - lead
    let reached = try session.decoder.seek(toFrame: trackFrame - lead)
    self.session?.frame = reached
    treated?.skip(Int((Double(max(trackFrame - reached, 0)) / treatment.speed).rounded()))
    self.session?.marks.append(
      .init(frame: place, trackFrame: max(trackFrame, reached), speed: treatment.speed))
  }

  /// What the entry before still has to sound from `place` on, where both are being mixed.
  private func fading(at place: Int) -> (tail: [Float], fade: Range<Int>?) {
    guard case .within(let frame, let tail, _) = joint, !tail.isEmpty, let format = stream?.format else {
      return ([], nil)
    }
    let fade = frame..<frame + tail.count / format.channels
    guard fade.contains(place) else { return ([], nil) }
    return (Array(tail[((place - frame) * format.channels)...]), fade)
  }
}
