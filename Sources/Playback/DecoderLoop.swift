import Audio
import Music
import Synchronization
import Threading

/// Reads, decodes and fills the ring, one job after another, and reports to the player's inbox.
///
/// It alone may block in a `ByteSource`. It works in batches: once the ring is full it sleeps until half of it is free.
/// It lives on the decoder thread and is used from nowhere else.
final class DecoderLoop {
  /// An entry being decoded.
  private struct Session {
    var entry: QueueEntry
    var epoch: Int
    var source: GatedSource
    var decoder: any Decoder
    /// The track's frame that comes next.
    var frame = 0
    /// Whether this entry gave any sound since it was loaded.
    var hasSounded = false
    /// Whether what comes next is to be reported as a segment.
    var isNew = true
    /// Decoded to its end; kept for a seek back.
    var isOver = false
  }

  /// Where the joined entry's sound went.
  private enum Joint {
    /// Behind the entry before it, from this frame on.
    case within(frame: Int)
    /// A stream of its own.
    case apart
  }

  private let configuration: PlayerConfiguration
  private let desk: DecoderDesk
  private let inbox: Inbox
  /// The output's bell.
  private let outputWake: Wake
  private let makeSource: @Sendable (QueueEntry) -> any ByteSource
  private let makeDecoder: @Sendable (any ByteSource) throws(DecoderError) -> any Decoder

  private var session: Session?
  private var stream: SoundStream?
  private var writer: RingWriter?
  private var streamCount = 0
  /// nil while nothing is joined.
  private var joint: Joint?

  init(
    configuration: PlayerConfiguration, desk: DecoderDesk, inbox: Inbox, outputWake: Wake,
    makeSource: @escaping @Sendable (QueueEntry) -> any ByteSource,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder
  ) {
    self.configuration = configuration
    self.desk = desk
    self.inbox = inbox
    self.outputWake = outputWake
    self.makeSource = makeSource
    self.makeDecoder = makeDecoder
  }

  /// The thread's body.
  func run() {
    while let work = desk.take() {
      switch work.job {
      case .load(let epoch, let entry, let position): load(entry, at: position, epoch: epoch, turn: work.turn)
      case .join(let epoch, let entry): join(entry, epoch: epoch, turn: work.turn)
      case .takeBack(let epoch): takeBack(epoch: epoch, turn: work.turn)
      case .stop: stop()
      }
      decode()
    }
    stop()
  }

  private func stop() {
    session = nil
    stream = nil
    writer = nil
    joint = nil
    desk.gate.letGo()
  }

  private func load(_ entry: QueueEntry, at position: Duration, epoch: Int, turn: Int) {
    stream = nil
    writer = nil
    joint = nil
    do throws(DecoderError) {
      if !adopt(entry, epoch: epoch, turn: turn) { try open(entry, epoch: epoch, turn: turn) }
      guard let decoder = session?.decoder else { return }
      let frame = decoder.format.frameCount(in: position)
      guard frame != session?.frame else { return }
      session?.frame = frame
      session?.frame = try decoder.seek(toFrame: frame)
    } catch { fail(error, entry: entry, epoch: epoch) }
  }

  /// Goes on with the decoder that is at this entry already; false when there is none.
  private func adopt(_ entry: QueueEntry, epoch: Int, turn: Int) -> Bool {
    guard session?.entry == entry else { return false }
    session?.epoch = epoch
    session?.isNew = true
    session?.isOver = false
    renewSource(turn: turn)
    return true
  }

  private func open(_ entry: QueueEntry, epoch: Int, turn: Int) throws(DecoderError) {
    session = nil
    let source = GatedSource(makeSource(entry), gate: desk.gate, turn: turn)
    let decoder = try makeDecoder(source)
    session = Session(entry: entry, epoch: epoch, source: source, decoder: decoder)
  }

  private func join(_ entry: QueueEntry, epoch: Int, turn: Int) {
    joint = nil
    do throws(DecoderError) { try open(entry, epoch: epoch, turn: turn) } catch {
      return fail(error, entry: entry, epoch: epoch)
    }
    if let session, let stream, let written = writer?.written, session.decoder.format == stream.format,
      stream.reopen()
    {
      joint = .within(frame: written)
    } else {
      endStream()
      joint = .apart
    }
  }

  private func takeBack(epoch: Int, turn: Int) {
    let succeeded = rewind()
    inbox.post(.input(.tookBack(epoch: epoch, succeeded)))
    if succeeded {
      session = nil
    } else {
      renewSource(turn: turn)
    }
  }

  /// - Returns: false when some of the joined sound is with the device already.
  private func rewind() -> Bool {
    switch joint {
    case nil: return true
    case .within(let frame):
      guard writer?.rewind(to: frame) ?? true else { return false }
    case .apart:
      stream = nil
      writer = nil
    }
    joint = nil
    return true
  }

  /// Lets the session read in another turn, from a source made anew where the old one was cancelled.
  private func renewSource(turn: Int) {
    guard let session, !session.source.keep(turn: turn) else { return }
    let source = GatedSource(makeSource(session.entry), gate: desk.gate, turn: turn)
    session.decoder.replaceSource(source)
    self.session?.source = source
  }
}

extension DecoderLoop {
  /// Decodes until the entry is over, it fails, or there is other work.
  private func decode() {
    while let session, !session.isOver, !desk.isWaiting {
      if writer == nil { openStream(session.decoder.format) }
      guard waitForRoom() else { return }
      do throws(DecoderError) { try decodeSome() } catch {
        fail(error, entry: session.entry, epoch: session.epoch)
      }
    }
  }

  private func decodeSome() throws(DecoderError) {
    guard let decoder = session?.decoder, let first = writer?.written else { return }
    var decoded = Decoded.end
    let count = try writer?.write(atMost: Self.batch) { (buffer) throws(DecoderError) in
      decoded = try decoder.decode(into: buffer)
      if case .frames(let count) = decoded { return count }
      return 0
    }
    switch decoded {
    case .frames: report(count ?? 0, from: first)
    case .newFormat:
      endStream()
      openStream(decoder.format)
      // Positions go on in the new rate.
      session?.isNew = true
    case .end: finish()
    }
  }

  /// Frames decoded at a time: a fifth of a second.
  private static let batch = 8192

  private func report(_ count: Int, from first: Int) {
    guard let session, let stream else { return }
    if session.isNew {
      let segment = Segment(
        stream: stream.id, firstFrame: first, entry: session.entry.id, trackFrame: session.frame,
        info: session.decoder.info, opensStream: first == 0)
      let input = PlayerMachine.Input.segment(epoch: session.epoch, segment)
      inbox.post(first == 0 ? .stream(stream, input) : .input(input))
    }
    self.session?.isNew = false
    self.session?.hasSounded = true
    self.session?.frame += count
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if stream.readerWaits.exchange(false, ordering: .acquiringAndReleasing) { outputWake.ring() }
  }

  private func finish() {
    guard let session else { return }
    self.session?.isOver = true
    inbox.post(.input(.decoded(epoch: session.epoch, session.isNew ? nil : session.decoder.info)))
  }

  private func fail(_ error: DecoderError, entry: QueueEntry, epoch: Int) {
    // Cancelled: other work is waiting, and may go on with this decoder.
    guard error != .source(.cancelled) else { return }
    let reason = failure(for: error)
    session = nil
    inbox.post(.input(.failed(epoch: epoch, entry.id, reason)))
  }

  private func failure(for error: DecoderError) -> PlaybackFailure {
    switch error {
    case .notAudio: .notAudio
    case .source(.offline), .source(.cancelled):
      if let session, session.hasSounded {
        .cutShort(at: session.decoder.format.duration(of: session.frame))
      } else {
        .offline
      }
    case .source(.refused(let reason)): .refused(reason)
    case .source(.unsupported(let format)): .unsupported(format)
    case .source(.unreadable(let code)): .unreadable(code)
    }
  }

  private func openStream(_ format: AudioFormat) {
    streamCount += 1
    let capacity = max(format.frameCount(in: configuration.ringLength), 4 * Self.batch)
    var writer = RingWriter(capacity: capacity, bytesPerFrame: format.bytesPerFrame)
    stream = SoundStream(id: streamCount, format: format, reader: writer.makeReader())
    self.writer = consume writer
  }

  /// Nothing more goes into this stream: what follows has another format.
  private func endStream() {
    stream?.end()
    outputWake.ring()
    stream = nil
    writer = nil
  }

  /// Sleeps while the ring is full.
  /// - Returns: false when there is other work.
  private func waitForRoom() -> Bool {
    guard let stream, let capacity = writer?.capacity else { return false }
    guard (writer?.space ?? 0) == 0 else { return true }
    while !desk.isWaiting {
      stream.writerWaits.store(true, ordering: .sequentiallyConsistent)
      if (writer?.space ?? 0) >= capacity / 2 { return true }
      pollWake(desk.wake.descriptor, timeout: nil)
      desk.wake.clear()
    }
    return false
  }
}
