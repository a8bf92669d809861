import Core
import Music
import TUI

/// What is to be kept on this computer: how much of it is here, how fast the rest comes, and why some cannot.
struct DownloadsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let report = state.downloads.report
    let list = ListPane(
      title: title(isShort: layout.body.columns < 70, theme), place: .downloads, state, whenEmpty: whenEmpty)
    list.draw(in: layout.body, on: &canvas, theme) {
      picture(of: report.rows[$0], columns: layout.body.columns - 1, theme)
    }
  }

  private func title(isShort: Bool, _ theme: Theme) -> String {
    let report = state.downloads.report
    guard report.count > 0 else { return "Downloads" }
    var parts = ["\(report.whole) of \(counted(report.count, "track"))", byteCount(report.bytes)]
    if report.isPaused {
      parts.append("waiting")
    } else if state.isOffline, report.missingBytes > 0 {
      parts.append("offline")
    } else if let seconds = report.secondsLeft, report.missingBytes > 0 {
      parts.append("\(byteCount(report.bytesPerSecond))/s")
      parts.append("\(clock(.seconds(seconds))) left")
    }
    return ((isShort ? [] : ["Downloads"]) + parts).joined(separator: " \(theme[Sign.separator]) ")
  }

  private var whenEmpty: String {
    if state.downloads.report.count > 0 { return "Everything that is to be kept is here." }
    let key = state.keymap.key(for: .pin(.toggle)).map { "\($0)" } ?? ":pin"
    return
      "\(key) on a track, album, artist or playlist fetches it and keeps it here. :pin starred keeps what is starred."
  }

  private func picture(of row: DownloadsReport.Row, columns: Int, _ theme: Theme) -> RowPicture {
    if case .failed(let reason) = row.progress {
      let reason = RowPicture.Field(text: reason, share: 3, role: .warning)
      return RowPicture(sign: .warning, fields: [.init(text: row.title, share: 3), reason])
    }
    let bar = columns >= 96 ? 24 : columns >= 64 ? 12 : 0
    let end = columns - 1
    let room = max(0, end - 9 - (bar > 0 ? bar + 2 : 0))
    let title = room * 3 / 5
    var placed: [RowPicture.Placed] = [
      .init(text: row.title, offset: 2, columns: title - 2),
      .init(text: row.artist, offset: 2 + title, columns: room - title - 2, role: .artist),
    ]
    guard case .active(let held, let size) = row.progress else {
      placed.append(.init(text: "waiting", offset: end - 7, columns: 7, isRightAligned: true, role: .dim))
      return RowPicture(placed: placed)
    }
    let part = size.map { $0 > 0 ? Int(min(99, held * 100 / $0)) : 0 }
    let share = part.map { "\($0) %" } ?? byteCount(held)
    placed.append(.init(text: share, offset: end - 7, columns: 7, isRightAligned: true, role: .time))
    if bar > 0, let part {
      let filled = bar * part / 100
      let start = end - 9 - bar
      placed.append(
        .init(text: repeated(Sign.played, filled, theme), offset: start, columns: filled, role: .progress))
      placed.append(
        .init(
          text: repeated(Sign.missing, bar - filled, theme), offset: start + filled, columns: bar - filled,
          role: .missing))
    }
    let comes = !state.downloads.report.isPaused && !state.isOffline
    return RowPicture(sign: comes ? .down : nil, placed: placed)
  }

  private func repeated(_ sign: Sign, _ count: Int, _ theme: Theme) -> String {
    String(repeating: theme[sign], count: count)
  }
}
