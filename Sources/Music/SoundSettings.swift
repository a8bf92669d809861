/// What the listener wants done to the sound between decoder and device. As it is at the start nothing is: what reaches
/// the device is the decoder's output, sample for sample.
package struct SoundSettings: Hashable, Sendable, Codable {
  package var replayGain = ReplayGainMode.off
  /// Added to what replay gain says, in dB: -15…15. Without replay gain it does nothing.
  package var preamp: Double = 0
  /// How long the end of a track and the start of the next sound together: 0…12 s. Within an album they never do.
  package var crossfade = Duration.zero
  package var equalizer = Equalizer.flat
  /// 0.5…2, with the pitch kept; 1 is the speed of the recording.
  package var speed: Double = 1
  /// How long a pause fades out and in; zero: at once.
  package var pauseFade = Duration.zero

  package init() {}

  /// Whether samples pass untouched (volume apart).
  package var isNeutral: Bool { replayGain == .off && crossfade == .zero && equalizer.isFlat && speed == 1 }
}

package enum ReplayGainMode: String, Hashable, Sendable, Codable, CaseIterable { case off, track, album }

/// How loud a recording is, as its tags or its server say.
package struct ReplayGain: Hashable, Sendable, Codable {
  /// In dB; nil where unknown.
  package var trackGain: Float?
  package var albumGain: Float?
  /// The largest sample, 1 being full scale; nil where unknown.
  package var trackPeak: Float?
  package var albumPeak: Float?

  package init(
    trackGain: Float? = nil, albumGain: Float? = nil, trackPeak: Float? = nil, albumPeak: Float? = nil
  ) {
    self.trackGain = trackGain
    self.albumGain = albumGain
    self.trackPeak = trackPeak
    self.albumPeak = albumPeak
  }
}

/// Ten bands, an octave apart.
package struct Equalizer: Hashable, Sendable, Codable {
  /// The middle of each band, in Hz.
  package static let frequencies: [Double] = [31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000, 16000]
  package static let flat = Equalizer(gains: [])

  /// In dB, -12…12; always ten.
  package let gains: [Double]

  /// Missing gains are 0, those out of range are limited.
  package init(gains: [Double]) {
    let ten = gains.prefix(10) + Array(repeating: 0, count: max(0, 10 - gains.count))
    self.gains = ten.map { $0.isFinite ? min(max($0, -12), 12) : 0 }
  }

  package var isFlat: Bool { gains.allSatisfy { $0 == 0 } }
}
