extension ReplayGain {
  /// What tags or a server say. A number that no recording can have (a gain beyond ±60 dB, a peak of 0 or
  /// beyond 16, NaN) is left out; nil where no gain is left.
  ///
  /// A gain and a peak that are both 0 are what some servers write for "unknown".
  package init?(toldTrackGain trackGain: Double?, albumGain: Double?, trackPeak: Double?, albumPeak: Double?) {
    self.init(
      trackGain: Self.gain(trackGain, peak: trackPeak), albumGain: Self.gain(albumGain, peak: albumPeak),
      trackPeak: Self.peak(trackPeak), albumPeak: Self.peak(albumPeak))
    if self.trackGain == nil && self.albumGain == nil { return nil }
  }

  private static func gain(_ gain: Double?, peak: Double?) -> Float? {
    guard let gain, (-60...60).contains(gain), !(gain == 0 && peak == 0) else { return nil }
    return Float(gain)
  }

  private static func peak(_ peak: Double?) -> Float? {
    guard let peak, peak > 0, peak <= 16 else { return nil }
    return Float(peak)
  }
}
