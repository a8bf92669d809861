/// How one sample is laid out, in this machine's byte order.
package enum SampleFormat: Hashable, Sendable {
  /// Signed 16 bits.
  case s16
  /// Signed 32 bits; fewer (24) stand in the upper ones.
  case s32
  /// Floating point, full scale at ±1.
  case f32

  package var byteCount: Int { self == .s16 ? 2 : 4 }

  /// ALSA's name for it, on the little-endian machines that dulcet runs on.
  package var name: String {
    switch self {
    case .s16: "S16_LE"
    case .s32: "S32_LE"
    case .f32: "FLOAT_LE"
    }
  }
}

/// The shape of decoded sound: a frame is one sample for each channel, interleaved.
package struct AudioFormat: Hashable, Sendable {
  /// Frames a second.
  package var rate: Int
  package var channels: Int
  package var sample: SampleFormat

  package init(rate: Int, channels: Int, sample: SampleFormat = .s16) {
    self.rate = rate
    self.channels = channels
    self.sample = sample
  }

  package var bytesPerFrame: Int { channels * sample.byteCount }

  /// How long `frameCount` frames sound.
  package func duration(of frameCount: Int) -> Duration {
    let (seconds, rest) = frameCount.quotientAndRemainder(dividingBy: rate)
    return .seconds(seconds) + .nanoseconds(rest * 1_000_000_000 / rate)
  }

  /// The number of frames that begin within `duration`; never negative.
  package func frameCount(in duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0, seconds < 1 << 32 else { return seconds < 0 || attoseconds < 0 ? 0 : .max }
    // Rounded to the nearest, so that a frame's own time leads back to that frame.
    return Int(seconds) * rate + (Int(attoseconds / 1_000_000_000) * rate + 500_000_000) / 1_000_000_000
  }
}
