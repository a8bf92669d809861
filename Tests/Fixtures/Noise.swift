/// Bytes without a pattern (xorshift64*), the same for the same seed in every process. Whole words at a time, for tests
/// run without optimisation.
package func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  let words = (0..<(count + 7) / 8).map { _ in
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
  return words.withUnsafeBytes { Array($0.prefix(count)) }
}
