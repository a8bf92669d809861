import Glibc

/// Keeps what treatment made too loud within full scale: it turns down at once, and up again within a tenth of a second.
///
/// What stays within full scale passes untouched.
package struct Limiter: Sendable {
  private let channels: Int
  private let release: Float
  private var gain: Float = 1

  package init(rate: Int, channels: Int) {
    self.channels = channels
    release = 1 - exp(-1 / (0.03 * Float(max(rate, 1))))
  }

  /// Interleaved frames, in place.
  package mutating func limit(_ samples: UnsafeMutableBufferPointer<Float>) {
    if gain == 1, !samples.contains(where: { abs($0) > 1 }) { return }
    var index = 0
    while index + channels <= samples.count {
      var peak: Float = 0
      for channel in 0..<channels { peak = max(peak, abs(samples[index + channel])) }
      gain += (1 - gain) * release
      if gain > 0.9999 { gain = 1 }
      if peak.isFinite, peak * gain > 1 { gain = 1 / peak }
      for channel in 0..<channels { samples[index + channel] *= gain }
      index += channels
    }
  }
}
