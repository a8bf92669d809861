/// How one sample is laid out. Only what MP3 needs so far; a 24-bit or float layout is one more case.
package enum SampleFormat: Hashable, Sendable {
  /// Signed 16 bits in this machine's order.
  case s16

  package var byteCount: Int { 2 }
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
