import Core
import Music
import TUI

/// What is to be kept on this computer: how much of it is here, how fast the rest comes, and why some cannot.
struct DownloadsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let report = state.downloads.report
    let list = ListPane(
      title: title(isShort: layout.body.columns < 70), count: report.rows.count, list: state.downloads.list,
      isFocused: true, whenEmpty: whenEmpty)
    list.draw(in: layout.body, on: &canvas, theme) { picture(of: report.rows[$0]) }
  }

  private func title(isShort: Bool) -> String {
    let report = state.downloads.report
    guard report.count > 0 else { return "Downloads" }
    var parts = ["\(report.whole) of \(counted(report.count, "track"))", byteCount(report.bytes)]
    if report.isPaused {
      parts.append("waiting")
    } else if let seconds = report.secondsLeft, report.missingBytes > 0 {
      parts.append("\(byteCount(report.bytesPerSecond))/s")
      parts.append("\(clock(.seconds(seconds))) left")
    }
    return (isShort ? "" : "Downloads · ") + parts.joined(separator: " · ")
  }

  private var whenEmpty: String {
    if state.downloads.report.count > 0 { return "Everything that is to be kept is here." }
    let key = state.keymap.keys(for: .pin(.toggle)).first.map { "\($0)" } ?? ":pin"
    return
      "\(key) on a track, album, artist or playlist fetches it and keeps it here. :pin starred keeps what is starred."
  }

  private func picture(of row: DownloadsReport.Row) -> RowPicture {
    let fields = [
      RowPicture.Field(text: row.title, share: 3), RowPicture.Field(text: row.artist, share: 2, role: .dim),
    ]
    switch row.progress {
    case .active(let held, let size):
      let share = size.map { $0 > 0 ? "\(min(99, held * 100 / $0)) %" : "" } ?? byteCount(held)
      return RowPicture(sign: .down, fields: fields, endings: [.init(text: share)], role: .current)
    case .waiting: return RowPicture(fields: fields)
    case .failed(let reason):
      return RowPicture(
        sign: .warning, fields: [fields[0], RowPicture.Field(text: reason, share: 3, role: .warning)])
    }
  }
}
