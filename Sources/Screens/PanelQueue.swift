import Core
import Music
import TUI

/// What was heard, what plays in the middle, and what comes next, in the order in which it comes.
struct PanelQueue {
  let state: AppState

  func draw(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    guard !rect.isEmpty else { return }
    let (entries, current) = state.queue.around(rect.rows)
    guard !entries.isEmpty else {
      canvas.write("The queue is empty.", at: rect.column, rect.row, columns: rect.columns, style: theme.onPanel(.dim))
      return
    }
    let ground = theme[.panel].background
    for (row, entry) in entries.prefix(rect.rows).enumerated() {
      let line = Rect(column: rect.column, row: rect.row + row, columns: rect.columns, rows: 1)
      draw(entry.track, isCurrent: row == current, isHeard: row < current ?? 0, in: line, on: &canvas, theme, ground)
    }
  }

  private func draw(
    _ track: Track, isCurrent: Bool, isHeard: Bool, in rect: Rect, on canvas: inout Canvas, _ theme: Theme,
    _ ground: Colour
  ) {
    func style(_ role: Role) -> Style {
      theme.onPanel(isCurrent ? .current : isHeard || !state.isPlayable(track) ? .disabled : role)
    }
    let sign = isCurrent ? theme[stateSign(state.player.state)] : " "
    canvas.write(sign, at: rect.column, rect.row, style: style(.current))
    let room = rect.columns - 2
    let title = canvas.write(
      track.title, at: rect.column + 2, rect.row, columns: max(room * 3 / 5, room - columnWidth(of: track.artist) - 2),
      style: style(.text))
    guard room - title - 2 > 3 else { return }
    canvas.write(track.artist, endingAt: rect.endColumn, rect.row, columns: room - title - 2, style: style(.artist))
  }
}
