import TUI

/// What holds of every canvas, whatever is drawn on it; nil, or what is wrong.
func fault(of canvas: Canvas, size: Size) -> String? {
  guard canvas.size == size, canvas.cells.count == size.columns * size.rows else { return "it is \(canvas.size)" }
  for row in 0..<size.rows {
    var isHalf = false
    for (column, cell) in canvas.row(row).enumerated() {
      if let fault = fault(of: cell, isHalf: isHalf, isLast: column == size.columns - 1) {
        return
          "\(fault) at column \(column) of row \(row): “\(cell.text.unicodeScalars.map { String($0.value, radix: 16) })”"
      }
      isHalf = cell.width == 2
    }
  }
  if let cursor = canvas.cursor, !Rect(size).contains(cursor) { return "the cursor is at \(cursor)" }
  for picture in canvas.pictures where !Rect(size).contains(picture.rect) { return "a picture is at \(picture.rect)" }
  return nil
}

/// `isHalf`: the cell before is a wide one's left half.
private func fault(of cell: Cell, isHalf: Bool, isLast: Bool) -> String? {
  if isHalf != (cell.width == 0) { return isHalf ? "a right half is missing" : "a right half stands alone" }
  if cell.width == 0 { return cell.text.isEmpty ? nil : "text in a right half" }
  if cell.width == 2, isLast { return "a wide one is cut" }
  let text = cell.text.unicodeScalars
  if text.count == 1, let value = text.first?.value, (0x20..<0x7F).contains(value) {
    return cell.width == 1 ? nil : "an ASCII letter of \(cell.width) columns"
  }
  if text.isEmpty { return "nothing" }
  for scalar in text where isControl(scalar) { return "a control character" }
  let width = columnWidth(of: cell.text)
  return width == cell.width ? nil : "\(width) columns in \(cell.width)"
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
  default: false
  }
}

extension Rect {
  fileprivate func contains(_ point: Point) -> Bool {
    (column..<endColumn).contains(point.column) && (row..<endRow).contains(point.row)
  }

  fileprivate func contains(_ other: Rect) -> Bool {
    other.column >= column && other.endColumn <= endColumn && other.row >= row && other.endRow <= endRow
  }
}
