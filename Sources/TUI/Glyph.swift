/// What takes one or two columns: a base with its marks, or an emoji sequence; nothing that steers a terminal.
package struct Glyph: Hashable, Sendable {
  package var text: String
  /// 1 or 2.
  package var width: Int
  package var isRightToLeft = false
  /// False where terminals disagree about the width: whoever draws it must say where to go on.
  package var isSure = true

  init(text: String, width: Int, isRightToLeft: Bool = false, isSure: Bool = true) {
    self.text = text
    self.width = width
    self.isRightToLeft = isRightToLeft
    self.isSure = isSure
  }
}

/// Makes text from outside safe to draw: no control, escape, bidi control or invisible character is left.
///
/// Line ends and tabs become spaces, unassigned scalars "�". Joiners, selectors and tags stay only inside of emoji,
/// a non-joiner only after an Arabic letter.
package func sanitize(_ text: String) -> String {
  if isPlainASCII(text) { return text }
  var result = ""
  for glyph in glyphs(of: text) { result += glyph.text }
  return result
}

/// The text as glyphs, in reading order; no further than `columns` reach, so that long text costs no more than it shows.
package func glyphs(of text: String, columns: Int = .max) -> [Glyph] {
  if isPlainASCII(text) {
    let seen = columns == .max ? text.utf8.count : columns + 1
    return text.unicodeScalars.prefix(max(0, seen)).map { Glyph(text: String($0), width: 1) }
  }
  var composer = GlyphComposer(limit: columns)
  let scalars = text.unicodeScalars
  var index = scalars.startIndex
  while index < scalars.endIndex, composer.columns <= columns {
    let next = scalars.index(after: index)
    // Most text needs no search for the borders of characters.
    if let width = plainWidth(of: scalars[index]), next == scalars.endIndex || plainWidth(of: scalars[next]) != nil {
      composer.add(scalars[index], width: width)
      index = next
    } else {
      let end = text.index(after: index)
      composer.add(Array(scalars[index..<end]))
      index = end
    }
  }
  return composer.glyphs
}

/// The width of a scalar that every terminal knows and that neither joins nor takes part in anything; nil for others.
func plainWidth(of scalar: Unicode.Scalar) -> Int? {
  switch scalar.value {
  case 0x20..<0x7F, 0xA1...0xA8, 0xAA...0xAC, 0xAF...0x2FF, 0x391...0x3A1, 0x3A3...0x3FF, 0x400...0x482, 0x48A...0x52F:
    1
  // Dashes and quotes, lines and blocks, signs that are no emoji.
  case 0x2010...0x2027, 0x2500...0x25A9, 0x25B7...0x25BF, 0x25C1...0x25FA, 0x2605...0x2606: 1
  case 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DB5, 0x4E00...0x9FEF, 0xAC00...0xD7A3: 2
  default: nil
  }
}
