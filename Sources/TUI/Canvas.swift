/// A picture made of cells. Whatever is written on it is made safe on the way; what does not fit is cut.
package struct Canvas: Hashable, Sendable {
  package let size: Size
  /// Row after row.
  package private(set) var cells: [Cell]
  /// Where the terminal's own cursor blinks; nil hides it.
  package var cursor: Point?
  /// Drawn by the terminal over the cells, which must be blank there.
  package var pictures: [PlacedPicture] = []
  /// The lists on it that can be moved.
  package var lists: [ShownList] = []
  /// Stands, one column wide, where text is cut.
  package var ellipsis = "…"

  package init(size: Size, style: Style = .plain) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank(style), count: self.size.columns * self.size.rows)
  }

  package subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

  /// The cells of one row.
  package func row(_ row: Int) -> ArraySlice<Cell> { cells[(row * size.columns)..<((row + 1) * size.columns)] }

  /// From the first to the last column of a row that is not as on a canvas of the same size; nil where all are.
  func differingColumns(_ row: Int, from other: Canvas) -> ClosedRange<Int>? {
    let range = (row * size.columns)..<((row + 1) * size.columns)
    guard !range.isEmpty else { return nil }
    return cells.withUnsafeBufferPointer { mine in
      other.cells.withUnsafeBufferPointer { others in
        guard Cell.differ(mine.baseAddress! + range.lowerBound, others.baseAddress! + range.lowerBound, range.count)
        else { return nil }
        let first = range.first { mine[$0] != others[$0] }!
        let last = range.last { mine[$0] != others[$0] }!
        return (first - range.lowerBound)...(last - range.lowerBound)
      }
    }
  }

  /// The rows as text without spaces at their ends: for tests and for eyes.
  package var lines: [String] {
    (0..<size.rows).map { row in
      var line = self.row(row).map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension Canvas {
  /// Writes text from a place on, in at most `columns` columns (else up to the row's end); longer text ends in "…".
  /// Returns the columns taken.
  @discardableResult
  package mutating func write(_ text: String, at column: Int, _ row: Int, columns: Int = .max, style: Style) -> Int {
    guard row >= 0, row < size.rows, column >= 0, column < size.columns, columns > 0 else { return 0 }
    let place = Point(column: column, row: row)
    let room = min(columns, size.columns - column)
    let look = Look(style)
    if let used = writeASCII(text, at: place, room: room, look) ?? writePlain(text, at: place, room: room, look) {
      return used
    }
    return writeGlyphs(text, at: place, room: room, look)
  }

  /// Writes texts one right after another, each with a direction of its own, in at most `columns` columns together; what is too
  /// long ends in "…". Returns the columns taken.
  @discardableResult
  package mutating func write(
    _ texts: [String], at column: Int, _ row: Int, columns: Int = .max, style: Style
  ) -> Int {
    let room = min(columns, size.columns - column)
    var used = 0
    for (index, text) in texts.enumerated() {
      let isCut = index + 1 < texts.count && used + columnWidth(of: text, upTo: room) >= room
      // Together with what follows, it ends in "…" even where it would fit by itself.
      let shown = isCut ? texts[index...].joined() : text
      used += write(shown, at: column + used, row, columns: room - used, style: style)
      if isCut { break }
    }
    return used
  }

  /// Writes text so that it ends before `column`; longer text is cut to `columns`. Returns the columns taken.
  @discardableResult
  package mutating func write(
    _ text: String, endingAt column: Int, _ row: Int, columns: Int = .max, style: Style
  ) -> Int {
    let width = min(columnWidth(of: text, upTo: columns), columns, column)
    return write(text, at: column - width, row, columns: width, style: style)
  }

  /// Empties a part and gives it a style.
  package mutating func fill(_ rect: Rect, style: Style, with text: String = " ") {
    fill(rect, with: Cell(text: text, style: style, width: 1))
  }

  /// - Parameter cell: a narrow one.
  private mutating func fill(_ rect: Rect, with cell: Cell) {
    let columns = max(0, rect.column)..<max(0, rect.column, min(rect.endColumn, size.columns))
    guard !columns.isEmpty else { return }
    for row in max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows)) {
      let start = row * size.columns
      clearHalves(at: start + columns.lowerBound, column: columns.lowerBound)
      clearHalves(at: start + columns.upperBound - 1, column: columns.upperBound - 1)
      cells.withUnsafeMutableBufferPointer { cells in
        for column in columns { cells[start + column] = cell }
      }
    }
  }

  /// Puts one cell down. A wide one that is half covered becomes blank, so that no half is left standing.
  mutating func put(_ cell: Cell, _ column: Int, _ row: Int) {
    let index = row * size.columns + column
    clearHalves(at: index, column: column)
    cells[index] = cell
    guard cell.width == 2 else { return }
    clearHalves(at: index + 1, column: column + 1)
    cells[index + 1] = .rightHalf(cell.look)
  }

  /// nil: cells like none that can be asked for.
  mutating func replace(_ row: Int, with cells: ArraySlice<Cell>?) {
    let range = (row * size.columns)..<((row + 1) * size.columns)
    self.cells.replaceSubrange(range, with: cells ?? ArraySlice(repeating: .unknown, count: size.columns))
  }

  /// Takes a part over from a canvas of the same size, with the pictures and lists in it. No wide glyph may stand on its edge.
  package mutating func take(_ rect: Rect, from other: Canvas) {
    let columns = max(0, rect.column)..<max(0, rect.column, min(rect.endColumn, size.columns))
    guard other.size == size, !columns.isEmpty else { return }
    for row in max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows)) {
      let range = (row * size.columns + columns.lowerBound)..<(row * size.columns + columns.upperBound)
      cells.withUnsafeMutableBufferPointer { mine in
        other.cells.withUnsafeBufferPointer { others in
          for index in range { mine[index] = others[index] }
        }
      }
    }
    pictures += other.pictures.filter { rect.holds($0.rect) }
    lists += other.lists.filter { rect.holds($0.rect) }
  }

  private mutating func clearHalves(at index: Int, column: Int) {
    if cells[index].isNarrow { return }
    if cells[index].width == 0, column > 0 { cells[index - 1] = .blank(cells[index - 1].look) }
    if cells[index].width == 2, column + 1 < size.columns { cells[index + 1] = .blank(cells[index].look) }
  }
}

// Most text is of letters that neither join nor reorder: it goes into the cells as it is read.
extension Canvas {
  /// nil where it has other letters among those that can be seen.
  private mutating func writeASCII(_ text: String, at place: Point, room: Int, _ look: Look) -> Int? {
    let start = place.row * size.columns + place.column
    let length = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      guard bytes.prefix(room + 1).allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
      guard !bytes.isEmpty else { return 0 }
      let shown = bytes.count > room ? room - 1 : bytes.count
      let used = min(bytes.count, room)
      clearHalves(at: start, column: place.column)
      clearHalves(at: start + used - 1, column: place.column + used - 1)
      cells.withUnsafeMutableBufferPointer { cells in
        for index in 0..<shown { cells[start + index] = Cell(UInt32(bytes[index]), look) }
      }
      return bytes.count
    }
    guard let length, let length else { return nil }
    if length > room { cells[start + room - 1] = Cell(GlyphNumbers.number(of: ellipsis), look) }
    return min(length, room)
  }

  /// nil where it has letters of another kind among those that can be seen.
  private mutating func writePlain(_ text: String, at place: Point, room: Int, _ look: Look) -> Int? {
    guard let extent = plainExtent(of: text, room) else { return nil }
    var column = place.column
    for scalar in text.unicodeScalars {
      let width = plainWidth(of: scalar)!
      guard column + width <= place.column + extent.columns else { break }
      put(Cell(scalar.value, look, width: width), column, place.row)
      column += width
    }
    guard extent.isCut else { return column - place.column }
    put(Cell(GlyphNumbers.number(of: ellipsis), look), column, place.row)
    return column + 1 - place.column
  }

  /// How many columns of plain text there is room for, and whether it needs more; nil where not all of that is plain.
  private func plainExtent(of text: String, _ room: Int) -> (columns: Int, isCut: Bool)? {
    var columns = 0
    var cut = 0
    for scalar in text.unicodeScalars {
      guard let width = plainWidth(of: scalar) else { return nil }
      columns += width
      if columns <= room - 1 { cut = columns }
      if columns > room { return (cut, true) }
    }
    return (columns, false)
  }

  private mutating func writeGlyphs(_ text: String, at place: Point, room: Int, _ look: Look) -> Int {
    let glyphs = fitted(glyphs(of: text, columns: room), to: room, ellipsis)
    var column = place.column
    // Brackets and full stops after the last letter belong to it; blanks look alike wherever they stand.
    var end = column
    for glyph in glyphs {
      put(Cell(glyph, look), column, place.row)
      if glyph.text != " " { end = column }
      column += glyph.width
    }
    if glyphs.contains(where: \.isRightToLeft) { cells[place.row * size.columns + end].endRightToLeft() }
    return column - place.column
  }
}
