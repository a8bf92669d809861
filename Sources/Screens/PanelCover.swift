import Core
import Music
import TUI

/// The cover, or a frame in its place.
struct PanelCover {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty else { return }
    if let cover = state.panel.cover.shown, cover.picture.size.columns <= rect.columns,
      cover.picture.size.rows <= rect.rows, state.panel.pictures != .off
    {
      return canvas.draw(cover.picture, in: rect, style: theme[.panel])
    }
    drawFrame(rect, on: &canvas, theme)
    let style = theme.onPanel(.dim)
    let lines = broken(words, to: rect.columns - 4).prefix(max(0, rect.rows - 2))
    let start = rect.row + (rect.rows - lines.count) / 2
    for (row, line) in lines.enumerated() {
      let width = columnWidth(of: line)
      canvas.write(line, at: rect.column + (rect.columns - width) / 2, start + row, columns: width, style: style)
    }
  }

  private var words: String {
    if state.panelTrack == nil { return "Nothing is playing" }
    if state.panel.pictures == .off { return "" }
    switch state.panel.cover.phase {
    case .nothing, .shown, .loading: return ""
    case .none: return state.panelTrack?.isRadio == true ? "Radio" : "No cover"
    case .offline: return "No cover here, and no network"
    }
  }

  private func drawFrame(_ rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let style = theme.onPanel(.border)
    let (right, bottom) = (rect.endColumn - 1, rect.endRow - 1)
    for row in [rect.row, bottom] {
      canvas.fill(
        Rect(column: rect.column, row: row, columns: rect.columns, rows: 1), style: style, with: theme[Sign.horizontal])
    }
    for column in [rect.column, right] {
      canvas.fill(
        Rect(column: column, row: rect.row, columns: 1, rows: rect.rows), style: style, with: theme[Sign.vertical])
    }
    canvas.write(theme[Sign.topLeft], at: rect.column, rect.row, style: style)
    canvas.write(theme[Sign.topRight], at: right, rect.row, style: style)
    canvas.write(theme[Sign.bottomLeft], at: rect.column, bottom, style: style)
    canvas.write(theme[Sign.bottomRight], at: right, bottom, style: style)
  }
}
