/// One colour, as a theme says it.
package enum Colour: Hashable, Sendable {
  /// The terminal's own.
  case standard
  /// 0…15 are the terminal's named colours, 16…255 the fixed palette.
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)
}

package struct Attributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Attributes(rawValue: 1)
  package static let faint = Attributes(rawValue: 2)
  package static let italic = Attributes(rawValue: 4)
  package static let underline = Attributes(rawValue: 8)
  package static let reverse = Attributes(rawValue: 16)
}

/// How a cell looks.
package struct Style: Hashable, Sendable {
  package var foreground: Colour
  package var background: Colour
  package var attributes: Attributes

  package init(
    foreground: Colour = .standard, background: Colour = .standard, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package static let plain = Style()
}

/// How many colours a terminal shows.
package enum ColourDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// None at all, or the user said NO_COLOR.
  case none = 0
  case eight = 8
  case sixteen = 16
  case palette = 256
  case direct = 16_777_216

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The depth for a number of colours as terminfo gives it.
  package init(colours: Int) {
    self = ColourDepth.allCases.last { $0.rawValue <= max(0, colours) } ?? .none
  }
}
