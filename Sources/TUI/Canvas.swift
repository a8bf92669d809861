/// One place of the canvas.
package struct Cell: Hashable, Sendable {
  /// One base character with its marks, safe for a terminal; empty in the right half of a wide one.
  package var text: String
  package var style: Style
  /// 1 or 2; 0 in the right half of a wide one.
  package var width: Int
  /// Whether right-to-left text ends here: the terminal must not carry its direction on to what follows.
  package var endsRightToLeft = false
  /// False where terminals disagree about the width: the next cell's place must be said.
  package var isSure = true

  package init(
    text: String, style: Style, width: Int, endsRightToLeft: Bool = false, isSure: Bool = true
  ) {
    self.text = text
    self.style = style
    self.width = width
    self.endsRightToLeft = endsRightToLeft
    self.isSure = isSure
  }

  package static func blank(_ style: Style) -> Cell { Cell(text: " ", style: style, width: 1) }
}

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
    guard row >= 0, row < size.rows, column >= 0, column < size.columns else { return 0 }
    let room = min(columns, size.columns - column)
    var at = column
    var lastRightToLeft: Int?
    for glyph in fitted(glyphs(of: text, columns: room), to: room, ellipsis) {
      put(Cell(text: glyph.text, style: style, width: glyph.width, isSure: glyph.isSure), at, row)
      if glyph.isRightToLeft { lastRightToLeft = at }
      at += glyph.width
    }
    if let lastRightToLeft { cells[row * size.columns + lastRightToLeft].endsRightToLeft = true }
    return at - column
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
    for row in max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows)) {
      for column in max(0, rect.column)..<max(0, rect.column, min(rect.endColumn, size.columns)) {
        put(Cell(text: text, style: style, width: 1), column, row)
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
    cells[index + 1] = Cell(text: "", style: cell.style, width: 0)
  }

  /// nil: cells like none that can be asked for.
  mutating func replace(_ row: Int, with cells: [Cell]?) {
    let range = (row * size.columns)..<((row + 1) * size.columns)
    self.cells.replaceSubrange(range, with: cells ?? Array(repeating: .unknown, count: size.columns))
  }

  private mutating func clearHalves(at index: Int, column: Int) {
    if cells[index].width == 0, column > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
    if cells[index].width == 2, column + 1 < size.columns { cells[index + 1] = .blank(cells[index].style) }
  }
}
