import Core
import TUI

/// Commands to choose from, over the screen: what was typed, and below it what fits, with its keys.
struct PalettePopup {
  let palette: PaletteState

  func draw(_ layout: PopupLayout, on canvas: inout Canvas, _ theme: Theme) {
    canvas.fill(layout.box, style: theme[.popup])
    if layout.isFramed { drawFrame(around: layout.box, on: &canvas, theme) }
    drawField(in: layout.field, isFramed: layout.isFramed, on: &canvas, theme)
    guard !palette.rows.isEmpty else {
      canvas.write("Nothing fits these words", at: layout.list.column + 2, layout.list.row, style: theme.onPopup(.dim))
      return
    }
    let visible = palette.rows.dropFirst(palette.list.top).prefix(layout.list.rows)
    for (line, row) in visible.enumerated() {
      let rect = Rect(
        column: layout.list.column, row: layout.list.row + line, columns: layout.list.columns, rows: 1)
      let isCursor = palette.list.top + line == palette.list.cursor
      draw(row, in: rect, lineStart: layout.lineStart, isCursor: isCursor, on: &canvas, theme)
    }
  }

  private func drawField(in rect: Rect, isFramed: Bool, on canvas: inout Canvas, _ theme: Theme) {
    let count = "\(palette.rows.count)"
    let title = isFramed ? "" : palette.title
    let sign = theme[Sign.prompt] + " "
    let used = canvas.write(sign, at: rect.column + 1, rect.row, style: theme[.popupTitle])
    canvas.write(count, endingAt: rect.endColumn - 1, rect.row, style: theme.onPopup(.dim))
    let field = Rect(
      column: rect.column + 1 + used, row: rect.row, columns: rect.columns - used - count.count - 4, rows: 1)
    drawTextField(palette.field, in: field, isFocused: true, role: .popup, on: &canvas, theme)
    if palette.field.characters.isEmpty {
      canvas.write(title, at: field.column + 1, field.row, columns: field.columns - 1, style: theme.onPopup(.dim))
    }
  }

  private func draw(
    _ row: PaletteRow, in rect: Rect, lineStart start: Int, isCursor: Bool, on canvas: inout Canvas, _ theme: Theme
  ) {
    func style(_ role: Role) -> Style { isCursor ? theme[.cursor] : theme.onPopup(role) }
    if isCursor { canvas.fill(rect, style: theme[.cursor]) }
    let sign = isCursor ? theme[Sign.collapsed] : " "
    canvas.write(sign, at: rect.column, rect.row, style: style(.popup))
    let keysWidth = canvas.write(
      row.keys, endingAt: rect.endColumn - 1, rect.row, columns: rect.columns / 3, style: style(.key))
    let room = rect.columns - 3 - (keysWidth > 0 ? keysWidth + 2 : 0)
    // A command has the room that is left: names are not cut for it.
    let line = row.shownLine.flatMap { line in
      let fits = columnWidth(of: row.summary) + 2 <= start && start + columnWidth(of: line) <= room
      return rect.columns >= 60 && fits ? line : nil
    }
    canvas.write(row.summary, at: rect.column + 2, rect.row, columns: room, style: style(.popup))
    if let line { canvas.write(line, at: rect.column + 2 + start, rect.row, columns: room - start, style: style(.dim)) }
  }

  private func drawFrame(around box: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let style = theme[.popupBorder]
    let across = String(repeating: theme[Sign.horizontal], count: max(0, box.columns - 2))
    canvas.write(theme[Sign.topLeft] + across + theme[Sign.topRight], at: box.column, box.row, style: style)
    canvas.write(
      theme[Sign.bottomLeft] + across + theme[Sign.bottomRight], at: box.column, box.endRow - 1, style: style)
    for row in box.row + 1..<box.endRow - 1 {
      canvas.write(theme[Sign.vertical], at: box.column, row, style: style)
      canvas.write(theme[Sign.vertical], at: box.endColumn - 1, row, style: style)
    }
    canvas.write(
      " \(palette.title) ", at: box.column + 2, box.row, columns: box.columns - 4, style: theme[.popupTitle])
  }
}
