package import Audio
package import Music

/// Plays this track and the next.
package final class Player: Sendable {
  package init(
    configuration: PlayerConfiguration = PlayerConfiguration(),
    makeOutput: @escaping @Sendable (AudioFormat) throws -> any Output,
    source: @escaping @Sendable (QueueEntry) -> any ByteSource,
    makeDecoder: @escaping @Sendable (any ByteSource) throws(DecoderError) -> any Decoder,
    onEvent: @escaping @Sendable (PlayerEvent) -> Void
  ) {}

  /// Any thread; never blocks.
  package func send(_ command: PlayerCommand) { fatalError("contract") }

  /// Any thread; never blocks.
  package var status: PlayerStatus { fatalError("contract") }

  /// Ends the threads, and the sound with them. Once; not from `onEvent`.
  package func shutDown() { fatalError("contract") }
}
