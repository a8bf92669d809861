import Core
import Music
import TUI

/// What was done, the latest first: Enter undoes back to there.
struct ChangesScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.changes.steps
    let isShort = layout.body.columns < 60
    let list = ListPane(
      title: [isShort ? "What was done" : "What was done \(theme[Sign.separator]) Enter undoes back to there"],
      count: pane.rows.count,
      list: pane.list, isFocused: true,
      whenEmpty: pane.isLoaded
        ? "Nothing was done yet: no star, no rating, no change of a playlist or the queue." : "Reading…")
    list.draw(in: layout.body, on: &canvas, theme) { picture(of: pane.rows[$0]) }
  }

  private func picture(of row: ChangeRow) -> RowPicture {
    let word =
      switch row.state {
      case .done: ""
      case .undone: "undone"
      case .passedOver: "undone, no redo"
      }
    return RowPicture(
      fields: [RowPicture.Field(text: row.words)],
      endings: [.init(text: word), .init(text: (word.isEmpty ? "" : "  ") + age(of: row.made, at: state.now))],
      role: row.state == .done ? nil : .dim)
  }
}
