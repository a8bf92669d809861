/// Samples as numbers, full scale at ±1: what treatment works on. 16 and 24 bits go there and back unchanged.
package func unpack(
  _ samples: UnsafeRawBufferPointer, _ format: SampleFormat, into numbers: UnsafeMutableBufferPointer<Float>
) {
  switch format {
  case .s16:
    let from = samples.assumingMemoryBound(to: Int16.self)
    for index in 0..<min(from.count, numbers.count) { numbers[index] = Float(from[index]) * 0x1p-15 }
  case .s32:
    let from = samples.assumingMemoryBound(to: Int32.self)
    for index in 0..<min(from.count, numbers.count) { numbers[index] = Float(from[index]) * 0x1p-31 }
  case .f32:
    let from = samples.assumingMemoryBound(to: Float.self)
    for index in 0..<min(from.count, numbers.count) { numbers[index] = from[index] }
  }
}

/// Numbers as samples again; what is beyond full scale stays there, what is no number is silence.
///
/// 16 bits are dithered where there is a `dither`: without it, what was treated would carry the recording's own traces as
/// distortion. The rounding of more bits is far below hearing.
package func pack(
  _ numbers: UnsafeBufferPointer<Float>, _ format: SampleFormat, into samples: UnsafeMutableRawBufferPointer,
  dither: inout Dither?
) {
  switch format {
  case .s16:
    let to = samples.assumingMemoryBound(to: Int16.self)
    let count = min(to.count, numbers.count)
    for index in 0..<count {
      let exact = numbers[index] * 0x1p15 + (dither?.next() ?? 0)
      to[index] = exact < 32767 ? (exact > -32768 ? Int16(exact.rounded()) : -32768) : exact.isNaN ? 0 : 32767
    }
  case .s32:
    let to = samples.assumingMemoryBound(to: Int32.self)
    for index in 0..<min(to.count, numbers.count) {
      let exact = Double(numbers[index]) * 0x1p31
      to[index] = exact < 0x7FFF_FFFF ? (exact > -0x8000_0000 ? Int32(exact.rounded()) : .min) : exact.isNaN ? 0 : .max
    }
  case .f32:
    let to = samples.assumingMemoryBound(to: Float.self)
    for index in 0..<min(to.count, numbers.count) { to[index] = numbers[index].isFinite ? numbers[index] : 0 }
  }
}

/// Noise with a triangular distribution over ±1 of the last bit: makes the error of rounding independent of the music.
package struct Dither: Sendable {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  package init() {}

  /// Two even numbers out of one step of xorshift64, their difference in bits of the sample.
  mutating func next() -> Float {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    let one = Float(UInt32(truncatingIfNeeded: state) >> 8)
    let two = Float(UInt32(truncatingIfNeeded: state >> 32) >> 8)
    return (one - two) * 0x1p-24
  }
}
