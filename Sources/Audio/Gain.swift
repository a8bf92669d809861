/// The volume as a factor on samples, with a ramp at each change so that nothing clicks.
///
/// It is a pure function of the frame. At volume 100 and without a fade it is exactly 1: then samples need not be touched.
package struct Gain: Hashable, Sendable {
  /// The factor of volume and mute.
  package var level: Ramp
  /// The share that a fade leaves, 0…1, as a volume: it is heard as an even movement.
  package var fade = Ramp(1)

  package init(volume: Int) { level = Ramp(Self.factor(volume: volume)) }

  /// Loudness is heard in ratios: the cube comes near it over the range people use (50 is -18 dB), 0 is silence.
  package static func factor(volume: Int) -> Float { cube(Float(min(max(volume, 0), 100)) / 100) }

  package func value(at frame: Int) -> Float { level.value(at: frame) * Self.cube(fade.value(at: frame)) }

  /// Whether it stays what it is from `frame` on.
  package func isSteady(from frame: Int) -> Bool { frame >= level.end && frame >= fade.end }

  /// Whether samples from `frame` on pass untouched.
  package func isUnity(from frame: Int) -> Bool { isSteady(from: frame) && level.target == 1 && fade.target == 1 }

  package mutating func rebase(from old: Int, to new: Int) {
    level.rebase(from: old, to: new)
    fade.rebase(from: old, to: new)
  }

  private static func cube(_ share: Float) -> Float { share * share * share }
}

extension Gain {
  /// Multiplies interleaved samples, the first of which belong to `frame`; `frames` goes to `scaled`, which is at least
  /// as long.
  package func scale(
    _ frames: UnsafeRawBufferPointer, into scaled: UnsafeMutableRawBufferPointer, format: AudioFormat, from frame: Int
  ) {
    var done = 0
    let count = frames.count / format.bytesPerFrame
    while done < count {
      let isSteady = isSteady(from: frame + done)
      let stretch = isSteady ? count - done : 1
      let bytes = done * format.bytesPerFrame..<(done + stretch) * format.bytesPerFrame
      multiply(
        UnsafeRawBufferPointer(rebasing: frames[bytes]), UnsafeMutableRawBufferPointer(rebasing: scaled[bytes]),
        format.sample, value(at: frame + done))
      done += stretch
    }
  }

  private func multiply(
    _ from: UnsafeRawBufferPointer, _ to: UnsafeMutableRawBufferPointer, _ sample: SampleFormat, _ factor: Float
  ) {
    switch sample {
    case .s16:
      let (from, to) = (from.assumingMemoryBound(to: Int16.self), to.assumingMemoryBound(to: Int16.self))
      for index in from.indices { to[index] = Int16((Float(from[index]) * factor).rounded()) }
    case .s32:
      // 24 bits of a Float would not do.
      let (from, to) = (from.assumingMemoryBound(to: Int32.self), to.assumingMemoryBound(to: Int32.self))
      let factor = Double(factor)
      for index in from.indices { to[index] = Int32((Double(from[index]) * factor).rounded()) }
    case .f32:
      let (from, to) = (from.assumingMemoryBound(to: Float.self), to.assumingMemoryBound(to: Float.self))
      for index in from.indices { to[index] = from[index] * factor }
    }
  }
}
