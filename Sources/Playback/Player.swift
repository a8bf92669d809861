package import Audio
package import Music
import Synchronization
import Threading

/// Plays this track and the next, without a gap between them.
///
/// Three threads: the player's own, which alone holds the machine, never blocks and calls `onEvent`; the decoder's, which
/// may block in a byte source; the output's, which never waits for anybody. It knows no queue and no network. Stopped or
/// paused, all three sleep.
package final class Player: Sendable {
  private let inbox = Inbox()
  private let decoderDesk = DecoderDesk()
  private let outputDesk: OutputDesk
  private let snapshot: Snapshot
  private let threads: [OSThread]
  private let isDown = Atomic(false)

  /// - Parameters:
  ///   - outputs: opens devices; called on the output thread. Where there is none at all, a silent output keeps the
  ///     clock running; where one is taken or gone, the player pauses and says so.
  ///   - source: the bytes of an entry; called on the decoder thread, may do blocking set-up. Called again for the same
  ///     entry after a seek away from bytes that did not come.
  ///   - makeDecoder: called on the decoder thread.
  ///   - makeStretcher: for a speed other than 1; called on the decoder thread. nil where there is none: the speed stays 1.
  ///   - onEvent: called on the player's thread; must return soon.
  package init(
    configuration: PlayerConfiguration = PlayerConfiguration(),
    outputs: Outputs,
    source: @escaping @Sendable (QueueEntry) -> any ByteSource,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder,
    makeStretcher: @escaping @Sendable (AudioFormat, _ speed: Double) -> (any Stretcher)? = { _, _ in nil },
    onEvent: @escaping @Sendable (PlayerEvent) -> Void
  ) {
    let outputDesk = OutputDesk(volume: configuration.volume)
    self.outputDesk = outputDesk
    let snapshot = Snapshot(output: outputDesk)
    self.snapshot = snapshot
    let (inbox, decoderDesk) = (inbox, decoderDesk)
    threads = [
      OSThread("decoder") {
        DecoderLoop(
          configuration: configuration, desk: decoderDesk, inbox: inbox, outputWake: outputDesk.wake,
          makeSource: source, makeDecoder: makeDecoder, makeStretcher: makeStretcher
        ).run()
      },
      OSThread("output", realtime: configuration.realtime) {
        OutputLoop(
          configuration: configuration, desk: outputDesk, inbox: inbox, decoderWake: decoderDesk.wake,
          outputs: outputs
        ).run()
      },
      OSThread("player") {
        PlayerLoop(
          machine: PlayerMachine(volume: configuration.volume), inbox: inbox, decoderDesk: decoderDesk,
          outputDesk: outputDesk, published: snapshot, onEvent: onEvent
        ).run()
      },
    ]
  }

  /// With one device only, opened by `makeOutput`.
  package convenience init(
    configuration: PlayerConfiguration = PlayerConfiguration(),
    makeOutput: @escaping @Sendable (AudioFormat) throws -> any Output,
    source: @escaping @Sendable (QueueEntry) -> any ByteSource,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder,
    onEvent: @escaping @Sendable (PlayerEvent) -> Void
  ) {
    self.init(
      configuration: configuration, outputs: Outputs(open: { try makeOutput($1) }), source: source,
      makeDecoder: makeDecoder, onEvent: onEvent)
  }

  /// Any thread; returns at once. After `shutDown` it does nothing.
  package func send(_ command: PlayerCommand) { inbox.post(.input(.command(command))) }

  /// Any thread; returns at once. A command just sent shows a moment later.
  package var status: PlayerStatus { snapshot.status() }

  /// What `status` says of it, for less. Any thread.
  package var isPlaying: Bool { snapshot.isPlaying }

  /// Whether somebody looks at the sound. Any thread.
  package func setTapped(_ on: Bool) { outputDesk.tap.isWanted.store(on, ordering: .relaxed) }

  /// Frames a second of what sounds; nil where nothing does.
  package var tappedRate: Int? { snapshot.audible()?.stream.format.rate }

  /// Fills `samples` with what is audible at this moment, before the volume, all channels as one. Any thread; the output's
  /// neither waits for it nor knows of it.
  /// - Returns: false where that is not to be had: nothing sounds, or nobody said that somebody looks.
  package func tapped(into samples: UnsafeMutableBufferPointer<Float>) -> Bool {
    guard let (stream, frame) = snapshot.audible() else { return false }
    return outputDesk.tap.read(into: samples, around: frame, of: stream.id)
  }

  /// Silences and ends the threads, freeing a blocked read; returns when they have ended. Not from `onEvent`.
  package func shutDown() {
    guard !isDown.exchange(true, ordering: .acquiringAndReleasing) else { return }
    inbox.post(.quit)
    decoderDesk.close()
    outputDesk.put(.quit)
    for thread in threads { thread.join() }
  }
}
