import Audio
import Music
import Synchronization
import Threading

/// Reads, decodes, treats and fills the ring, one job after another, and reports to the player's inbox.
///
/// It alone may block in a `ByteSource`. It works in batches: once the ring is full it sleeps until half of it is free.
/// Where nothing is done to the sound the decoder writes into the ring itself. It lives on the decoder thread and is used
/// from nowhere else. Decoding, joins and changes under way stand in files of their own.
final class DecoderLoop {
  /// Where the joined entry's sound went.
  enum Joint {
    /// Behind the entry before it, from this frame on: the sound it was mixed with, and how the other was treated.
    case within(frame: Int, tail: [Float], before: SoundChain?)
    /// A stream of its own.
    case apart
    /// Part of it here, part of it there: it cannot be taken back.
    case spread
  }

  let configuration: PlayerConfiguration
  let desk: DecoderDesk
  let inbox: Inbox
  /// The output's bell.
  let outputWake: Wake
  let makeSource: @Sendable (QueueEntry) -> any ByteSource
  let makeDecoder: @Sendable (any ByteSource) throws(DecoderError) -> any Decoder
  let makeStretcher: @Sendable (AudioFormat, _ speed: Double) -> (any Stretcher)?

  var settings = SoundSettings()
  var session: DecoderSession?
  var stream: SoundStream?
  var writer: RingWriter?
  /// nil while nothing is done to the sound.
  var treated: TreatedSound?
  var streamCount = 0
  /// nil while nothing is joined.
  var joint: Joint?
  /// Waits for the entry before it to be decoded, or for the first bytes of its own.
  var pendingJoin: PendingJoin?
  /// Nothing follows: what is held back goes to the ring, then the stream ends.
  var isEnding = false

  init(
    configuration: PlayerConfiguration, desk: DecoderDesk, inbox: Inbox, outputWake: Wake,
    makeSource: @escaping @Sendable (QueueEntry) -> any ByteSource,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder,
    makeStretcher: @escaping @Sendable (AudioFormat, _ speed: Double) -> (any Stretcher)?
  ) {
    self.configuration = configuration
    self.desk = desk
    self.inbox = inbox
    self.outputWake = outputWake
    self.makeSource = makeSource
    self.makeDecoder = makeDecoder
    self.makeStretcher = makeStretcher
  }

  /// The thread's body.
  func run() {
    while let work = desk.take() {
      switch work.job {
      case .load(let epoch, let entry, let position, let loop):
        load(entry, at: position, epoch: epoch, loop: loop, turn: work.turn)
      case .join(let epoch, let entry): join(entry, epoch: epoch, turn: work.turn)
      case .takeBack(let epoch): takeBack(epoch: epoch, turn: work.turn)
      case .end(let id): end(id)
      case .sound(let settings): setSound(settings)
      case .loop(let epoch, let loop): setLoop(loop, epoch: epoch)
      case .stop: stop()
      }
      decode()
    }
    stop()
  }

  private func stop() {
    session = nil
    forgetStream()
    desk.gate.letGo()
  }

  func forgetStream() {
    stream = nil
    writer = nil
    treated = nil
    joint = nil
    pendingJoin = nil
    isEnding = false
  }

  private func load(_ entry: QueueEntry, at position: Duration, epoch: Int, loop: Range<Duration>?, turn: Int) {
    forgetStream()
    do throws(DecoderError) {
      if !adopt(entry, epoch: epoch, turn: turn) { try open(entry, epoch: epoch, turn: turn) }
      guard let decoder = session?.decoder else { return }
      session?.setLoop(loop)
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
    session?.begins = true
    session?.isOver = false
    session?.marks = []
    renewSource(turn: turn)
    return true
  }

  func open(_ entry: QueueEntry, epoch: Int, turn: Int, source: GatedSource? = nil) throws(DecoderError) {
    session = nil
    let source = source ?? GatedSource(makeSource(entry), gate: desk.gate, turn: turn)
    let decoder = try makeDecoder(source)
    session = DecoderSession(entry: entry, epoch: epoch, source: source, decoder: decoder)
  }

  /// Lets the session read in another turn, from a source made anew where the old one was cancelled.
  func renewSource(turn: Int) {
    guard let session, !session.source.keep(turn: turn) else { return }
    let source = GatedSource(makeSource(session.entry), gate: desk.gate, turn: turn)
    session.decoder.replaceSource(source)
    self.session?.source = source
  }

  func fail(_ error: DecoderError, entry: QueueEntry, epoch: Int) {
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
}

/// An entry being decoded.
struct DecoderSession {
  /// A frame of the stream at which a frame of the track sounds; from there on at this speed.
  struct Mark {
    var frame: Int
    var trackFrame: Int
    var speed: Double
  }

  var entry: QueueEntry
  var epoch: Int
  var source: GatedSource
  var decoder: any Decoder
  /// The track's frame that the decoder gives next.
  var frame = 0
  /// Whether this entry gave any sound since it was loaded.
  var hasSounded = false
  /// Whether what comes next is to be reported as a segment.
  var isNew = true
  /// Whether that segment is the first of the entry since it was loaded or joined.
  var begins = true
  /// Decoded to its end; kept for a seek back.
  var isOver = false
  /// Where its sound stands in the stream.
  var marks: [Mark] = []
  /// The part that is played again and again, in frames of the track.
  var loop: Range<Int>?
  /// Frames since the last turn of the loop.
  var sinceTurn = 0
  /// How long it sounded together with the entry before, in frames of the stream.
  var fade = 0

  init(entry: QueueEntry, epoch: Int, source: GatedSource, decoder: any Decoder) {
    self.entry = entry
    self.epoch = epoch
    self.source = source
    self.decoder = decoder
  }

  /// A loop shorter than a tenth of a second would be a tone, not music: it is made that long.
  mutating func setLoop(_ loop: Range<Duration>?) {
    sinceTurn = 0
    guard let loop else { return self.loop = nil }
    let first = decoder.format.frameCount(in: loop.lowerBound)
    let last = decoder.format.frameCount(in: loop.upperBound)
    guard first < .max / 2 else { return self.loop = nil }
    self.loop = first..<max(min(last, .max / 2), first + decoder.format.rate / 10)
  }

  /// The track's frame that sounds at a frame of the stream.
  func trackFrame(at frame: Int) -> Int {
    guard let mark = marks.last(where: { $0.frame <= frame }) ?? marks.first else { return self.frame }
    return mark.trackFrame + Int((Double(max(frame - mark.frame, 0)) * mark.speed).rounded())
  }
}
