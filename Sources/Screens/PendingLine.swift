import Core
import TUI

/// Keys that wait for more: on the last line what was pressed, above it what may follow.
struct PendingLine {
  let pending: PendingKeys
  let keymap: Keymap
  let screen: ScreenName

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let line = layout.line
    canvas.fill(line, style: theme[.prompt])
    let pressed = (pending.count.map(String.init) ?? "") + pending.keys.map(\.description).joined(separator: " ")
    let used = canvas.write("\(pressed)\(theme[.ellipsis])", at: line.column + 1, line.row, style: theme[.prompt])
    let hint =
      pending.keys.isEmpty ? "a key that takes a number, as in \(pressed)j   escape cancels" : "escape cancels"
    canvas.write(
      hint, at: line.column + 3 + used, line.row, columns: line.columns - used - 4, style: theme[.prompt])
    if !pending.keys.isEmpty { drawFollowers(layout, on: &canvas, theme) }
  }

  /// In columns, read from top to bottom.
  private func drawFollowers(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let followers = keymap.followers(of: pending.keys, in: screen).map { ($0.rest.keysText, $0.command.summary) }
    let keysWidth = followers.map { columnWidth(of: $0.0) }.max() ?? 0
    let room = layout.line.columns - 2
    let longest = keysWidth + 4 + (followers.map { columnWidth(of: $0.1) }.max() ?? 0)
    let width = max(1, min(longest, room / 2))
    let columns = room / width
    let rows = min((followers.count + columns - 1) / columns, max(1, layout.body.rows - 1))
    let first = layout.line.row - rows
    for row in first..<layout.line.row {
      canvas.fill(Rect(column: 0, row: row, columns: layout.line.columns, rows: 1), style: theme[.popup])
    }
    for (index, follower) in followers.prefix(rows * columns).enumerated() {
      let column = 1 + index / rows * width
      let row = first + index % rows
      canvas.write(follower.0, at: column, row, columns: keysWidth, style: theme[.key])
      canvas.write(
        follower.1, at: column + keysWidth + 1, row, columns: width - keysWidth - 2, style: theme[.popup])
    }
  }
}
