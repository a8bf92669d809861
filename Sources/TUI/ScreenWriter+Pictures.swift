// Pictures that the terminal draws over the cells.
extension ScreenWriter {
  /// Takes pictures away that are there no more; returns where cells have to be written again.
  mutating func erasePictures(of old: Canvas, missingIn new: Canvas) -> [Rect] {
    let gone = old.pictures.filter { !new.pictures.contains($0) }
    for picture in gone { say(picture.eraseBytes) }
    return gone.map(\.rect)
  }

  /// Draws pictures that are new, or under which something was written.
  mutating func drawPictures(of canvas: Canvas, over old: Canvas) {
    for picture in canvas.pictures {
      if old.pictures.contains(picture), old.hasSameCells(as: canvas, in: picture.rect) { continue }
      say(picture.drawBytes, at: Point(column: picture.rect.column, row: picture.rect.row))
    }
  }
}

extension Canvas {
  fileprivate func hasSameCells(as other: Canvas, in rect: Rect) -> Bool {
    let columns = max(0, rect.column)..<max(0, rect.column, min(rect.endColumn, size.columns))
    return (max(0, rect.row)..<max(0, rect.row, min(rect.endRow, size.rows))).allSatisfy { row in
      columns.allSatisfy { self[$0, row] == other[$0, row] }
    }
  }
}
