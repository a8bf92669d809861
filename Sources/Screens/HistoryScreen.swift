import Core
import Music
import TUI

/// What was heard, day by day, the latest first.
struct HistoryScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.history.plays
    let whenEmpty = pane.isLoaded ? "Nothing was heard yet. What you hear half of appears here." : "Reading…"
    var list = ListPane(title: "History", place: .history, state, whenEmpty: whenEmpty)
    let thisYear = pane.rows.lazy.compactMap(\.play).first { $0.day.daysAgo == 0 }?.day.year ?? yearNow
    let table = TrackTable(columns: layout.body.columns - 1, kind: .mixed)
    if !pane.rows.isEmpty { list.setHeadings(table, theme) }
    list.draw(in: layout.body, on: &canvas, theme) { picture(of: pane.rows[$0], thisYear: thisYear, table, theme) }
  }

  private func picture(of row: HistoryRow, thisYear: Int, _ table: TrackTable, _ theme: Theme) -> RowPicture {
    switch row {
    case .day(let day):
      return RowPicture(fields: [.init(text: day.title(thisYear: thisYear), role: .headingFocused)])
    case .play(let play):
      let isCurrent = state.queue.current?.track.id == play.track.id
      var track = play.track
      track.title = "\(play.time)  \(track.title)"
      return RowPicture(track, state, table, isCurrent: isCurrent, theme)
    }
  }

  /// Of the mean solar year: it only decides whether a date names its year.
  private var yearNow: Int { 1970 + Int(state.now.seconds / 31_556_952) }
}
