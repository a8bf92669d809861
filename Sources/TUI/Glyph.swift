/// What takes one or two columns: a base scalar and the marks on it, nothing that steers a terminal.
package struct Glyph: Hashable, Sendable {
  package var text: String
  /// 1 or 2.
  package var width: Int
  package var isRightToLeft = false

  init(text: String, width: Int, isRightToLeft: Bool = false) {
    self.text = text
    self.width = width
    self.isRightToLeft = isRightToLeft
  }
}

/// Makes text from outside safe to draw: no control, escape, bidi control or invisible character is left.
///
/// Line ends and tabs become spaces, unassigned scalars "�". Flags become their two letters, and sequences that
/// terminals disagree about (joined or toned emoji) their first picture, so that columns hold everywhere.
package func sanitize(_ text: String) -> String {
  if isPlainASCII(text) { return text }
  var result = ""
  for glyph in glyphs(of: text) { result += glyph.text }
  return result
}

/// The text as glyphs, in reading order.
package func glyphs(of text: String) -> [Glyph] {
  if isPlainASCII(text) { return text.unicodeScalars.map { Glyph(text: String($0), width: 1) } }
  var composer = GlyphComposer()
  for scalar in text.unicodeScalars { composer.add(scalar) }
  return composer.finish()
}

/// Puts scalars together to glyphs.
private struct GlyphComposer {
  /// A cell of ncurses holds five scalars (CCHARW_MAX): a base and four marks.
  private static let maximumMarks = 4

  private var done: [Glyph] = []
  private var base: Unicode.Scalar?
  private var marks = 0
  private var isJoining = false
  private var isSwallowing = false

  mutating func add(_ scalar: Unicode.Scalar) {
    switch ScalarKind(scalar) {
    case .dropped: break
    case .joiner: isJoining = base.map(isPicture) ?? false
    case .space: begin(" ", width: 1)
    case .unknown: begin("\u{FFFD}", width: 1)
    case .tone where base.map(isPicture) ?? false: break
    case .tone: begin(scalar, width: 2)
    case .letterOfFlag:
      begin(Unicode.Scalar(scalar.value - 0x1F1E6 + 0x41)!, width: 1)
    case .mark: addMark(scalar)
    case .base(let width):
      if isJoining {
        isJoining = false
        isSwallowing = true
      } else {
        begin(scalar, width: width)
      }
    }
  }

  func finish() -> [Glyph] { done }

  private mutating func begin(_ scalar: Unicode.Scalar, width: Int) {
    isJoining = false
    isSwallowing = false
    base = scalar
    marks = 0
    done.append(Glyph(text: String(scalar), width: width, isRightToLeft: TUI.isRightToLeft(scalar)))
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    if isSwallowing { return }
    guard let base else { return begin(" ", width: 1) }
    if let syllable = hangulSyllable(base, scalar), marks == 0 {
      self.base = syllable
      done[done.count - 1].text = String(syllable)
    } else if marks < GlyphComposer.maximumMarks {
      done[done.count - 1].text.unicodeScalars.append(scalar)
      marks += 1
    }
  }

  private func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x203C && scalar.properties.isEmoji
  }
}

/// What a scalar means for the screen.
private enum ScalarKind {
  case dropped, joiner, space, unknown, tone, letterOfFlag, mark
  case base(width: Int)

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F: self = .base(width: 1)
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: self = .space
    case 0x200D: self = .joiner
    case 0x20E3, 0xFE00...0xFE0F, 0xE0000...0xE0FFF: self = .dropped  // keycaps, variation selectors, tags
    case 0x1F3FB...0x1F3FF: self = .tone
    case 0x1F1E6...0x1F1FF: self = .letterOfFlag
    default: self = ScalarKind(byCategory: scalar)
    }
  }

  private init(byCategory scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .control, .format: self = .dropped
    case .spaceSeparator: self = scalar.value == 0x3000 ? .base(width: 2) : .space
    case .lineSeparator, .paragraphSeparator: self = .space
    case .unassigned, .surrogate: self = .unknown
    default:
      let width = columnWidth(of: scalar)
      self = width == 0 ? .mark : .base(width: width)
    }
  }
}

/// The Hangul syllable of an initial and a vowel, or of a syllable and a final (Unicode 3.12); nil for anything else.
private func hangulSyllable(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
  let (a, b) = (first.value, second.value)
  if (0x1100...0x1112).contains(a), (0x1161...0x1175).contains(b) {
    return Unicode.Scalar(0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28)
  }
  if (0xAC00...0xD7A3).contains(a), (a - 0xAC00) % 28 == 0, (0x11A8...0x11C2).contains(b) {
    return Unicode.Scalar(a + (b - 0x11A7))
  }
  return nil
}
