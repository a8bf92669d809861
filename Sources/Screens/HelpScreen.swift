import Core
import TUI

/// Every key that does something, as the keymap has it now; words narrow it down.
struct HelpScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    var body = layout.body
    let rows = state.helpRows
    drawHeading(in: body.takeTop(1), on: &canvas, theme)
    if rows.isEmpty { canvas.write("Nothing fits these words", at: body.column + 2, body.row, style: theme[.dim]) }
    let list = state.help.list
    for (line, row) in rows.dropFirst(list.top).prefix(body.rows).enumerated() {
      draw(row, at: body.row + line, body, isCursor: list.top + line == list.cursor, on: &canvas, theme)
    }
  }

  private func drawHeading(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let title = state.help.view.map { "Keys of \($0.title)" } ?? "Keys and commands"
    var column = rect.column + 2
    column += canvas.write(title, at: column, rect.row, style: theme[.headingFocused]) + 2
    let place = state.help.position
    canvas.write(place, endingAt: rect.endColumn - 2, rect.row, style: theme[.heading])
    let room = rect.endColumn - place.count - 3 - column
    guard state.help.isTyping || !state.help.field.characters.isEmpty else { return }
    let field = Rect(column: column, row: rect.row, columns: min(40, room), rows: 1)
    drawTextField(state.help.field, in: field, isFocused: state.help.isTyping, on: &canvas, theme)
  }

  private func draw(
    _ row: HelpRow, at line: Int, _ body: Rect, isCursor: Bool, on canvas: inout Canvas, _ theme: Theme
  ) {
    let keysWidth = body.columns >= 60 ? 20 : 14
    let start = body.column + 2
    func style(_ role: Role) -> Style { theme[isCursor ? .cursor : role] }
    switch row {
    case .blank: break
    case .heading(let text): canvas.write(text, at: start, line, style: theme[.headingFocused])
    case .binding(let keys, let command, let summary):
      let room = body.columns - keysWidth - 3
      let textWidth = body.columns >= 76 ? 38 : room
      if isCursor {
        let lit = Rect(column: body.column, row: line, columns: 2 + keysWidth + textWidth, rows: 1)
        canvas.fill(lit, style: theme[.cursor])
      }
      canvas.write(keys, at: start, line, columns: keysWidth - 1, style: style(.key))
      canvas.write(summary, at: start + keysWidth, line, columns: textWidth, style: style(.text))
      guard room - textWidth > 8 else { return }
      canvas.write(
        command, at: start + keysWidth + textWidth + 1, line, columns: room - textWidth - 1, style: theme[.dim])
    }
  }
}
