import ALSA
import Audio
import Fixtures
import Foundation
import Mpg123
import Music
import Playback
import RubberBand
import Synchronization
import Testing
import Threading

/// A player with real threads, a real decoder and a real ALSA device, whose events a test waits for.
final class Rig: Sendable {
  let player: Player
  private let events: Monitor<[PlayerEvent]>
  private let directory = TemporaryDirectory()
  /// Of the fake card.
  let faults: FaultControl

  enum Device {
    /// Takes everything at once.
    case exact
    /// Paced, faster than the clock.
    case card(
      speed: Double, pauses: Bool = false, rate: Int = 0, format: String = "", gone: Int = 0, rewinds: Bool = true,
      ticks: Bool = false)
    case wav
    case none
    case silent
  }

  init(
    _ device: Device, configuration: PlayerConfiguration = PlayerConfiguration(realtime: false),
    watch: (any OutputWatch & Sendable)? = nil,
    source: @escaping @Sendable (QueueEntry) -> any ByteSource = Rig.file,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder = Rig.mpg123
  ) {
    let events = Monitor<[PlayerEvent]>([])
    self.events = events
    faults = FaultControl(path: directory.file("control"))
    let open = Self.outputs(device, file: directory.file("heard"), control: faults.path)
    let opened = OpenCount()
    self.opened = opened
    player = Player(
      configuration: configuration,
      outputs: Outputs(
        open: { device, format in
          opened.count.add(1, ordering: .relaxed)
          return try device.map { try ALSAOutput(device: $0, format: format) } ?? open(format)
        }, watch: { watch }),
      source: source, makeDecoder: makeDecoder,
      makeStretcher: { RubberBandStretcher(format: $0, speed: $1) },
      onEvent: { event in events.update { $0.append(event) } })
  }

  private let opened: OpenCount
  private final class OpenCount: Sendable { let count = Atomic(0) }
  var deviceOpenings: Int { opened.count.load(ordering: .relaxed) }

  deinit { player.shutDown() }

  private static func outputs(_ device: Device, file: String, control: String)
    -> @Sendable (AudioFormat) throws -> any Output
  {
    let cards = SoundCards.shared
    switch device {
    case .exact:
      let name = cards.exact(capturing: file)
      return { try ALSAOutput(device: name, format: $0) }
    case .card(let speed, let pauses, let rate, let format, let gone, let rewinds, let ticks):
      let name = cards.card(
        capturing: file, speed: speed, pauses: pauses, rate: rate, format: format, gone: gone, rewinds: rewinds,
        ticks: ticks, control: control)
      return { try ALSAOutput(device: name, format: $0) }
    case .wav:
      let destination = WAVDestination(path: file)
      return { try destination.open($0) }
    case .none: return { try ALSAOutput(device: "no-such-card", format: $0) }
    case .silent: return { SilentOutput(format: $0) }
    }
  }

  static let file: @Sendable (QueueEntry) -> any ByteSource = { entry in
    do throws(ByteSourceError) { return try FileSource(path: Sounds.shared.path(entry.track.remoteID)) } catch {
      return FailingSource(error)
    }
  }

  static let mpg123: @Sendable (any ByteSource) throws(DecoderError) -> any Decoder = {
    (source) throws(DecoderError) in try Mpg123Decoder(source: source)
  }

  /// The samples that were heard.
  var heard: [Int16] { Sounds.samples(path: directory.file("heard")) }
  var path: String { directory.file("heard") }
  var allEvents: [PlayerEvent] { events.withLock { $0 } }

  func send(_ commands: PlayerCommand...) { for command in commands { player.send(command) } }

  func play(_ name: String, id: Int = 1, at position: Duration = .zero, paused: Bool = false) {
    send(.load(Rig.entry(name, id: id), position: position, paused: paused))
  }

  /// The next is named before anything sounds: a device that takes everything at once may be through with the first
  /// before this thread has its turn again.
  func play(_ name: String, id: Int = 1, before next: QueueEntry) {
    play(name, id: id, paused: true)
    send(.setNext(next), .resume)
  }

  static func entry(_ name: String, id: Int = 1) -> QueueEntry {
    QueueEntry(id: EntryID(id), track: Track(id: TrackID(Int64(id)), origin: .local, remoteID: name, title: name))
  }

  /// Waits until `event` was reported; fails the test when it takes too long.
  func wait(_ event: PlayerEvent, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = events.wait(timeout: .seconds(30)) { $0.contains(event) ? true : nil }
    if found == nil { Issue.record("no \(event) in \(allEvents)", sourceLocation: sourceLocation) }
  }

  /// Waits for an event of a kind; false when it takes too long.
  func until(event isWanted: @escaping @Sendable (PlayerEvent) -> Bool) -> Bool {
    events.wait(timeout: .seconds(30)) { $0.contains(where: isWanted) ? true : nil } ?? false
  }

  /// Waits until the status satisfies `condition`.
  func until(sourceLocation: SourceLocation = #_sourceLocation, _ condition: (PlayerStatus) -> Bool) {
    let deadline = monotonicNow() + .seconds(30)
    while !condition(player.status) {
      guard monotonicNow() < deadline else {
        Issue.record("status stays \(player.status), events \(allEvents)", sourceLocation: sourceLocation)
        return
      }
      usleep(2000)
    }
  }
}

/// A machine that is busy otherwise may leave a thread without its turn for longer than a device has sound: of three runs
/// one has to pass without that. Whatever `run` expects holds in each.
func onceWithoutUnderrun(sourceLocation: SourceLocation = #_sourceLocation, _ run: () throws -> Rig) rethrows {
  for _ in 0..<3 {
    let rig = try run()
    if rig.faults.underruns == 0, rig.player.status.underruns == 0 { return }
  }
  Issue.record("an underrun in each of three runs", sourceLocation: sourceLocation)
}
