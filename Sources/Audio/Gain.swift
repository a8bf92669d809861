import Glibc

/// The volume as a factor on samples, with a short ramp at each change so that it does not click.
///
/// At volume 100 it is exactly 1 and `isUnity` says that samples need not be touched.
package struct Gain: Sendable {
  package private(set) var current: Float
  private var target: Float
  private var step: Float = 0
  /// Frames of the ramp, all and still to go.
  private let rampLength: Int
  private var left = 0

  /// - Parameter rampLength: in frames.
  package init(volume: Int, rampLength: Int) {
    target = Self.factor(volume: volume)
    current = target
    self.rampLength = max(rampLength, 1)
  }

  /// Loudness is heard in ratios: the cube comes near it over the range people use (50 is -18 dB), 0 is silence.
  package static func factor(volume: Int) -> Float {
    let share = Float(min(max(volume, 0), 100)) / 100
    return share * share * share
  }

  package var isUnity: Bool { current == 1 && target == 1 }

  /// Where to go from here, over one ramp.
  package mutating func setVolume(_ volume: Int) {
    let factor = Self.factor(volume: volume)
    guard factor != target else { return }
    target = factor
    left = rampLength
    step = (target - current) / Float(rampLength)
  }

  /// Multiplies interleaved signed 16-bit samples; `frames` goes to `scaled`, which is at least as long.
  package mutating func scale(
    _ frames: UnsafeRawBufferPointer, into scaled: UnsafeMutableRawBufferPointer, channels: Int
  ) {
    let from = frames.assumingMemoryBound(to: Int16.self)
    let to = scaled.assumingMemoryBound(to: Int16.self)
    var index = 0
    while index + channels <= from.count {
      if current != target { advance() }
      for _ in 0..<channels {
        to[index] = Int16((Float(from[index]) * current).rounded())
        index += 1
      }
    }
  }

  /// Goes on as if `count` frames had been scaled.
  package mutating func skip(_ count: Int) {
    for _ in 0..<count where current != target { advance() }
  }

  private mutating func advance() {
    left -= 1
    current = left > 0 ? current + step : target
  }
}
