import Core
import TUI

/// The way of the sound, over the body of whatever screen is there.
struct SoundPane {
  let state: AppState

  func draw(over body: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let rows = state.soundRows
    canvas.fill(body, style: theme[.text])
    var rest = body
    let heading = rest.takeTop(1)
    canvas.write("The way of the sound", at: heading.column + 1, heading.row, style: theme[.headingFocused])
    drawPlace(rows.count, in: heading, on: &canvas, theme)
    let labels = state.soundLabelWidth(rows)
    for (line, row) in rows.dropFirst(state.sheet?.top ?? 0).prefix(state.sheetHeight).enumerated() {
      let at = rest.row + line
      canvas.write(row.label, at: rest.column + 1, at, columns: labels - 1, style: theme[.dim])
      canvas.write(row.text, at: rest.column + 1 + labels, at, columns: rest.columns - labels - 2, style: theme[.text])
    }
  }

  private func drawPlace(_ count: Int, in heading: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let top = state.sheet?.top ?? 0
    let last = min(count, top + state.sheetHeight)
    let hint = count > state.sheetHeight ? "\(top + 1)–\(last) of \(count)" : "esc closes"
    canvas.write(hint, endingAt: heading.endColumn - 1, heading.row, style: theme[.heading])
  }
}
