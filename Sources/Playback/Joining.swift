import Audio
import Music
import Threading

/// An entry that is to follow, and cannot yet.
struct PendingJoin {
  var entry: QueueEntry
  var epoch: Int
  var turn: Int
  /// Made once it is looked at.
  var source: GatedSource?
}

// From one entry to the next.
extension DecoderLoop {
  func join(_ entry: QueueEntry, epoch: Int, turn: Int) {
    joint = nil
    isEnding = false
    pendingJoin = PendingJoin(entry: entry, epoch: epoch, turn: turn)
  }

  /// Opens the entry that waits. While its first bytes are not here, what is held back of the one before goes on: a
  /// fade is not worth a silence.
  func joinPending() {
    guard var pending = pendingJoin else { return }
    if let treated, treated.held > 0 {
      let source = pending.source ?? GatedSource(makeSource(pending.entry), gate: desk.gate, turn: pending.turn)
      pending.source = source
      pendingJoin = pending
      guard source.isReady else {
        treated.holdBack = max(treated.held - TreatedSound.batch, 0)
        return
      }
    }
    pendingJoin = nil
    let before = session
    do throws(DecoderError) {
      try open(pending.entry, epoch: pending.epoch, turn: pending.turn, source: pending.source)
    } catch { return fail(error, entry: pending.entry, epoch: pending.epoch) }
    guard let session, let stream else { return joint = .apart }
    // Of another format: what is held back goes first, see `prepare`.
    guard session.decoder.format == stream.format else { return joint = .within(frame: .max, tail: [], before: nil) }
    guard stream.reopen() else {
      endStream()
      return joint = .apart
    }
    attach(session, behind: before)
  }

  /// The next entry's sound follows in the same stream.
  private func attach(_ session: DecoderSession, behind before: DecoderSession?) {
    let chain = treated?.chain
    let fade = before.map { fadeLength(from: $0, to: session) } ?? 0
    let tail = treat(fading: fade)
    let frame = nextFrame
    joint = .within(frame: frame, tail: tail, before: chain)
    self.session?.fade = tail.count / max(session.decoder.format.channels, 1)
  }

  /// How many frames both sound together: none within an album; never more than half of either.
  private func fadeLength(from before: DecoderSession, to after: DecoderSession) -> Int {
    let (one, two) = (before.entry.track, after.entry.track)
    guard let treated, one.albumID == nil || one.albumID != two.albumID else { return 0 }
    let format = treated.format
    let known = after.decoder.info.frameCount ?? (two.duration > 0 ? two.duration * format.rate : .max)
    let speed = treated.chain.treatment.speed
    let halves = [before.frame, known].map { Int(Double($0) / speed / 2) }
    return min(crossfade(format), treated.held, halves[0], halves[1])
  }

  func takeBack(epoch: Int, turn: Int) {
    if pendingJoin != nil {
      pendingJoin = nil
      renewSource(turn: turn)
      return inbox.post(.input(.tookBack(epoch: epoch, true)))
    }
    let succeeded = undoJoin()
    inbox.post(.input(.tookBack(epoch: epoch, succeeded)))
    if succeeded {
      session = nil
    } else {
      renewSource(turn: turn)
    }
  }

  /// - Returns: false when some of the joined sound is with the device already.
  private func undoJoin() -> Bool {
    switch joint {
    case nil: return true
    case .within(let frame, let tail, let before):
      guard writer?.rewind(to: frame) ?? true else { return false }
      if let before, frame < .max { goBack(to: frame, tail: tail, chain: before) }
      if frame == .max, let stream { treated?.holdBack = crossfade(stream.format) }
    case .apart:
      stream = nil
      writer = nil
      treated = nil
    case .spread: return false
    }
    joint = nil
    return true
  }

  private func goBack(to frame: Int, tail: [Float], chain: SoundChain) {
    guard let format = stream?.format else { return }
    let treated = self.treated ?? TreatedSound(format: format, from: min(frame, writer?.written ?? frame), chain: chain)
    self.treated = treated
    treated.goBack(to: frame, tail: tail, fade: nil, chain: chain)
    treated.landAtEnd()
    treated.holdBack = max(crossfade(format), 0)
  }

  /// Nothing follows in this stream, unless it is opened again.
  func end(_ id: Int) {
    guard stream?.id == id, session?.isOver ?? true, pendingJoin == nil else { return }
    isEnding = true
    treated?.holdBack = 0
  }

  func endNow() {
    isEnding = false
    stream?.end()
    outputWake.ring()
  }
}

extension GatedSource {
  /// Whether reading its beginning will not take long.
  fileprivate var isReady: Bool { heldCount(from: 0) >= min(size ?? .max, 128 * 1024) }
}
