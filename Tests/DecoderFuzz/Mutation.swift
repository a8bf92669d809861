/// The numbers of one case: SplitMix64, so that a seed tells all of it.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 ..< bound.
  mutating func roll(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
  mutating func isLucky(oneIn count: Int) -> Bool { roll(count) == 0 }
}

/// Damages bytes as disks, networks, encoders and malice do.
func mutate(_ bytes: [UInt8], with others: [[UInt8]], _ dice: inout Dice) -> [UInt8] {
  var bytes = bytes
  for _ in 0...dice.roll(4) where !bytes.isEmpty {
    // The beginning decides most: it is hit more often.
    let reach = dice.isLucky(oneIn: 2) ? min(bytes.count, 400) : bytes.count
    let place = dice.roll(reach)
    let length = min(1 + dice.roll(dice.isLucky(oneIn: 3) ? 20_000 : 40), bytes.count - place)
    let range = place..<(place + length)
    switch dice.roll(10) {
    case 0: for index in range { bytes[index] = UInt8(truncatingIfNeeded: dice.next()) }
    case 1: bytes[place] ^= 1 << UInt8(dice.roll(8))
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: Array(bytes[range]), at: dice.roll(bytes.count))
    case 4: bytes.removeSubrange(place...)
    case 5: for index in range { bytes[index] = dice.isLucky(oneIn: 2) ? 0 : 0xFF }
    case 6:
      let interesting: [UInt64] = [0, 1, 0x7F, 0x80, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, .max, .max >> 1]
      let value = interesting[dice.roll(interesting.count)]
      let isBig = dice.isLucky(oneIn: 2)
      for index in 0..<min(dice.isLucky(oneIn: 2) ? 4 : 8, bytes.count - place) {
        bytes[place + index] = UInt8(
          truncatingIfNeeded: isBig ? value.byteSwapped >> (8 * UInt64(index)) : value >> (8 * UInt64(index)))
      }
    case 7:
      let other = others[dice.roll(others.count)]
      let from = dice.roll(other.count)
      bytes.insert(contentsOf: other[from..<min(from + length * 4, other.count)], at: place)
    case 8: bytes = Array(bytes[place...]) + Array(bytes[..<place])
    default: bytes.swapAt(place, dice.roll(bytes.count))
    }
  }
  return bytes
}
