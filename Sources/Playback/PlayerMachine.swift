import Audio
import Music

/// What the player should do next: the pure part, fed by one thread and obeyed by it.
///
/// It knows the current entry and the next, which of them the decoder is at, and which sounds. It never touches a
/// thread, a clock or a byte: each input returns the actions to take, in order.
struct PlayerMachine {
  /// What happened. Reports of the decoder carry the epoch of the work they belong to; older ones are dropped.
  enum Input: Hashable, Sendable {
    case command(PlayerCommand)
    /// The first frames of an entry (or of another format within it) are in a stream, and more follow.
    case segment(epoch: Int, Segment)
    /// The decoder came to the end of its entry.
    case decoded(epoch: Int, DecoderInfo?)
    case failed(epoch: Int, EntryID, PlaybackFailure)
    /// The next entry's sound was taken out of the stream again, or (false) it was too late.
    case tookBack(epoch: Int, Bool)
    /// A frame of a stream is audible.
    case audible(stream: Int, frame: Int)
    /// All of a stream was audible.
    case finished(stream: Int)
    /// The output has no sound to play, or has again.
    case starving(Bool)
    case underruns(Int)
    case outputOpened(OutputDescription)
    case outputLost(String)
    /// A device that was lost can be opened again.
    case outputReturned
    /// The device that was asked for cannot be opened; sound stays where it was.
    case outputRefused(String, String)
    /// The fade-out is over, and the output holds still.
    case fadedOut
  }

  enum Action: Hashable, Sendable {
    case decode(DecoderJob)
    /// Drop what sounds and play this stream.
    case play(stream: Int)
    /// Play this stream when the present one is over.
    case follow(stream: Int)
    case unfollow(stream: Int)
    /// Nothing more will be written to this stream.
    case end(stream: Int)
    /// Drop what sounds, keep the device.
    case silence
    /// Give the device back.
    case close
    case setPaused(Bool)
    case setVolume(Int)
    case setMuted(Bool)
    case setPauseFade(Duration)
    /// Grow silent, then report; nil: not any more.
    case fadeOut(Duration?)
    case setOutput(String)
    /// Nobody waits for the lost device any more.
    case giveUpOutput
    /// Report when this frame is audible.
    case watch(stream: Int, frame: Int)
    case emit(PlayerEvent)
  }

  /// Where the decoder is.
  enum Decoding: Hashable, Sendable {
    case idle
    /// Opening or seeking the current entry: no frame yet.
    case opening
    case running
    /// Opening the next entry behind the current one.
    case joining
    /// At the end of the last entry it was given.
    case done
  }

  private(set) var epoch = 0
  private(set) var current: QueueEntry?
  /// What should follow.
  private(set) var next: QueueEntry?
  /// What was given to the decoder to follow, and is not audible yet.
  private(set) var joined: QueueEntry?
  private(set) var decoding = Decoding.idle
  /// Sound in streams, in playing order; the first is the current entry's.
  private(set) var segments: [Segment] = []
  /// Whether the first segment is audible (or ready, while paused).
  private(set) var hasStarted = false
  private(set) var isPaused = false
  private(set) var isBuffering = false
  private(set) var volume = 100
  private(set) var isMuted = false
  /// Where the current entry was asked to go, until it sounds.
  private(set) var target = Duration.zero
  private(set) var output: OutputDescription?
  /// Why it stops once everything in the streams was audible; nil: the music simply ends.
  private var ending: (entry: EntryID, failure: PlaybackFailure)?
  /// The stream that the output has played out while more was on its way.
  private var finishedStream: Int?
  private var isTakingBack = false
  private var seeks = false
  /// The part of the current entry that is played again and again. A seek to a place outside of it leaves it: it takes
  /// hold once that is reached.
  private var loop: Range<Duration>?
  /// How long the entry that advanced last sounded together with the one before.
  private(set) var lastFade = Duration.zero
  /// Paused only because the device was lost: it plays on when that returns.
  private var awaitsOutput = false
  private var isFadingOut = false

  init(volume: Int = 100) { self.volume = volume }
}

/// Sound of one entry within a stream.
struct Segment: Hashable, Sendable {
  var stream: Int
  /// The stream's frame that it begins at.
  var firstFrame: Int
  var entry: EntryID
  /// The track's frame that it begins with.
  var trackFrame: Int
  var info: DecoderInfo
  /// Whether `stream` is a new one.
  var opensStream: Bool
  /// Whether it is the entry's first since that was loaded or joined.
  var begins = true
  /// What is done to it.
  var treatment = Treatment()
  /// Whether the entry before sounds together with it.
  var isFading = false
  /// How long they do, in frames.
  var fade = 0
  /// What to report when it becomes audible.
  var announcement = Announcement.none

  enum Announcement: Hashable, Sendable { case none, started, advanced }

  /// The position of a frame of the stream.
  func position(at frame: Int) -> Duration {
    info.format.duration(of: trackFrame + Int(Double(max(frame - firstFrame, 0)) * treatment.speed))
  }
}

/// What the decoder thread is given to do.
enum DecoderJob: Hashable, Sendable {
  /// Forget everything else; decode this entry from `position` into a new stream.
  case load(epoch: Int, QueueEntry, position: Duration, loop: Range<Duration>? = nil)
  /// Go on with this entry where the last one ended.
  case join(epoch: Int, QueueEntry)
  /// Take the joined entry's sound out again.
  case takeBack(epoch: Int)
  /// Nothing follows in this stream: what is held back goes out, then it ends.
  case end(stream: Int)
  /// Treat the sound so from now on, what waits in the ring included.
  case sound(SoundSettings)
  /// Play this part of the current entry again and again; nil: no longer.
  case loop(epoch: Int, Range<Duration>?)
  case stop
}

extension PlayerMachine {
  mutating func handle(_ input: Input) -> [Action] {
    switch input {
    case .command(let command): return obey(command)
    case .segment(let epoch, let segment): return epoch == self.epoch ? begin(segment) : []
    case .decoded(let epoch, let info): return epoch == self.epoch ? decoderEnded(info) : []
    case .failed(let epoch, let entry, let failure): return epoch == self.epoch ? fail(entry, failure) : []
    case .tookBack(let epoch, let succeeded): return epoch == self.epoch ? tookBack(succeeded) : []
    case .audible(let stream, let frame): return hear(stream, frame)
    case .finished(let stream): return finish(stream)
    case .starving(let starving): return segments.isEmpty ? [] : setBuffering(starving)
    case .underruns(let count): return [.emit(.underrun(count))]
    case .outputOpened(let description):
      output = description
      return [.emit(.output(description))]
    case .outputLost(let reason): return loseOutput(reason)
    case .outputReturned: return regainOutput()
    case .outputRefused(let device, let reason): return [.emit(.outputRefused(device, reason: reason))]
    case .fadedOut: return fadedOut()
    }
  }

  private mutating func obey(_ command: PlayerCommand) -> [Action] {
    switch command {
    case .load(let entry, let position, let paused):
      isPaused = paused
      next = nil
      loop = nil
      return endFade() + endWait() + [.setPaused(paused)] + start(entry, at: position, seeking: false)
    case .setNext(let entry): return setNext(entry)
    case .pause: return setPaused(true)
    case .resume: return setPaused(false)
    case .stop: return current == nil ? [] : stop()
    case .seek(let position):
      guard let current else { return [] }
      return start(current, at: max(position, .zero), seeking: true)
    case .setVolume(let volume):
      self.volume = min(max(volume, 0), 100)
      return [.setVolume(self.volume)]
    case .setMuted(let muted):
      isMuted = muted
      return [.setMuted(muted)]
    case .setSound(let settings): return [.decode(.sound(settings)), .setPauseFade(settings.pauseFade)]
    case .setLoop(let loop): return setLoop(loop)
    case .fadeOut(let time): return fadeOut(over: time)
    case .setOutput(let device): return [.setOutput(device)]
    }
  }

  private mutating func setLoop(_ loop: Range<Duration>?) -> [Action] {
    guard let current else { return [] }
    self.loop = loop
    guard let loop, joined != nil else { return [.decode(.loop(epoch: epoch, loop))] }
    // The decoder has left this entry behind for the next one: back to where the loop begins.
    return start(current, at: max(loop.lowerBound, .zero), seeking: true)
  }

  private mutating func setPaused(_ paused: Bool) -> [Action] {
    guard current != nil else { return [] }
    let actions = endFade() + endWait()
    guard paused != isPaused else { return actions }
    isPaused = paused
    return actions + [.setPaused(paused)]
  }

  /// Leaves everything behind and begins `entry` at `position`.
  private mutating func start(_ entry: QueueEntry, at position: Duration, seeking: Bool) -> [Action] {
    reset()
    current = entry
    target = position
    decoding = .opening
    seeks = seeking && (seeks || hasStarted)
    hasStarted = false
    return [.decode(.load(epoch: epoch, entry, position: position, loop: loop)), .silence] + setBuffering(true)
  }

  /// No entry, no device, nothing under way.
  private mutating func stop() -> [Action] {
    reset()
    current = nil
    next = nil
    hasStarted = false
    isPaused = false
    seeks = false
    target = .zero
    output = nil
    isFadingOut = false
    awaitsOutput = false
    return [.decode(.stop), .silence, .close, .setPaused(false)] + setBuffering(false)
  }

  private mutating func reset() {
    epoch += 1
    joined = nil
    decoding = .idle
    segments = []
    ending = nil
    finishedStream = nil
    isTakingBack = false
  }

  private mutating func setBuffering(_ buffering: Bool) -> [Action] {
    guard buffering != isBuffering else { return [] }
    isBuffering = buffering
    return [.emit(.buffering(buffering))]
  }

}

// The device: lost, back again, and left by a fade.
extension PlayerMachine {
  private mutating func loseOutput(_ reason: String) -> [Action] {
    guard let current else { return [] }
    awaitsOutput = !isPaused || awaitsOutput
    isFadingOut = false
    isPaused = true
    output = nil
    return [.setPaused(true), .emit(.failed(current.id, .output(reason)))]
  }

  private mutating func regainOutput() -> [Action] {
    guard let current, awaitsOutput else { return [] }
    awaitsOutput = false
    isPaused = false
    return [.setPaused(false), .emit(.outputReturned(current.id))]
  }

  /// The listener has decided otherwise meanwhile.
  private mutating func endWait() -> [Action] {
    guard awaitsOutput else { return [] }
    awaitsOutput = false
    return [.giveUpOutput]
  }

  private mutating func fadeOut(over time: Duration) -> [Action] {
    guard current != nil, !isPaused else { return [] }
    isFadingOut = true
    return [.fadeOut(time)]
  }

  private mutating func endFade() -> [Action] {
    guard isFadingOut else { return [] }
    isFadingOut = false
    return [.fadeOut(nil)]
  }

  private mutating func fadedOut() -> [Action] {
    guard let current, isFadingOut else { return [] }
    isFadingOut = false
    isPaused = true
    return [.setPaused(true), .emit(.fadedOut(current.id))]
  }
}

// The decoder's side: what it has decoded, and what it shall decode next.
extension PlayerMachine {
  private mutating func begin(_ segment: Segment) -> [Action] {
    var segment = segment
    if segment.begins {
      if decoding == .joining { segment.announcement = .advanced }
      if decoding == .opening { segment.announcement = seeks ? .none : .started }
    }
    // Decoded again while the next entry waits to join.
    if segment.begins || decoding != .joining { decoding = .running }
    if replace(with: &segment) { return watchNext() }
    let isFirst = segments.isEmpty
    segments.append(segment)
    var actions: [Action] = []
    if isFirst && segment.announcement != .advanced {
      actions.append(.play(stream: segment.stream))
      if isPaused { actions += announceFirst() }
    } else if segment.opensStream {
      actions.append(.follow(stream: segment.stream))
    }
    return actions + watchNext()
  }

  /// Sound decoded again in another way takes the place of what it was written over.
  private mutating func replace(with segment: inout Segment) -> Bool {
    let (stream, frame) = (segment.stream, segment.firstFrame)
    guard let index = segments.firstIndex(where: { $0.stream == stream && $0.firstFrame >= frame }) else {
      return false
    }
    let over = segments[index]
    segment.opensStream = over.opensStream
    if segment.announcement == .none { segment.announcement = over.announcement }
    segments.removeSubrange(index...)
    segments.append(segment)
    return true
  }

  private mutating func decoderEnded(_ info: DecoderInfo?) -> [Action] {
    if let info, let last = segments.indices.last { segments[last].info = info }
    decoding = .done
    if joined == nil, let next { return join(next) }
    return endOfSound()
  }

  private mutating func join(_ entry: QueueEntry) -> [Action] {
    joined = entry
    decoding = .joining
    ending = nil
    return [.decode(.join(epoch: epoch, entry))]
  }

  /// Nothing follows what is in the streams.
  private mutating func endOfSound() -> [Action] {
    guard let last = segments.last, last.stream != finishedStream else { return conclude() }
    return [.end(stream: last.stream)]
  }

  private mutating func fail(_ entry: EntryID, _ failure: PlaybackFailure) -> [Action] {
    if decoding == .joining { joined = nil }
    decoding = .done
    ending = (entry, failure)
    return endOfSound()
  }

  private mutating func setNext(_ entry: QueueEntry?) -> [Action] {
    guard current != nil else { return [] }
    next = entry
    if isTakingBack { return [] }
    if let joined {
      guard joined != entry else { return [] }
      isTakingBack = true
      return [.decode(.takeBack(epoch: epoch))]
    }
    // A track that was cut short ends there: what follows is the queue's decision.
    let endsByItself = ending.map { $0.entry != current?.id } ?? true
    guard decoding == .done, endsByItself, let entry else { return [] }
    return join(entry)
  }

  private mutating func tookBack(_ succeeded: Bool) -> [Action] {
    isTakingBack = false
    guard succeeded, joined != nil else { return [] }
    joined = nil
    ending = nil
    decoding = .done
    let cut = segments.firstIndex { $0.announcement == .advanced } ?? segments.endIndex
    let actions = segments[cut...].filter(\.opensStream).map { Action.unfollow(stream: $0.stream) }
    segments.removeSubrange(cut...)
    if let next { return actions + join(next) }
    return actions + endOfSound()
  }
}

// The output's side: what is audible.
extension PlayerMachine {
  /// The segment that will be audible next.
  private var awaited: Segment? { hasStarted ? segments.dropFirst().first : segments.first }

  private func watchNext() -> [Action] {
    awaited.map { [.watch(stream: $0.stream, frame: $0.firstFrame)] } ?? []
  }

  private mutating func hear(_ stream: Int, _ frame: Int) -> [Action] {
    var actions: [Action] = []
    while let segment = awaited, segment.stream == stream, frame > segment.firstFrame {
      if hasStarted { segments.removeFirst() }
      actions += announceFirst()
    }
    return actions.isEmpty ? [] : actions + watchNext()
  }

  private mutating func announceFirst() -> [Action] {
    guard let segment = segments.first else { return [] }
    hasStarted = true
    seeks = false
    finishedStream = nil
    let actions = setBuffering(false)
    segments[0].announcement = .none
    switch segment.announcement {
    case .none: return actions
    case .started: return actions + [.emit(.started(segment.entry))]
    case .advanced:
      loop = nil
      lastFade = segment.info.format.duration(of: segment.fade)
      if next?.id == joined?.id { next = nil }
      current = joined ?? current
      joined = nil
      let advanced = actions + [.emit(.advanced(to: segment.entry))]
      // Shorter than the ring: decoded to its end before it was audible.
      if decoding == .done, ending == nil, let next { return advanced + join(next) }
      return advanced
    }
  }

  private mutating func finish(_ stream: Int) -> [Action] {
    guard let last = segments.last, last.stream == stream else { return [] }
    finishedStream = stream
    // More is on its way, only late.
    guard decoding == .done else { return setBuffering(true) }
    return conclude()
  }

  /// Everything was audible.
  private mutating func conclude() -> [Action] {
    let event: PlayerEvent = ending.map { .failed($0.entry, $0.failure) } ?? .ended
    return stop() + [.emit(event)]
  }
}
