import Core
import TUI

/// The tabs on the left, whose music it is on the right.
func drawHeader(_ state: AppState, in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  // The last one's tab, so that no other's number depends on it.
  let names = ScreenName.allCases.filter {
    $0 != .radio || state.screen == .radio || !state.radio.stations.rows.isEmpty
  }
  let fullWidth = names.reduce(1) { $0 + $1.title.count + 4 }
  let isShort = fullWidth > rect.columns
  var column = rect.column
  for (index, name) in names.enumerated() {
    let isCurrent = name == state.screen
    let label = isShort && !isCurrent ? " \(index + 1) " : " \(index + 1) \(name.title) "
    column += canvas.write(label, at: column, rect.row, style: theme[isCurrent ? .tabCurrent : .tab])
  }
  let room = rect.endColumn - column - 3
  guard room >= 6 else { return }
  let name = state.accounts.currentName
  let candidates = [name.map { "\($0) · dulcet" }, name, "dulcet"].compactMap(\.self)
  let text = candidates.first { columnWidth(of: $0) <= room } ?? ""
  canvas.write(text, endingAt: rect.endColumn - 1, rect.row, columns: room, style: theme[.brand])
}
