import Core
import Music
import TUI

/// Artists → albums → tracks.
struct LibraryScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let columns = layout.libraryColumns(focus: state.library.focus.rawValue)
    for (index, place) in columns.enumerated() {
      if index > 0 { drawDivider(left: place.rect, layout, on: &canvas, theme) }
      switch place.column {
      case 0: drawArtists(in: place.rect, on: &canvas, theme)
      case 1: drawAlbums(in: place.rect, on: &canvas, theme)
      default: drawTracks(in: place.rect, on: &canvas, theme)
      }
    }
  }

  private func drawArtists(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.artists
    let list = ListPane(
      title: "Artists", count: pane.rows.count, list: pane.list, isFocused: state.library.focus == .artists,
      whenEmpty: pane.isLoaded ? "No music here yet. The command :sync reads it from the server." : "Reading…")
    list.draw(in: rect, on: &canvas, theme) { RowPicture(pane.rows[$0], state) }
  }

  private func drawAlbums(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.albums
    let showsArtist = state.library.albumsTitle != "Albums"
    let list = ListPane(
      title: state.library.albumsTitle, count: pane.rows.count, list: pane.list,
      isFocused: state.library.focus == .albums)
    list.draw(in: rect, on: &canvas, theme) { RowPicture(pane.rows[$0], state, showsArtist: showsArtist) }
  }

  private func drawTracks(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.tracks
    let kind = state.library.tracksTitle == "Tracks" ? kind(of: pane.rows) : .mixed
    drawTrackList(
      state, pane.rows, pane.list, title: state.library.tracksTitle, kind: kind,
      isFocused: state.library.focus == .tracks, in: rect, on: &canvas, theme)
  }

  /// The first tracks of an album tell.
  private func kind(of tracks: [Track]) -> TrackTable.Kind {
    tracks.prefix(100).contains { !$0.artist.isEmpty && !$0.albumArtist.isEmpty && $0.artist != $0.albumArtist }
      ? .compilation : .album
  }
}

/// A list of tracks in columns, with their names above them where there is room.
func drawTrackList(
  _ state: AppState, _ tracks: [Track], _ list: ListCursor, title: String, kind: TrackTable.Kind = .mixed,
  isFocused: Bool, whenEmpty: String = "", sort: (column: TrackColumn, isDescending: Bool)? = nil, in rect: Rect,
  on canvas: inout Canvas, _ theme: Theme
) {
  let table = TrackTable(columns: rect.columns - 1, kind: kind)
  let current = state.queue.current?.track.id
  var pane = ListPane(title: title, count: tracks.count, list: list, isFocused: isFocused, whenEmpty: whenEmpty)
  if !tracks.isEmpty { pane.setHeadings(table, sort: sort, theme) }
  pane.draw(in: rect, on: &canvas, theme) {
    RowPicture(tracks[$0], state, table, isCurrent: tracks[$0].id == current, theme)
  }
}

/// The line between two columns: left of the right one. It meets the lines above and below, where there are any.
func drawDivider(left rect: Rect, _ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
  let line = Rect(column: rect.column - 1, row: rect.row, columns: 1, rows: rect.rows)
  canvas.fill(line, style: theme[.border], with: theme[Sign.vertical])
  if !layout.headerRule.isEmpty {
    canvas.write(theme[Sign.teeTop], at: line.column, layout.headerRule.row, style: theme[.border])
  }
  if !layout.barRule.isEmpty {
    canvas.write(theme[Sign.teeBottom], at: line.column, layout.barRule.row, style: theme[.border])
  }
}
