import Audio
import Music
import Synchronization
import Threading

/// Feeds the machine with what happened and does what it says.
///
/// It never blocks but for its bell, so that a pause acts while the decoder waits for the network. It lives on the
/// player's thread and is used from nowhere else.
final class PlayerLoop {
  private var machine: PlayerMachine
  private let inbox: Inbox
  private let decoderDesk: DecoderDesk
  private let outputDesk: OutputDesk
  private let published: Snapshot
  private let onEvent: @Sendable (PlayerEvent) -> Void
  /// The streams that the machine speaks of.
  private var streams: [Int: SoundStream] = [:]
  private var watched: SoundStream?
  private var underruns = 0
  private var isStarving = false
  private var lastJoin: SoundPath.Join?

  init(
    machine: PlayerMachine, inbox: Inbox, decoderDesk: DecoderDesk, outputDesk: OutputDesk, published: Snapshot,
    onEvent: @escaping @Sendable (PlayerEvent) -> Void
  ) {
    self.machine = machine
    self.inbox = inbox
    self.decoderDesk = decoderDesk
    self.outputDesk = outputDesk
    self.published = published
    self.onEvent = onEvent
  }

  /// The thread's body.
  func run() {
    while true {
      for item in inbox.takeAll() {
        switch item {
        case .input(let input):
          // What was audible before is told before.
          lookAtOutput()
          feed(input)
        case .stream(let stream, let input):
          lookAtOutput()
          streams[stream.id] = stream
          feed(input)
        case .quit: return
        }
      }
      lookAtOutput()
      forgetStreams()
      publish()
      pollWake(inbox.wake.descriptor, timeout: nil)
      inbox.wake.clear()
    }
  }

  /// What the output thread says by atomics.
  private func lookAtOutput() {
    if let watched {
      let frame = watched.audible.load(ordering: .acquiring)
      if frame > 0 { feed(.audible(stream: watched.id, frame: frame)) }
    }
    let starving = outputDesk.isStarving.load(ordering: .acquiring)
    if starving != isStarving {
      isStarving = starving
      feed(.starving(starving))
    }
    let count = outputDesk.underruns.load(ordering: .relaxed)
    if count != underruns {
      underruns = count
      feed(.underruns(count))
    }
  }

  private func feed(_ input: PlayerMachine.Input) {
    for action in machine.handle(input) { perform(action) }
  }

  private func perform(_ action: PlayerMachine.Action) {
    switch action {
    case .decode(let job): decoderDesk.put(job)
    case .play(let id): if let stream = streams[id] { outputDesk.put(.play(stream)) }
    case .follow(let id): if let stream = streams[id] { outputDesk.put(.follow(stream)) }
    case .unfollow(let id): outputDesk.put(.unfollow(id))
    case .end(let id): decoderDesk.put(.end(stream: id))
    case .silence:
      watched = nil
      streams = [:]
      outputDesk.put(.silence)
    case .close: outputDesk.put(.close)
    case .setPaused(let paused): outputDesk.setPaused(paused)
    case .setVolume(let volume): outputDesk.setVolume(volume)
    case .setMuted(let muted): outputDesk.setMuted(muted)
    case .setPauseFade(let time): outputDesk.setPauseFade(time)
    case .fadeOut(let time): outputDesk.put(.fadeOut(time))
    case .setOutput(let device): outputDesk.put(.setDevice(device))
    case .giveUpOutput: outputDesk.put(.giveUpDevice)
    case .watch(let id, let frame):
      watched = streams[id]
      watched?.watched.store(frame, ordering: .sequentiallyConsistent)
    case .emit(let event):
      if case .advanced = event { rememberJoin() }
      if case .started = event { lastJoin = nil }
      // Whoever hears of it and looks at the status sees it there too.
      publish()
      onEvent(event)
    }
  }

  private func forgetStreams() {
    guard streams.count > machine.segments.count else { return }
    let kept = Set(machine.segments.map(\.stream))
    streams = streams.filter { kept.contains($0.key) }
  }

  /// How the track that is audible now followed the one before.
  private func rememberJoin() {
    guard let segment = machine.segments.first else { return }
    let join = outputDesk.join(stream: segment.stream, frame: segment.firstFrame)
    lastJoin = SoundPath.Join(
      silentFrames: join.silentFrames, reopening: join.reopening, crossfade: machine.lastFade)
  }

  private func publish() {
    published.set(
      machine, stream: machine.segments.first.flatMap { streams[$0.stream] }, underruns: underruns,
      join: lastJoin)
  }
}
