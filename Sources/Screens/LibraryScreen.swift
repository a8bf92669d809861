import Core
import Music
import TUI

/// Artists → albums → tracks.
struct LibraryScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let columns = layout.libraryColumns(focus: state.library.focus.rawValue)
    for (index, place) in columns.enumerated() {
      if index > 0 { drawDivider(left: place.rect, on: &canvas, theme) }
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
    let detail: RowPicture.TrackDetail = state.library.tracksTitle == "Tracks" ? .number : .artist
    let current = state.queue.current?.track.id
    let list = ListPane(
      title: state.library.tracksTitle, count: pane.rows.count, list: pane.list,
      isFocused: state.library.focus == .tracks)
    list.draw(in: rect, on: &canvas, theme) {
      RowPicture(pane.rows[$0], state, detail, isCurrent: pane.rows[$0].id == current)
    }
  }
}

/// The line between two columns: left of the right one.
func drawDivider(left rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
  let line = Rect(column: rect.column - 1, row: rect.row, columns: 1, rows: rect.rows)
  canvas.fill(line, style: theme[.border], with: theme[Sign.vertical])
}
