// Pictures that the terminal draws over the cells.
extension ScreenWriter {
  /// Takes pictures away that are there no more; returns where cells have to be written again.
  mutating func erasePictures(of old: Canvas, missingIn new: Canvas) -> [Rect] {
    let gone = old.pictures.filter { !new.pictures.contains($0) }
    for picture in gone { say(picture.eraseBytes) }
    return gone.map(\.rect)
  }

  /// Those that are drawn already and beneath which nothing has to be written.
  func picturesThatStay(on canvas: Canvas, over old: Canvas, unveiled: [Rect]) -> [PlacedPicture] {
    canvas.pictures.filter { picture in
      guard old.pictures.contains(picture), old.hasSameCells(as: canvas, in: picture.rect) else { return false }
      return !unveiled.contains { $0.meets(picture.rect) } && !isReached(picture.rect, canvas, old, unveiled)
    }
  }

  /// Draws those that are new, or may be under what was written.
  mutating func drawPictures(of canvas: Canvas) {
    for picture in canvas.pictures where !kept.contains(picture) {
      say(picture.drawBytes, at: Point(column: picture.rect.column, row: picture.rect.row))
    }
  }

  /// Where a row is neither written nor emptied, since pictures stay there.
  func keptColumns(_ row: Int) -> [Range<Int>] {
    kept.filter { $0.rect.hasRow(row) }.map { $0.rect.columns(within: columns) }
  }

  func isKept(_ range: Range<Int>, _ row: Int) -> Bool {
    kept.contains { $0.rect.hasRow(row) && $0.rect.columns(within: columns).overlaps(range) }
  }

  /// Whether a glyph that is written, or replaced, may be drawn wider than its room, up to there.
  private func isReached(_ rect: Rect, _ canvas: Canvas, _ old: Canvas, _ unveiled: [Rect]) -> Bool {
    (max(0, rect.row)..<max(0, rect.row, min(rect.endRow, canvas.size.rows))).contains { row in
      guard reaches(rect.column, canvas.row(row)) || reaches(rect.column, old.row(row)) else { return false }
      return unveiled.contains { $0.hasRow(row) } || canvas.differingColumns(row, from: old) != nil
    }
  }

  private func reaches(_ column: Int, _ cells: ArraySlice<Cell>) -> Bool {
    let before = cells.prefix(max(0, column))
    guard hasUnsure(before) else { return false }
    // Nobody draws a scalar wider than two columns.
    return before.enumerated().contains { place, cell in
      isUnsure(cell) && place + 2 * cell.text.unicodeScalars.count > column
    }
  }
}

extension Canvas {
  fileprivate func hasSameCells(as other: Canvas, in rect: Rect) -> Bool {
    let columns = rect.columns(within: size.columns)
    return (max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows))).allSatisfy { row in
      columns.allSatisfy { self[$0, row] == other[$0, row] }
    }
  }
}

extension Rect {
  func hasRow(_ row: Int) -> Bool { self.row <= row && row < endRow }

  fileprivate func meets(_ other: Rect) -> Bool {
    column < other.endColumn && other.column < endColumn && row < other.endRow && other.row < endRow
  }

  fileprivate func columns(within count: Int) -> Range<Int> {
    max(0, column)..<max(0, column, min(endColumn, count))
  }
}
