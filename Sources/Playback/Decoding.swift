import Audio
import Music
import Synchronization
import Threading

// What the decoder's thread does all the time: decode, and fill the ring.
extension DecoderLoop {
  /// Frames decoded at a time straight into the ring: a fifth of a second.
  static let batch = 8192

  /// Decodes until the entry is over, it fails, or there is other work.
  func decode() {
    while !desk.isWaiting {
      if let treated, treated.ready > 0 || isHungry(treated) {
        // What is held back to the end may still be mixed with a track that is named late.
        guard waitForRoom(half: isEnding) else { return }
        writeTreated(treated)
      } else if isEnding {
        endNow()
      } else if let session, !session.isOver {
        // What is treated goes to what is held first: that is bounded.
        guard prepare(session), treated != nil || waitForRoom() else { continue }
        do throws(DecoderError) { try decodeSome() } catch {
          fail(error, entry: session.entry, epoch: session.epoch)
        }
      } else if pendingJoin != nil {
        joinPending()
      } else {
        return
      }
    }
  }

  /// Whether the ring needs sound more than a fade does: first something must be heard.
  private func isHungry(_ treated: TreatedSound) -> Bool {
    guard let session, !session.isOver, let capacity = writer?.capacity else { return false }
    return treated.canGo > 0 && capacity - (writer?.space ?? 0) < treated.format.rate * 3 / 10
  }

  /// Makes the stream ready for what the session's decoder gives next.
  /// - Returns: false when something else is to be done first.
  private func prepare(_ session: DecoderSession) -> Bool {
    if let stream, stream.format != session.decoder.format {
      if let treated, treated.held > 0 {
        treated.holdBack = 0
        return false
      }
      switch joint {
      case .within(.max, _, _): joint = .apart
      case .within, .apart: joint = .spread
      case .spread, nil: break
      }
      endStream()
    }
    if writer == nil { openStream(session) }
    return true
  }

  private func decodeSome() throws(DecoderError) {
    guard let session else { return }
    let limit = session.loop.map { $0.upperBound > session.frame ? $0.upperBound - session.frame : .max } ?? .max
    let place = nextFrame
    let isFading = treated?.isFading ?? false
    var decoded = Decoded.end
    if let treated {
      decoded = try treated.decode(session.decoder, atMost: limit)
    } else {
      _ = try writer?.write(atMost: min(limit, Self.batch)) { (buffer) throws(DecoderError) in
        decoded = try session.decoder.decode(into: buffer)
        if case .frames(let count) = decoded { return count }
        return 0
      }
    }
    switch decoded {
    case .frames(let count):
      report(count, at: place, isFading: isFading)
      // What follows is alone again.
      if isFading, treated?.isFading != true { self.session?.isNew = true }
      if limit == count { try turnLoop() }
    // Positions go on in the new rate, in a stream of its own.
    case .newFormat: self.session?.isNew = true
    case .end: try end()
    }
  }

  /// The stream's frame at which the session's next frame will sound.
  var nextFrame: Int { treated?.next ?? writer?.written ?? 0 }

  private func report(_ count: Int, at place: Int, isFading: Bool) {
    guard let session, let stream else { return }
    if session.isNew {
      let treatment = treated?.chain.treatment ?? Treatment()
      // What was decoded only to set filters going is not heard.
      let mark = session.marks.last.flatMap { $0.frame == place ? $0 : nil }
      let trackFrame = mark?.trackFrame ?? session.frame
      let segment = Segment(
        stream: stream.id, firstFrame: place, entry: session.entry.id, trackFrame: trackFrame,
        info: session.decoder.info, opensStream: place == 0, begins: session.begins, treatment: treatment,
        isFading: isFading, fade: session.fade)
      if mark == nil {
        self.session?.marks.append(.init(frame: place, trackFrame: trackFrame, speed: treatment.speed))
      }
      let input = PlayerMachine.Input.segment(epoch: session.epoch, segment)
      inbox.post(place == 0 ? .stream(stream, input) : .input(input))
    }
    self.session?.isNew = false
    self.session?.begins = false
    self.session?.hasSounded = true
    self.session?.frame += count
    self.session?.sinceTurn += count
    if treated == nil { tellOutput() }
  }

  private func writeTreated(_ treated: TreatedSound) {
    let isHungry = isHungry(treated)
    _ = writer?.write { (buffer) throws(Never) in treated.write(into: buffer, all: isHungry) }
    tellOutput()
    letGoOfTreatment()
  }

  /// Sound is in the ring: an output that waits for it hears of it.
  private func tellOutput() {
    guard let stream else { return }
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if stream.readerWaits.exchange(false, ordering: .acquiringAndReleasing) { outputWake.ring() }
  }

  /// The session's entry is over: a loop that reaches so far begins again.
  private func end() throws(DecoderError) {
    guard let session else { return }
    if let loop = session.loop, loop.contains(session.frame) || loop.upperBound == session.frame {
      guard session.sinceTurn > 0 else {
        self.session?.loop = nil
        return finish()
      }
      return try turnLoop()
    }
    finish()
  }

  /// From the loop's end to its beginning, without a gap.
  private func turnLoop() throws(DecoderError) {
    guard let session, let loop = session.loop else { return }
    let reached = try session.decoder.seek(toFrame: loop.lowerBound)
    self.session?.frame = reached
    self.session?.isNew = true
    self.session?.sinceTurn = 0
    // A decoder that cannot go there would turn for ever.
    if reached >= loop.upperBound { self.session?.loop = nil }
  }

  private func finish() {
    guard let session else { return }
    treated?.finishTrack()
    self.session?.isOver = true
    guard pendingJoin == nil else { return }
    inbox.post(.input(.decoded(epoch: session.epoch, session.isNew ? nil : session.decoder.info)))
  }

  private func openStream(_ session: DecoderSession) {
    let format = session.decoder.format
    streamCount += 1
    let capacity = max(format.frameCount(in: configuration.ringLength), 4 * Self.batch)
    var writer = RingWriter(capacity: capacity, bytesPerFrame: format.bytesPerFrame)
    stream = SoundStream(id: streamCount, format: format, reader: writer.makeReader())
    self.writer = consume writer
    treated = nil
    self.session?.marks = []
    treat()
  }

  /// Nothing more goes into this stream: what follows has another format.
  func endStream() {
    stream?.end()
    outputWake.ring()
    stream = nil
    writer = nil
    treated = nil
  }

  /// Sleeps while the ring is full.
  /// - Parameter half: half of it must be free in any case.
  /// - Returns: false when there is other work.
  private func waitForRoom(half: Bool = false) -> Bool {
    guard let stream, let capacity = writer?.capacity else { return false }
    guard (writer?.space ?? 0) < (half ? capacity / 2 : 1) else { return true }
    while !desk.isWaiting {
      stream.writerWaits.store(true, ordering: .sequentiallyConsistent)
      if (writer?.space ?? 0) >= capacity / 2 { return true }
      pollWake(desk.wake.descriptor, timeout: nil)
      desk.wake.clear()
    }
    return false
  }
}
