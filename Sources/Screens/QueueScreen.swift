import Core
import Music
import TUI

/// What plays and what follows.
struct QueueScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let entries = state.queue.entries
    let table = TrackTable(columns: layout.body.columns - 1, kind: .mixed)
    let (play, add) = (state.key(for: .activate, in: .library), state.key(for: .add, in: .library))
    var list = ListPane(
      title: title(theme), place: .queue, state,
      whenEmpty: "The queue is empty. In the library, \(play) plays a row and \(add) adds it here.")
    if !entries.isEmpty { list.setHeadings(table, theme) }
    list.draw(in: layout.body, on: &canvas, theme) { index in
      RowPicture(entries[index].track, state, table, isCurrent: index == state.queue.currentIndex, theme)
    }
  }

  private func title(_ theme: Theme) -> String {
    let seconds = state.queue.entries.count <= 5_000 ? state.queue.entries.reduce(0) { $0 + $1.track.duration } : 0
    return seconds > 0 ? "Queue \(theme[Sign.separator]) \(clock(.seconds(seconds)))" : "Queue"
  }
}
