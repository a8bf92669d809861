import Core
import Music
import TUI

/// The words, and what was found, by kind.
struct SearchScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    var body = layout.body
    drawField(in: body.takeTop(1), on: &canvas, theme)
    let pane = state.search.results
    guard !pane.rows.isEmpty else { return drawNothing(in: body, on: &canvas, theme) }
    let table = TrackTable(columns: body.columns - 1, kind: .mixed)
    var list = ListPane(title: "", place: .found, state)
    list.isFocused = !state.search.isTyping
    list.drawRows(in: body, on: &canvas, theme) {
      picture(of: pane.rows[$0], table, theme)
    }
  }

  private func picture(of row: SearchRow, _ table: TrackTable, _ theme: Theme) -> RowPicture {
    switch row {
    case .heading(let text, let count):
      return RowPicture(fields: [.init(text: text, more: count.isEmpty ? [] : ["  " + count], role: .headingFocused)])
    case .artist(let artist): return RowPicture(artist, state)
    case .album(let album):
      var picture = RowPicture(album, state, showsArtist: true)
      picture.alignFields(with: table)
      return picture
    case .playlist(let playlist): return RowPicture(playlist, state)
    case .track(let track):
      let isCurrent = state.queue.current?.track.id == track.id
      return RowPicture(track, state, table, isCurrent: isCurrent, theme)
    }
  }

  private func drawField(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let label = "  Search  "
    let used = canvas.write(label, at: rect.column, rect.row, style: theme[.headingFocused])
    let words = remark(theme)
    let width = words.isEmpty ? 0 : min(columnWidth(of: words) + 1, rect.columns / 2)
    canvas.write(words, endingAt: rect.endColumn - 1, rect.row, columns: width, style: theme[.heading])
    let field = Rect(column: rect.column + used, row: rect.row, columns: rect.columns - used - 1 - width, rows: 1)
    drawTextField(
      state.search.field, in: field, isFocused: state.search.isTyping, isChosen: state.search.isFieldChosen,
      on: &canvas, theme)
  }

  /// How what was found is narrowed and sorted.
  private func remark(_ theme: Theme) -> String {
    guard let arrangement = state.arrangement(of: .found) else { return "" }
    let filter = arrangement.filter.isEmpty ? nil : "& \(arrangement.filter)"
    let order = arrangement.orders.isEmpty ? nil : "by \(arrangement.orders.text)"
    return [filter, order].compactMap(\.self).joined(separator: " \(theme[Sign.separator]) ")
  }

  private func drawNothing(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let words = state.search.field.text
    let text =
      state.trouble(of: .found)
      ?? (words.allSatisfy(\.isWhitespace)
        ? "Type part of an artist, an album or a title."
        : state.search.results.isLoaded ? "Nothing in the library matches “\(words)”." : "")
    for (row, line) in wrapped(text, to: rect.columns - 3).prefix(rect.rows).enumerated() {
      canvas.write(line, at: rect.column + 2, rect.row + row, style: theme[.dim])
    }
  }
}
