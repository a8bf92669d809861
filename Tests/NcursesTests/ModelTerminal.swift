/// A terminal that understands what the painter says, with a table of widths of its own: a wrong one, as terminals have.
struct ModelTerminal {
  /// How wide it takes what was written at one place to be.
  enum Belief: CaseIterable {
    /// Each scalar by itself: joiners nothing, both letters of a flag one column, tones two. As older terminals.
    case scalars
    /// A character is one glyph of two columns at most, and selectors count. As newer ones.
    case characters
    /// As `scalars`, with a table that ends at Unicode 9: newer emoji are narrow.
    case outdated
    /// All that is ambiguous is wide.
    case eastAsian
  }

  let belief: Belief
  let columns: Int
  let rows: Int
  /// What stands in a place; "" in the right half of a wide one.
  private(set) var grid: [[String]]
  private(set) var isLost = false
  /// What stands in a place over which a picture lies; whatever is written there takes its part away.
  static let pictureMark = "¶"
  private var row = 0
  private var column = 0
  private var region: Range<Int>

  init(belief: Belief, columns: Int, rows: Int) {
    self.belief = belief
    self.columns = columns
    self.rows = rows
    region = 0..<rows
    grid = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  mutating func take(_ bytes: [UInt8]) {
    var text = ""
    var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" {
        write(text)
        text = ""
        obey(&rest)
      } else if scalar == "\u{8}" {
        write(text)
        text = ""
        column = max(0, column - 1)
      } else if scalar == "\r" {
        write(text)
        text = ""
        column = 0
      } else if scalar == "\n" {
        write(text)
        text = ""
        if row == region.upperBound - 1 { scroll(1) } else { row = min(rows - 1, row + 1) }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    write(text)
  }

  /// The row as a listener sees it.
  func line(_ row: Int) -> String { grid[row].joined() }

  private mutating func obey(_ rest: inout ArraySlice<Unicode.Scalar>) {
    let kind = rest.popFirst()
    if kind == "(" { return _ = rest.popFirst() }
    if kind == "D" { return row == region.upperBound - 1 ? scroll(1) : (row += 1) }
    if kind == "M" { return row == region.lowerBound ? scroll(-1) : (row -= 1) }
    guard kind == "[" else { return }
    var parameters = ""
    while let scalar = rest.popFirst() {
      if scalar.value >= 0x40 { return perform(scalar, parameters) }
      parameters.unicodeScalars.append(scalar)
    }
  }

  private mutating func perform(_ command: Unicode.Scalar, _ parameters: String) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let first = numbers.first ?? 0
    switch command {
    case "H":
      row = max(1, first) - 1
      column = max(1, numbers.count > 1 ? numbers[1] : 1) - 1
    case "G": column = max(1, first) - 1
    case "C": column = min(columns - 1, column + max(1, first))
    case "J": for row in 0..<rows { erase(row, 0..<columns) }
    case "K": erase(row, column..<columns)
    case "X": erase(row, column..<min(columns, column + first))
    case "S": scroll(max(1, first))
    case "T": scroll(-max(1, first))
    case "r":
      region = numbers.count == 2 ? first - 1..<numbers[1] : 0..<rows
      (row, column) = (0, 0)
    case "p": drawPicture(columns: first, rows: numbers.last ?? 0)
    case "m", "h", "l", "c": break
    default: isLost = true
    }
  }

  /// As sixel does, in a word of its own.
  private mutating func drawPicture(columns: Int, rows: Int) {
    for place in row..<row + rows {
      for start in column..<column + columns { grid[place][start] = Self.pictureMark }
    }
  }

  private mutating func scroll(_ count: Int) {
    let before = grid
    for row in region {
      grid[row] = region.contains(row + count) ? before[row + count] : Array(repeating: "?", count: columns)
    }
  }

  private mutating func erase(_ row: Int, _ range: Range<Int>) { for column in range { put(" ", row, column) } }

  private mutating func write(_ text: String) {
    for glyph in split(text) {
      let width = width(of: glyph)
      if width == 0 {
        if glyph.unicodeScalars.first?.properties.canonicalCombiningClass != .notReordered, column > 0 {
          grid[row][column - 1] += glyph
        }
        continue
      }
      // Wrapping is off: what does not fit is written over the last column.
      let place = min(column, columns - width)
      put(glyph, row, place)
      if width == 2 { put("", row, place + 1) }
      column = place + width
      if column == columns { column = columns - 1 }
    }
  }

  /// Half a wide glyph is none.
  private mutating func put(_ text: String, _ row: Int, _ column: Int) {
    guard grid.indices.contains(row), grid[row].indices.contains(column) else { return isLost = true }
    if grid[row][column] == "", column > 0, text != "" { grid[row][column - 1] = " " }
    if column + 1 < columns, grid[row][column + 1] == "" { grid[row][column + 1] = " " }
    grid[row][column] = text
  }

  private func split(_ text: String) -> [String] {
    if belief == .characters { return text.map { String($0) } }
    return text.unicodeScalars.map { String($0) }
  }

  private func width(of glyph: String) -> Int {
    let widths = glyph.unicodeScalars.map(width(ofScalar:))
    guard belief == .characters else { return widths.reduce(0, +) }
    let isSequence = glyph.unicodeScalars.contains { $0.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains($0.value) }
    return isSequence ? 2 : min(2, widths.first ?? 0)
  }

  private func width(ofScalar scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    let value = scalar.value
    if belief == .outdated, value > 0x1F000, (scalar.properties.age?.major ?? 0) > 8 { return 1 }
    if belief == .eastAsian, (0x2500...0x25FF).contains(value) || (0x400...0x451).contains(value) { return 2 }
    let isWide =
      (0x1100...0x115F).contains(value) || (0x2E80...0x303E).contains(value) || (0x3041...0xA4C6).contains(value)
      || (0xAC00...0xD7A3).contains(value) || (0xFF01...0xFF60).contains(value) || (0x20000...0x3FFFD).contains(value)
    if isWide { return 2 }
    return scalar.properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(value) ? 2 : 1
  }
}
