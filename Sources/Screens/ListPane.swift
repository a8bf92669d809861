import Core
import TUI

/// A list with its heading: draws the rows that are in sight and asks for no others.
struct ListPane {
  var title: String
  var count: Int
  var list: ListCursor
  var isFocused: Bool
  /// Said in place of rows when there are none.
  var whenEmpty = ""

  /// `row` gives a row's picture; it is called for visible rows only.
  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, row picture: (Int) -> RowPicture) {
    var body = rect
    drawHeading(in: body.takeTop(1), on: &canvas, theme)
    if count == 0 { return drawEmpty(in: body, on: &canvas, theme) }
    drawRows(in: body, on: &canvas, theme, row: picture)
  }

  /// The rows alone, for lists with a heading of another kind.
  func drawRows(in rect: Rect, on canvas: inout Canvas, _ theme: Theme, row picture: (Int) -> RowPicture) {
    var body = rect
    let bar = count > body.rows ? body.takeRight(1) : body.takeRight(0)
    for place in 0..<min(body.rows, max(0, count - list.top)) {
      let index = list.top + place
      let line = Rect(column: body.column, row: body.row + place, columns: body.columns, rows: 1)
      picture(index).draw(in: line, on: &canvas, theme, over: emphasis(of: index))
    }
    drawScrollbar(in: bar, on: &canvas, theme)
  }

  private func emphasis(of index: Int) -> Role? {
    if index == list.cursor { return isFocused ? .cursor : .cursorUnfocused }
    return list.marked.contains(index) ? .marked : nil
  }

  private func drawHeading(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let style = theme[isFocused ? .headingFocused : .heading]
    let used = canvas.write(title, at: rect.column + 1, rect.row, columns: rect.columns - 2, style: style)
    guard count > 0 else { return }
    let place = list.marked.isEmpty ? "\(min(list.cursor, count - 1) + 1)/\(count)" : "\(list.marked.count) marked"
    guard used + columnWidth(of: place) + 4 <= rect.columns else { return }
    canvas.write(place, endingAt: rect.endColumn - 1, rect.row, style: theme[.heading])
  }

  private func drawEmpty(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let lines = wrapped(whenEmpty, to: rect.columns - 3)
    for (row, line) in lines.prefix(rect.rows).enumerated() {
      canvas.write(line, at: rect.column + 2, rect.row + row, style: theme[.dim])
    }
  }

  /// A thumb as long as the part in sight, at least one row.
  private func drawScrollbar(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty, count > rect.rows else { return }
    let length = max(1, rect.rows * rect.rows / count)
    let start = (rect.rows - length) * list.top / max(1, count - rect.rows)
    let thumb = Rect(column: rect.column, row: rect.row + start, columns: 1, rows: length)
    canvas.fill(thumb, style: theme[.scrollbar], with: theme[Sign.scrollThumb])
  }
}
