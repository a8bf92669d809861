import Core
import TUI

/// The tabs on the left, whose music it is on the right.
func drawHeader(_ state: AppState, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  let tabs = state.tabs
  for tab in tabs {
    let isCurrent = tab.screen == state.screen
    canvas.write(
      tab.label, at: tab.rect.column, rect.row, columns: max(0, rect.endColumn - tab.rect.column),
      style: theme[isCurrent ? .tabCurrent : .tab])
  }
  let room = rect.endColumn - (tabs.last?.rect.endColumn ?? 0) - 3
  guard room >= 6 else { return }
  let name = state.accounts.currentName
  let candidates = [name.map { "\($0) \(theme[Sign.separator]) dulcet" }, name, "dulcet"].compactMap(\.self)
  let text = candidates.first { columnWidth(of: $0) <= room } ?? ""
  canvas.write(text, endingAt: rect.endColumn - 1, rect.row, columns: room, style: theme[.brand])
}
