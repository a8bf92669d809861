import Core
import TUI

/// A sheet, over the body of whatever screen is there.
struct SheetPane {
  let state: AppState

  func draw(over body: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let rows = state.sheetRows
    canvas.fill(body, style: theme[.text])
    var rest = body
    let heading = rest.takeTop(1)
    canvas.write(state.sheetTitle, at: heading.column + 2, heading.row, style: theme[.headingFocused])
    drawPlace(rows.count, in: heading, on: &canvas, theme)
    let labels = state.sheetLabelWidth(rows)
    for (line, row) in rows.dropFirst(state.sheet?.top ?? 0).prefix(state.sheetHeight).enumerated() {
      let at = rest.row + line
      let start = rest.column + 2
      if row.isHeading {
        canvas.write(row.label, at: start, at, columns: rest.columns - 4, style: theme[.heading])
        continue
      }
      canvas.write(row.label, at: start, at, columns: labels - 1, style: theme[.dim])
      canvas.write(row.text, at: start + labels, at, columns: rest.columns - labels - 3, style: theme[.text])
    }
  }

  private func drawPlace(_ count: Int, in heading: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let top = state.sheet?.top ?? 0
    let last = min(count, top + state.sheetHeight)
    let hint = count > state.sheetHeight ? "\(top + 1)–\(last) of \(count)" : "esc closes"
    canvas.write(hint, endingAt: heading.endColumn - 2, heading.row, style: theme[.heading])
  }
}
