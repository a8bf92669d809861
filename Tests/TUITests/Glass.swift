import TUI

/// A terminal as xterm is one, as far as `ScreenWriter` speaks to it: takes bytes, shows cells.
struct Glass {
  struct Place: Hashable {
    var text = " "
    var style = Style.plain
  }

  let size: Size
  private(set) var places: [Place]
  private(set) var cursor = Point(column: 0, row: 0)
  private(set) var isCursorVisible = true
  private var pen = Style.plain
  private var waitsToWrap = false
  private var region: Range<Int>
  /// What it was told and does not know.
  private(set) var riddles: [String] = []

  init(size: Size) {
    self.size = size
    region = 0..<size.rows
    // Nobody knows what was there before.
    places = Array(repeating: Place(text: "?"), count: size.columns * size.rows)
  }

  subscript(column: Int, row: Int) -> Place { places[row * size.columns + column] }

  mutating func take(_ bytes: [UInt8]) {
    var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.first {
      rest = rest.dropFirst()
      switch scalar.value {
      case 8: moveTo(cursor.column - 1, cursor.row)
      case 10: cursor.row == region.upperBound - 1 ? scroll(1) : moveTo(cursor.column, cursor.row + 1)
      case 13: moveTo(0, cursor.row)
      case 0x1B:
        let body = rest.dropFirst().prefix { $0.value < 0x40 }
        let end = rest.dropFirst(1 + body.count)
        control(String(String.UnicodeScalarView(body)), end.first.map(Character.init) ?? "?")
        rest = end.dropFirst()
      default: write(scalar)
      }
    }
  }

  private mutating func control(_ text: String, _ end: Character) {
    let numbers = text.split(separator: ";").map { Int($0) ?? 0 }
    switch end {
    case "H": moveTo((numbers.dropFirst().first ?? 1) - 1, (numbers.first ?? 1) - 1)
    case "G": moveTo((numbers.first ?? 1) - 1, cursor.row)
    case "C": moveTo(cursor.column + (numbers.first ?? 1), cursor.row)
    case "J": erase(0..<places.count)
    case "K": erase(cursor.row * size.columns + cursor.column..<(cursor.row + 1) * size.columns)
    case "X":
      let start = cursor.row * size.columns + cursor.column
      erase(start..<min(start + (numbers.first ?? 1), (cursor.row + 1) * size.columns))
    case "m": select(numbers)
    case "r":
      region = numbers.isEmpty ? 0..<size.rows : numbers[0] - 1..<numbers[1]
      moveTo(0, 0)
    case "S": scroll(numbers.first ?? 1)
    case "T": scroll(-(numbers.first ?? 1))
    case "h" where text == "?25": isCursorVisible = true
    case "l" where text == "?25": isCursorVisible = false
    default: riddles.append("\(text)\(end)")
    }
  }

  private mutating func select(_ numbers: [Int]) {
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: pen = .plain
      case 1: pen.attributes.insert(.bold)
      case 2: pen.attributes.insert(.faint)
      case 3: pen.attributes.insert(.italic)
      case 4: pen.attributes.insert(.underline)
      case 7: pen.attributes.insert(.reverse)
      case 22: pen.attributes.subtract([.bold, .faint])
      case 23: pen.attributes.remove(.italic)
      case 24: pen.attributes.remove(.underline)
      case 27: pen.attributes.remove(.reverse)
      case 38: pen.foreground = .indexed(UInt8(rest.dropFirst().first!))
      case 48: pen.background = .indexed(UInt8(rest.dropFirst().first!))
      case 39: pen.foreground = .standard
      case 49: pen.background = .standard
      default: riddles.append("\(number)m")
      }
      if number == 38 || number == 48 { rest = rest.dropFirst(2) }
    }
  }

  /// What comes into sight is nothing that anybody could rely on.
  private mutating func scroll(_ count: Int) {
    let before = places
    for row in region {
      for column in 0..<size.columns {
        let source = row + count
        places[row * size.columns + column] =
          region.contains(source) ? before[source * size.columns + column] : Place(text: "?")
      }
    }
  }

  private mutating func erase(_ range: Range<Int>) {
    for place in range { places[place] = Place(style: Style(background: pen.background)) }
  }

  private mutating func moveTo(_ column: Int, _ row: Int) {
    cursor = Point(column: max(0, min(column, size.columns - 1)), row: max(0, min(row, size.rows - 1)))
    waitsToWrap = false
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    if waitsToWrap { riddles.append("wrapped") }
    let width = (0x300..<0x370).contains(scalar.value) ? 0 : columnWidth(of: String(scalar))
    let index = cursor.row * size.columns + cursor.column
    if width == 0 { return places[max(0, index - 1)].text.unicodeScalars.append(scalar) }
    places[index] = Place(text: String(scalar), style: pen)
    if width == 2, index + 1 < places.count { places[index + 1] = Place(text: "", style: pen) }
    waitsToWrap = cursor.column + width >= size.columns
    cursor.column = min(cursor.column + width, size.columns - 1)
  }
}

/// xterm's words.
struct GlassLanguage: TerminalLanguage {
  var hasLastCorner = true
  var keepsDirection = false
  var doubtsAmbiguous = false
  /// Without it there are fewer words, as with older terminals.
  var isRich = true
  var plain: [UInt8] { word("0m") }
  var clear: [UInt8] { word("H") + word("2J") }
  var back: UInt8? { 8 }
  var eraseLine: [UInt8]? { isRich ? word("K") : nil }
  func move(to place: Point) -> [UInt8] { word("\(place.row + 1);\(place.column + 1)H") }
  func forward(_ columns: Int) -> [UInt8]? { isRich ? word("\(columns)C") : nil }
  func move(toColumn column: Int) -> [UInt8]? { isRich ? word("\(column + 1)G") : nil }
  func erase(_ columns: Int) -> [UInt8]? { isRich ? word("\(columns)X") : nil }
  var down: UInt8? { isRich ? 10 : nil }
  var nextRow: [UInt8]? { isRich ? [13, 10] : nil }

  func scroll(_ rows: Range<Int>, by count: Int) -> [UInt8]? {
    let move = "\(abs(count))\(count > 0 ? "S" : "T")"
    return isRich ? word("\(rows.lowerBound + 1);\(rows.upperBound)r") + word(move) + word("r") : nil
  }

  func showCursor(_ isVisible: Bool) -> [UInt8] { word(isVisible ? "?25h" : "?25l") }
  func reduced(_ style: Style) -> Style { style }

  func words(for wanted: Attributes) -> [[UInt8]] {
    Self.numbers.filter { wanted.contains($0.0) }.map { word("\($0.1)m") }
  }

  func words(ending unwanted: Attributes) -> [[UInt8]]? {
    if unwanted.isEmpty { return [] }
    return isRich ? Self.numbers.filter { unwanted.contains($0.0) }.map { word("\($0.2)m") } : nil
  }

  func foreground(_ colour: Colour) -> [UInt8]? { colourWord(colour, 38, standard: 39) }
  func background(_ colour: Colour) -> [UInt8]? { colourWord(colour, 48, standard: 49) }

  private static let numbers: [(Attributes, Int, Int)] = [
    (.bold, 1, 22), (.faint, 2, 22), (.italic, 3, 23), (.underline, 4, 24), (.reverse, 7, 27),
  ]

  private func colourWord(_ colour: Colour, _ number: Int, standard: Int) -> [UInt8]? {
    guard case .indexed(let index) = colour else { return isRich ? word("\(standard)m") : nil }
    return word("\(number);5;\(index)m")
  }

  private func word(_ text: String) -> [UInt8] { Array("\u{1B}[\(text)".utf8) }
}
