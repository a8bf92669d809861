import Audio
import Music
import Synchronization

/// What the player's thread lays out for others to look at.
final class Snapshot: Sendable {
  private struct Facts: Sendable {
    var status = PlayerStatus()
    /// Where the audible entry's sound is, for the position of this moment.
    var stream: SoundStream?
    var segment: Segment?
    /// The frame of `stream` at which the next entry begins.
    var end = Int.max
  }

  private let facts = Mutex(Facts())
  private let output: OutputDesk

  init(output: OutputDesk) {
    self.output = output
    facts.withLock { $0.status.volume = output.volume.load(ordering: .relaxed) }
  }

  func set(_ machine: PlayerMachine, stream: SoundStream?, underruns: Int, join: SoundPath.Join?) {
    let segment = machine.segments.first
    let following = machine.segments.dropFirst().first
    let info = segment?.info
    var status = PlayerStatus(
      state: machine.state, entry: machine.current?.id, position: machine.target, duration: info?.duration,
      underruns: underruns, decoder: info, output: machine.output, volume: machine.volume)
    status.path = machine.path()
    status.path.underruns = underruns
    status.path.lastJoin = join
    facts.withLock { facts in
      facts.status = status
      facts.stream = stream
      facts.segment = segment
      facts.end = following.flatMap { $0.stream == segment?.stream ? $0.firstFrame : nil } ?? .max
    }
  }

  /// The stream that sounds, and the frame of it that is audible at this moment. Any thread.
  func audible() -> (stream: SoundStream, frame: Int)? {
    facts.withLock { $0.stream }.map { ($0, $0.audibleNow()) }
  }

  /// Any thread.
  var isPlaying: Bool { facts.withLock { $0.status.state == .playing } }

  /// Any thread.
  func status() -> PlayerStatus {
    let facts = facts.withLock { $0 }
    var status = facts.status
    if output.level != 1 { status.path.isUntouched = false }
    if status.output != nil { status.path.latency = .nanoseconds(output.latency.load(ordering: .relaxed)) }
    guard let stream = facts.stream, let segment = facts.segment else { return status }
    status.position = segment.position(at: min(stream.audibleNow(), facts.end))
    return status
  }
}

extension PlayerMachine {
  /// The way of what is audible, as far as it is decided here.
  func path() -> SoundPath {
    var path = SoundPath()
    path.output = output
    guard let segment = segments.first else { return path }
    path.decoded = segment.info.decoded
    path.replayGain = segment.treatment.replayGain
    path.isUntouched = segment.treatment.isNothing && !segment.isFading
    return path
  }

  var state: PlayerStatus.State {
    if current == nil { return .stopped }
    if isPaused { return .paused }
    return isBuffering || !hasStarted ? .buffering : .playing
  }
}

extension DecoderInfo {
  fileprivate var decoded: SoundPath.Decoded {
    SoundPath.Decoded(
      codec: codec, rate: format.rate, channels: format.channels, bits: bits, bitRate: bitRate, isVariable: isVariable,
      isPositionGuessed: isPositionGuessed)
  }
}
