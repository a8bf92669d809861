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
    let list = ListPane(
      title: "", count: pane.rows.count, list: pane.list, isFocused: !state.search.isTyping)
    list.drawRows(in: body, on: &canvas, theme) {
      picture(of: pane.rows[$0], table, theme)
    }
  }

  private func picture(of row: SearchRow, _ table: TrackTable, _ theme: Theme) -> RowPicture {
    switch row {
    case .heading(let text): return RowPicture(fields: [.init(text: text, role: .headingFocused)])
    case .artist(let artist): return RowPicture(artist, state)
    case .album(let album): return RowPicture(album, state, showsArtist: true)
    case .track(let track):
      let isCurrent = state.queue.current?.track.id == track.id
      return RowPicture(track, state, table, isCurrent: isCurrent, theme)
    }
  }

  private func drawField(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let label = "  Search  "
    let used = canvas.write(label, at: rect.column, rect.row, style: theme[.headingFocused])
    let field = Rect(column: rect.column + used, row: rect.row, columns: rect.columns - used - 1, rows: 1)
    drawTextField(state.search.field, in: field, isFocused: state.search.isTyping, on: &canvas, theme)
  }

  private func drawNothing(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let words = state.search.field.text
    let text =
      words.allSatisfy(\.isWhitespace)
      ? "Type part of an artist, an album or a title."
      : state.search.results.isLoaded ? "Nothing in the library matches “\(words)”." : ""
    for (row, line) in wrapped(text, to: rect.columns - 3).prefix(rect.rows).enumerated() {
      canvas.write(line, at: rect.column + 2, rect.row + row, style: theme[.dim])
    }
  }
}
