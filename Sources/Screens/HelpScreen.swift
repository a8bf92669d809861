import Core
import TUI

/// Every key that does something, as the keymap has it now.
struct HelpScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    var body = layout.body
    let heading = body.takeTop(1)
    let rows = state.helpRows
    canvas.write("Keys and commands", at: heading.column + 2, heading.row, style: theme[.headingFocused])
    let last = min(rows.count, state.help.top + body.rows)
    let place = "\(state.help.top + 1)–\(last) of \(rows.count)"
    canvas.write(place, endingAt: heading.endColumn - 2, heading.row, style: theme[.heading])
    for (line, row) in rows.dropFirst(state.help.top).prefix(body.rows).enumerated() {
      draw(row, at: body.row + line, body, on: &canvas, theme)
    }
  }

  private func draw(_ row: HelpRow, at line: Int, _ body: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let keysWidth = body.columns >= 60 ? 20 : 14
    let start = body.column + 2
    switch row {
    case .blank: break
    case .heading(let text): canvas.write(text, at: start, line, style: theme[.headingFocused])
    case .binding(let keys, let command, let summary):
      canvas.write(keys, at: start, line, columns: keysWidth - 1, style: theme[.key])
      let room = body.columns - keysWidth - 3
      let textWidth = body.columns >= 76 ? 38 : room
      canvas.write(summary, at: start + keysWidth, line, columns: textWidth, style: theme[.text])
      guard room - textWidth > 8 else { return }
      canvas.write(
        command, at: start + keysWidth + textWidth + 1, line, columns: room - textWidth - 1, style: theme[.dim])
    }
  }
}
