/// Turns canvases into the fewest bytes that make a terminal show them: what is shown already is not sent, the pen is
/// changed only where it differs, and stays as it is from frame to frame.
///
/// It knows what is on the screen by what it sent; `forget` after anybody else wrote there. It never writes itself.
package struct ScreenWriter {
  private let language: any TerminalLanguage
  private var shown: Canvas?
  /// The terminal's; nil while unknown.
  private var pen: Style?
  private var place: Point?
  private var columns = 0
  private var isCursorVisible: Bool?
  private var output: [UInt8] = []
  /// What styles of the theme become here.
  private var looks: [Style: Style] = [:]

  package init(language: any TerminalLanguage) { self.language = language }

  package mutating func forget() {
    shown = nil
    pen = nil
    place = nil
    isCursorVisible = nil
  }

  /// - Returns: nothing when the screen shows this already.
  package mutating func bytes(showing canvas: Canvas) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    columns = canvas.size.columns
    let old = shown?.size == canvas.size ? shown! : cleared(canvas.size)
    let gone = erasePictures(of: old, missingIn: canvas)
    for row in 0..<canvas.size.rows {
      let isUnveiled = gone.contains { $0.row <= row && row < $0.endRow }
      if !isUnveiled, old.row(row).elementsEqual(canvas.row(row)) { continue }
      write(canvas.row(row), over: isUnveiled ? nil : old.row(row), at: row, isLast: row == canvas.size.rows - 1)
    }
    drawPictures(of: canvas, over: old)
    placeCursor(canvas.cursor)
    shown = canvas
    return output
  }

  /// What is not made of cells. Where it leaves the cursor and the pen is not known.
  mutating func say(_ bytes: [UInt8], at point: Point? = nil) {
    guard !bytes.isEmpty else { return }
    if let point { output += language.move(to: point) }
    output += bytes
    place = nil
    pen = nil
  }

  private mutating func cleared(_ size: Size) -> Canvas {
    pen = nil
    setPen(.plain)
    output += language.clear
    place = Point(column: 0, row: 0)
    return Canvas(size: size)
  }

  private mutating func placeCursor(_ point: Point?) {
    if let point, place != point {
      output += language.move(to: point)
      place = point
    }
    guard isCursorVisible != (point != nil) else { return }
    isCursorVisible = point != nil
    output += language.showCursor(point != nil)
  }
}

// One row.
extension ScreenWriter {
  private typealias Row = ArraySlice<Cell>

  /// - Parameter old: what stands there; nil where nobody knows.
  private mutating func write(_ new: Row, over old: Row?, at row: Int, isLast: Bool) {
    let width = isLast && !language.hasLastCorner ? new.count - 1 : new.count
    let new = Array(new)
    // How far an unsure glyph reached is known to nobody: its row is written whole.
    let isUnsure = new.contains(where: isUnsure) || old?.contains(where: isUnsure) ?? true
    let old = isUnsure || old == nil ? Array(repeating: Cell.unknown, count: new.count) : Array(old!)
    var column = 0
    while column < width {
      guard !looksAlike(new[column], old[column]) else {
        column += 1
        continue
      }
      let blanks = blanks(new, over: old, from: column, to: width)
      if blanks > 0, erase(blanks, new, at: column, row) {
        column += blanks
        continue
      }
      go(to: column, row, in: new)
      put(new[column], row)
      column += max(1, new[column].width)
    }
  }

  private mutating func put(_ cell: Cell, _ row: Int) {
    // The right half of a wide one whose left half stands already.
    guard cell.width > 0 else { return }
    setPen(look(cell.style), forBlank: cell.isBlank)
    let start = place ?? Point(column: 0, row: row)
    let isUnsure = isUnsure(cell)
    if isUnsure {
      // It may be narrower than its room.
      output += Array(repeating: 0x20, count: cell.width)
      output += language.move(to: start)
    }
    output += text(of: cell)
    let column = start.column + cell.width
    // Where terminals disagree about a width, or would wrap, nobody knows.
    place = !isUnsure && column < columns ? Point(column: column, row: row) : nil
  }

  private func isUnsure(_ cell: Cell) -> Bool {
    if !cell.isSure { return true }
    guard language.doubtsAmbiguous, let base = cell.text.unicodeScalars.first else { return false }
    return isAmbiguous(base)
  }

  /// How many blanks of one background begin here, up to the last that is not there yet.
  private mutating func blanks(_ new: [Cell], over old: [Cell], from start: Int, to end: Int) -> Int {
    guard new[start].isBlank else { return 0 }
    let ground = look(new[start].style).ground
    var count = 0
    var column = start
    while column < end, new[column].isBlank, look(new[column].style).ground == ground {
      if !looksAlike(new[column], old[column]) { count = column - start + 1 }
      column += 1
    }
    // To the end of the row it does not matter how many.
    return column == new.count ? column - start : count
  }

  /// - Returns: false where writing spaces is shorter, or the only way.
  private mutating func erase(_ count: Int, _ new: [Cell], at column: Int, _ row: Int) -> Bool {
    let isEnd = column + count == new.count
    let style = look(new[column].style)
    // What follows has to be gone to.
    guard let word = isEnd ? language.eraseLine : language.erase(count), word.count + (isEnd ? 0 : 4) < count,
      style.attributes.isDisjoint(with: [.underline, .reverse])
    else { return false }
    go(to: column, row, in: new)
    setPen(style, forBlank: true)
    output += word
    return true
  }

  /// Whether a terminal would show the same: the colour of letters does not show where there are none.
  private mutating func looksAlike(_ a: Cell, _ b: Cell) -> Bool {
    if a == b { return true }
    return a.isBlank && b.isBlank && look(a.style).ground == look(b.style).ground
  }

  /// By the shortest way: a word, or what stands between once again.
  private mutating func go(to column: Int, _ row: Int, in cells: [Cell]) {
    let target = Point(column: column, row: row)
    guard place != target else { return }
    var way = language.move(to: target)
    if let place, place.row == row {
      if let word = language.move(toColumn: column), word.count < way.count { way = word }
      if let back = language.back, place.column > column, place.column - column < way.count {
        way = Array(repeating: back, count: place.column - column)
      }
    }
    if let place, place.row == row, place.column < column {
      let distance = column - place.column
      if let word = language.forward(distance), word.count < way.count { way = word }
      if distance < way.count, let again = again(cells[place.column..<column]) { way = again }
    }
    output += way
    place = target
  }

  /// The cells as they stand, where that takes one byte each and no other pen.
  private mutating func again(_ cells: ArraySlice<Cell>) -> [UInt8]? {
    guard let pen else { return nil }
    var bytes: [UInt8] = []
    for cell in cells {
      guard cell.width == 1, cell.text.utf8.count == 1, suits(pen, look(cell.style), isBlank: cell.isBlank) else {
        return nil
      }
      bytes += Array(cell.text.utf8)
    }
    return bytes
  }
}

// The pen.
extension ScreenWriter {
  private mutating func look(_ style: Style) -> Style {
    if let look = looks[style] { return look }
    let look = language.reduced(style)
    looks[style] = look
    return look
  }

  private func suits(_ pen: Style, _ style: Style, isBlank: Bool) -> Bool {
    if pen == style { return true }
    return isBlank && pen.ground == style.ground
  }

  private mutating func setPen(_ style: Style, forBlank: Bool = false) {
    if let pen, suits(pen, style, isBlank: forBlank) { return }
    if let change = pen.flatMap({ words(from: $0, to: style) }) {
      output += joined(change)
    } else {
      output += joined([language.plain] + (words(from: .plain, to: style) ?? []))
    }
    pen = style
  }

  /// - Returns: nil where the way leads over the plain style.
  private func words(from: Style, to: Style) -> [[UInt8]]? {
    // One word ends both.
    if from.attributes.isSuperset(of: [.bold, .faint]), from.attributes != to.attributes { return nil }
    guard var words = language.words(ending: from.attributes.subtracting(to.attributes)) else { return nil }
    words += language.words(for: to.attributes.subtracting(from.attributes))
    if from.foreground != to.foreground {
      guard let word = language.foreground(to.foreground) else { return nil }
      words.append(word)
    }
    if from.background != to.background {
      guard let word = language.background(to.background) else { return nil }
      words.append(word)
    }
    return words
  }

  /// `ESC [ 1 m`, `ESC [ 3 1 m` → `ESC [ 1 ; 3 1 m` (ECMA-48, SGR).
  private func joined(_ words: [[UInt8]]) -> [UInt8] {
    guard words.count > 1 else { return words.first ?? [] }
    let bodies = words.map(selection)
    guard bodies.allSatisfy({ $0 != nil }) else { return words.flatMap { $0 } }
    return [0x1B, 0x5B] + bodies.map { $0! }.joined(separator: [UInt8(ascii: ";")]) + [UInt8(ascii: "m")]
  }

  private func selection(_ word: [UInt8]) -> ArraySlice<UInt8>? {
    guard word.count >= 3, word.starts(with: [0x1B, 0x5B]), word.last == UInt8(ascii: "m") else { return nil }
    let body = word.dropFirst(2).dropLast()
    return body.allSatisfy { (0x30...0x3B).contains($0) } ? body : nil
  }

  private func text(of cell: Cell) -> [UInt8] {
    let scalars = cell.text.unicodeScalars
    guard let base = scalars.first else { return [0x20] }
    if base.value < 0x7F, scalars.count == 1, !cell.endsRightToLeft { return [UInt8(base.value)] }
    // A left-to-right mark ends the direction, lest a terminal that reorders draws the row's rest elsewhere.
    let isMarked = cell.endsRightToLeft && language.keepsDirection
    return Array((isMarked ? cell.text + "\u{200E}" : cell.text).utf8)
  }
}

extension Style {
  /// What shows of it where there is no letter.
  fileprivate var ground: Style {
    attributes.isDisjoint(with: [.underline, .reverse]) ? Style(background: background) : self
  }
}

extension Cell {
  fileprivate var isBlank: Bool { width == 1 && text == " " }

  /// Like no cell that can be asked for.
  fileprivate static let unknown = Cell(text: "\u{FFFF}", style: .plain, width: 1)
}
