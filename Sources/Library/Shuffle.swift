/// An order thrown by chance that nobody has to make: it tells which number stands at a place, and at which place a
/// number stands, for all numbers below a power of two. The same seed gives the same order.
struct Shuffle {
  /// How many numbers there are.
  let count: UInt64
  private let shift: UInt64
  private let rounds: [Round]

  private struct Round {
    /// Odd: multiplying by it can be undone.
    let factor: UInt64
    let inverse: UInt64
    let summand: UInt64
  }

  /// - Parameter number: the largest that has a place; not negative.
  init(seed: UInt32, upTo number: Int64) {
    // Few numbers have few orders.
    let bits = max(8, 64 - number.leadingZeroBitCount)
    count = 1 << UInt64(bits)
    shift = UInt64(bits + 1) / 2
    var state = UInt64(seed)
    rounds = (0..<4).map { _ in
      let factor = Self.next(&state) | 1
      return Round(factor: factor, inverse: Self.inverse(of: factor), summand: Self.next(&state))
    }
  }

  func place(of number: Int64) -> UInt64 {
    rounds.reduce(UInt64(number)) { number, round in
      let mixed = (number &* round.factor &+ round.summand) & (count - 1)
      return mixed ^ mixed >> shift
    }
  }

  func number(at place: UInt64) -> Int64 {
    Int64(
      rounds.reversed().reduce(place) { place, round in
        // Shifted by half of its bits and more, this undoes itself.
        ((place ^ place >> shift) &- round.summand) &* round.inverse & (count - 1)
      })
  }

  /// SplitMix64.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// What undoes multiplying by an odd number, modulo 2^64: each step doubles the bits that are right.
  private static func inverse(of factor: UInt64) -> UInt64 {
    (0..<5).reduce(factor) { inverse, _ in inverse &* (2 &- factor &* inverse) }
  }
}
