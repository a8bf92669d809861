/// How many columns a terminal gives one scalar: 0, 1 or 2. Controls have no width and never get this far.
///
/// Wide are the East Asian ones (UAX #11, W and F) and those that Unicode draws as emoji by itself; ambiguous ones
/// count 1, as terminals outside East Asian locales have it.
package func columnWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  // Vowels and finals of conjoining Hangul stand on the initial before them.
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
  if value < 0x1100 { return 1 }
  if isRegionalIndicator(scalar) { return 1 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideRanges.contains { $0.contains(value) } ? 2 : 1
}

/// Gaps of unassigned scalars between wide ones count as wide, as Unicode asks for these blocks.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6,
  0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE1F, 0xFE30...0xFE6B, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
]

/// One of the 26 letters that pair up to flags.
func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }

/// Whether the scalar belongs to a script that runs from right to left.
func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
  default: false
  }
}

/// How many columns the text takes once it is made safe.
package func columnWidth(of text: String) -> Int {
  if isPlainASCII(text) { return text.utf8.count }
  return glyphs(of: text).reduce(0) { $0 + $1.width }
}

/// Cuts text to a number of columns; what is cut off leaves an "…".
package func truncated(_ text: String, to columns: Int) -> String {
  var result = ""
  for glyph in fitted(glyphs(of: text), to: columns) { result += glyph.text }
  return result
}

/// Cuts or fills up with spaces to exactly this many columns.
package func padded(_ text: String, to columns: Int) -> String {
  let cut = truncated(text, to: columns)
  return cut + String(repeating: " ", count: max(0, columns - columnWidth(of: cut)))
}

/// The glyphs that fit, the last one an "…" where some do not.
func fitted(_ glyphs: [Glyph], to columns: Int) -> [Glyph] {
  guard columns > 0 else { return [] }
  var width = 0
  var cut = 0
  for (index, glyph) in glyphs.enumerated() {
    width += glyph.width
    if width <= columns - 1 { cut = index + 1 }
    if width > columns { return glyphs[..<cut] + [Glyph(text: "…", width: 1)] }
  }
  return glyphs
}

func isPlainASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

/// Breaks text at spaces into lines of at most this many columns; a longer word is cut.
package func wrapped(_ text: String, to columns: Int) -> [String] {
  guard columns > 0 else { return [] }
  var lines: [String] = []
  var line = ""
  for word in sanitize(text).split(separator: " ") {
    let candidate = line.isEmpty ? String(word) : line + " " + word
    if columnWidth(of: candidate) <= columns {
      line = candidate
    } else {
      if !line.isEmpty { lines.append(line) }
      line = truncated(String(word), to: columns)
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
