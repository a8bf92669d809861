/// How many columns a terminal gives one scalar: 0, 1 or 2. Controls have no width and never get this far.
///
/// Wide are the East Asian ones (UAX #11, W and F), among which are those that Unicode draws as emoji by itself;
/// ambiguous ones count 1, as terminals have it unless they are set up for East Asian legacy fonts.
package func columnWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if isJamo(scalar) { return 0 }
  if value < 0x1100 || isRegionalIndicator(scalar) { return 1 }
  return contains(wideRanges, value) ? 2 : 1
}

/// Whether a terminal set up for East Asian legacy fonts gives it two columns.
package func isAmbiguous(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value >= 0x80 && contains(ambiguousRanges, scalar.value)
}

/// Whether one of the ascending ranges has the value.
private func contains(_ ranges: [(first: UInt32, last: UInt32)], _ value: UInt32) -> Bool {
  var low = 0
  var high = ranges.count
  while low < high {
    let middle = (low + high) / 2
    if value > ranges[middle].last {
      low = middle + 1
    } else if value < ranges[middle].first {
      high = middle
    } else {
      return true
    }
  }
  return false
}

/// One of the 26 letters that pair up to flags.
func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }

/// Whether the scalar belongs to a script that runs from right to left.
package func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
  default: false
  }
}

/// How many columns the text takes once it is made safe; longer text is measured only until it is longer than `limit`.
package func columnWidth(of text: String, upTo limit: Int = .max) -> Int {
  if isPlainASCII(text) { return text.utf8.count }
  var columns = 0
  for scalar in text.unicodeScalars {
    guard let width = plainWidth(of: scalar) else {
      return glyphs(of: text, columns: limit).reduce(0) { $0 + $1.width }
    }
    columns += width
    if columns > limit { break }
  }
  return columns
}

/// Cuts text to a number of columns; what is cut off leaves an "…".
package func truncated(_ text: String, to columns: Int) -> String {
  var result = ""
  for glyph in fitted(glyphs(of: text, columns: columns), to: columns) { result += glyph.text }
  return result
}

/// Cuts or fills up with spaces to exactly this many columns.
package func padded(_ text: String, to columns: Int) -> String {
  let cut = truncated(text, to: columns)
  return cut + String(repeating: " ", count: max(0, columns - columnWidth(of: cut)))
}

/// The glyphs that fit, the last one an "…" where some do not.
func fitted(_ glyphs: [Glyph], to columns: Int, _ ellipsis: String = "…") -> [Glyph] {
  guard columns > 0 else { return [] }
  var width = 0
  var cut = 0
  for (index, glyph) in glyphs.enumerated() {
    width += glyph.width
    if width <= columns - 1 { cut = index + 1 }
    if width > columns { return glyphs[..<cut] + [Glyph(text: ellipsis, width: 1)] }
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
