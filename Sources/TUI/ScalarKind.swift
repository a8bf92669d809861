/// What a scalar outside of emoji sequences means for the screen.
enum ScalarKind {
  case dropped, nonJoiner, space, unknown, letterOfFlag, mark, spacingMark
  case base(width: Int)

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F: self = .base(width: 1)
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: self = .space
    case 0x200C: self = .nonJoiner
    case 0x20E3: self = .dropped  // a keycap without its key
    case 0x1F1E6...0x1F1FF: self = .letterOfFlag
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: self = .mark  // they stand on the initial before them
    default: self = ScalarKind(byCategory: scalar)
    }
  }

  private init(byCategory scalar: Unicode.Scalar) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format: self = .dropped
    case .spaceSeparator: self = scalar.value == 0x3000 ? .base(width: 2) : .space
    case .lineSeparator, .paragraphSeparator: self = .space
    case .nonspacingMark, .enclosingMark: self = properties.isDefaultIgnorableCodePoint ? .dropped : .mark
    case .spacingMark: self = .spacingMark
    case .unassigned, .surrogate: self = properties.isDefaultIgnorableCodePoint ? .dropped : .unknown
    default: self = properties.isDefaultIgnorableCodePoint ? .dropped : .base(width: columnWidth(of: scalar))
    }
  }
}
