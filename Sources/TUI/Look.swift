/// A style in eight bytes: the background in the lowest 26 bits, the foreground in the next 26, then the attributes. A screen
/// has thousands of them, and compares all of them for each frame.
struct Look: Hashable, Sendable {
  private let bits: UInt64

  private static let colourBits: UInt64 = 26
  private static let colourMask: UInt64 = 1 << colourBits - 1
  private static let coveringMask = UInt64(Attributes([.underline, .reverse]).rawValue) << (2 * colourBits)

  private init(bits: UInt64) { self.bits = bits }

  init(_ style: Style) {
    bits =
      UInt64(style.attributes.rawValue) << (2 * Self.colourBits)
      | style.foreground.packed << Self.colourBits | style.background.packed
  }

  var style: Style {
    Style(
      foreground: Colour(packed: bits >> Self.colourBits & Self.colourMask),
      background: Colour(packed: bits & Self.colourMask),
      attributes: Attributes(rawValue: UInt8(truncatingIfNeeded: bits >> (2 * Self.colourBits))))
  }

  /// Whether nothing shows where there is no letter but the background.
  var hasPlainGround: Bool { bits & Self.coveringMask == 0 }

  /// What shows of it where there is no letter.
  var ground: Look { hasPlainGround ? Look(bits: bits & Self.colourMask) : self }
}

extension Colour {
  /// Two bits for the kind, below them 24 for the value.
  fileprivate var packed: UInt64 {
    switch self {
    case .standard: 0
    case .indexed(let index): 1 << 24 | UInt64(index)
    case .rgb(let red, let green, let blue): 2 << 24 | UInt64(red) << 16 | UInt64(green) << 8 | UInt64(blue)
    }
  }

  fileprivate init(packed: UInt64) {
    func byte(_ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: packed >> shift) }
    switch packed >> 24 {
    case 0: self = .standard
    case 1: self = .indexed(byte(0))
    default: self = .rgb(byte(16), byte(8), byte(0))
    }
  }
}
