/// The way of the sound from the bytes to the device, as it is at this moment: facts for `:sound`.
package struct SoundPath: Hashable, Sendable {
  /// What came out of the decoder.
  package struct Decoded: Hashable, Sendable {
    /// For people: `MP3`, `FLAC`, `Ogg Vorbis`.
    package var codec: String
    /// Frames a second.
    package var rate: Int
    package var channels: Int
    /// Bits of a sample that mean something; 0 for a codec that has none of its own (floating point).
    package var bits: Int
    /// In kbit/s; 0 when unknown.
    package var bitRate: Int
    package var isVariable: Bool
    /// Where the track is was guessed by a seek into bytes that were not here: right to a second or so.
    package var isPositionGuessed: Bool

    package init(
      codec: String, rate: Int, channels: Int, bits: Int, bitRate: Int = 0, isVariable: Bool = false,
      isPositionGuessed: Bool = false
    ) {
      self.codec = codec
      self.rate = rate
      self.channels = channels
      self.bits = bits
      self.bitRate = bitRate
      self.isVariable = isVariable
      self.isPositionGuessed = isPositionGuessed
    }
  }

  /// How the present track followed the one before.
  package struct Join: Hashable, Sendable {
    /// Frames of silence that were put between the two, as counted at the device.
    package var silentFrames: Int
    /// How long the device was closed between the two; nil when it stayed open.
    package var reopening: Duration?
    /// How long both sounded together.
    package var crossfade: Duration

    package init(silentFrames: Int = 0, reopening: Duration? = nil, crossfade: Duration = .zero) {
      self.silentFrames = silentFrames
      self.reopening = reopening
      self.crossfade = crossfade
    }
  }

  package var decoded: Decoded?
  /// What the decoder put out reaches the output as it was: no gain, no volume, no effect.
  package var isUntouched = true
  /// In dB, preamp included and held back where it would clip; nil while replay gain is off or unknown.
  package var replayGain: Double?
  package var output: OutputDescription?
  /// From the ring to the ear: what the device holds.
  package var latency = Duration.zero
  /// Since the player was started.
  package var underruns = 0
  /// nil until a track has followed another.
  package var lastJoin: Join?

  package init() {}
}
