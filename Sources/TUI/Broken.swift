/// Breaks text into lines of at most this many columns: at spaces, and where there are none between glyphs, so that
/// nothing is lost and Chinese and Japanese fill their lines. What closes a phrase does not begin a line.
package func broken(_ text: String, to columns: Int) -> [String] {
  guard columns > 1 else { return [] }
  if isPlainASCII(text), text.utf8.count <= columns, !text.isEmpty, !text.hasPrefix(" "), !text.hasSuffix(" ") {
    return [text]
  }
  var lines: [String] = []
  var line: [Glyph] = []
  var width = 0
  for glyph in glyphs(of: text) {
    while width + glyph.width > columns, !line.isEmpty {
      let place = breakPlace(in: line, before: glyph)
      lines.append(trimmed(line[..<place]))
      line.removeFirst(place)
      width = line.reduce(0) { $0 + $1.width }
    }
    if line.isEmpty, glyph.text == " " { continue }
    line.append(glyph)
    width += glyph.width
  }
  if !line.isEmpty { lines.append(trimmed(line[...])) }
  return lines
}

/// How many glyphs of a full line stay on it.
private func breakPlace(in line: [Glyph], before next: Glyph) -> Int {
  if next.text == " " { return line.count }
  for place in stride(from: line.count, to: 0, by: -1) {
    let (left, right) = (line[place - 1], place < line.count ? line[place] : next)
    if left.text == " " || (left.width == 2 || right.width == 2) && !closesPhrase(right) { return place }
  }
  return line.count
}

private func closesPhrase(_ glyph: Glyph) -> Bool { "、。，．・：；？！）」』】〉》ー…,.!?;:)".contains(glyph.text) }

private func trimmed(_ line: ArraySlice<Glyph>) -> String {
  var line = line
  while line.last?.text == " " { line.removeLast() }
  return line.map(\.text).joined()
}
