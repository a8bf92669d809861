import Glibc
package import Music

/// What is done to the sound of one track between decoder and ring: the listener's settings, made into numbers that
/// are safe to use.
package struct Treatment: Hashable, Sendable {
  /// Replay gain's part in dB, preamp included and held back where it would clip; nil while it is off or unknown.
  package let replayGain: Double?
  package let equalizer: Equalizer
  /// 0.5…2.
  package let speed: Double

  /// - Parameters:
  ///   - replayGain: the track's; nil where nobody knows it.
  ///   - canStretch: whether the speed can be changed here.
  package init(_ settings: SoundSettings = SoundSettings(), for replayGain: ReplayGain? = nil, canStretch: Bool = true)
  {
    self.replayGain = replayGain?.applied(settings.replayGain, preamp: settings.preamp)
    equalizer = settings.equalizer
    let isUsable = canStretch && settings.speed.isFinite
    speed = isUsable ? min(max(settings.speed, 0.5), 2) : 1
  }

  /// The factor of replay gain.
  package var gain: Float { replayGain.map { Float(pow(10, $0 / 20)) } ?? 1 }

  /// Whether every sample passes as it is.
  package var isNothing: Bool { gain == 1 && equalizer.isFlat && speed == 1 }
}

extension ReplayGain {
  /// What to apply, in dB; nil when there is nothing to go by.
  ///
  /// Where the album's (the track's) gain is missing the other one stands in. Never so much that the recording's peak
  /// would go beyond full scale; where the peak is unknown it is taken for full scale, so that nothing is made louder.
  func applied(_ mode: ReplayGainMode, preamp: Double) -> Double? {
    let track = (gain: Self.gain(trackGain), peak: Self.peak(trackPeak))
    let album = (gain: Self.gain(albumGain), peak: Self.peak(albumPeak))
    let wanted: [(gain: Double?, peak: Double?)]
    switch mode {
    case .off: return nil
    case .track: wanted = [track, album]
    case .album: wanted = [album, track]
    }
    guard let (gain, peak) = wanted.first(where: { $0.gain != nil }), let gain else { return nil }
    let preamp = preamp.isFinite ? min(max(preamp, -15), 15) : 0
    return min(gain + preamp, -20 * log10(peak ?? 1))
  }

  /// A number that can be meant: tags hold anything.
  private static func gain(_ value: Float?) -> Double? {
    value.flatMap { $0.isFinite && abs($0) <= 64 ? Double($0) : nil }
  }

  private static func peak(_ value: Float?) -> Double? {
    value.flatMap { $0.isFinite && $0 > 0.001 && $0 < 64 ? Double($0) : nil }
  }
}
