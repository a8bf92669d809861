package import Audio
package import Music

/// What the player does at this moment: a copy, taken on any thread.
package struct PlayerStatus: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case stopped
    /// Waiting for bytes.
    case buffering
    case playing
    case paused
  }

  package var state: State
  /// What is audible (or would be, if it were not paused or waiting); nil when stopped.
  package var entry: EntryID?
  /// Of what is audible.
  package var position: Duration
  /// As the decoder knows it; nil when it does not (yet).
  package var duration: Duration?
  /// How often the ring or the device ran dry since start.
  package var underruns: Int
  /// nil until the first frame of `entry` was decoded.
  package var decoder: DecoderInfo?
  /// nil while nothing is open.
  package var output: OutputDescription?
  /// 0…100.
  package var volume: Int
  package var path = SoundPath()

  package init(
    state: State = .stopped, entry: EntryID? = nil, position: Duration = .zero, duration: Duration? = nil,
    underruns: Int = 0, decoder: DecoderInfo? = nil, output: OutputDescription? = nil, volume: Int = 100
  ) {
    self.state = state
    self.entry = entry
    self.position = position
    self.duration = duration
    self.underruns = underruns
    self.decoder = decoder
    self.output = output
    self.volume = volume
  }
}
