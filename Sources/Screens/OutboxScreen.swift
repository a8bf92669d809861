import Core
import Music
import TUI

/// What a server has still to hear of: what waits, what it refused and why, what only the listener can decide.
struct OutboxScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.outbox.rows
    let list = ListPane(
      title: [title(isShort: layout.body.columns < 60, theme)], count: pane.rows.count, list: pane.list,
      isFocused: true,
      whenEmpty: pane.isLoaded ? "Everything that was done here is on the server." : "Reading…")
    list.draw(in: layout.body, on: &canvas, theme) { picture(of: pane.rows[$0], columns: layout.body.columns) }
  }

  private func title(isShort: Bool, _ theme: Theme) -> String {
    let counts = state.outbox.counts
    var parts: [String] = []
    if counts.waiting > 0 { parts.append("\(counts.waiting) waiting") }
    if counts.refused > 0 { parts.append("\(counts.refused) refused") }
    if counts.asking > 0 { parts.append(counted(counts.asking, "question")) }
    if state.outbox.isLockedOut { parts.append("password wanted") } else if state.isOffline { parts.append("offline") }
    return ((isShort && !parts.isEmpty ? [] : ["Outbox"]) + parts).joined(separator: " \(theme[Sign.separator]) ")
  }

  private func picture(of row: OutboxRow, columns: Int) -> RowPicture {
    let age = ago(row.since, isShort: columns < 60)
    let words = RowPicture.Field(text: row.words.prefix(1).uppercased() + row.words.dropFirst(), share: 3)
    switch row.state {
    case .waiting:
      let tries = row.attempts > 0 && columns >= 60 ? "tried \(row.attempts)×  " : ""
      return RowPicture(fields: [words], endings: [.init(text: tries), .init(text: age)])
    case .refused(let reason):
      return RowPicture(
        sign: .warning, fields: [words, .init(text: reason, share: 3, role: .warning)], endings: [.init(text: age)])
    case .asks(let conflict):
      return RowPicture(
        sign: .warning, fields: [words, .init(text: question(conflict), share: 3, role: .warning)],
        endings: [.init(text: age)])
    }
  }

  /// How long it is in here, where there is room said so that nobody takes it for a plan.
  private func ago(_ moment: Timestamp, isShort: Bool) -> String {
    let age = age(of: moment, at: state.now)
    return isShort ? age : age == "now" ? "just now" : "\(age) ago"
  }

  private func question(_ conflict: PlaylistConflict) -> String {
    switch conflict {
    case .renamed(_, let theirs): "“\(theirs)” elsewhere: Enter decides"
    case .deletedThere: "deleted elsewhere: Enter decides"
    }
  }
}
