import Core
import Music
import TUI

/// The playlists, and the tracks of the one under the cursor.
struct PlaylistsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    for (index, place) in layout.playlistColumns(focus: state.playlists.focus.rawValue).enumerated() {
      if index > 0 { drawDivider(left: place.rect, on: &canvas, theme) }
      if place.column == 0 {
        drawLists(in: place.rect, on: &canvas, theme)
      } else {
        drawTracks(in: place.rect, on: &canvas, theme)
      }
    }
  }

  private func drawLists(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.playlists.lists
    let list = ListPane(
      title: "Playlists", count: pane.rows.count, list: pane.list, isFocused: state.playlists.focus == .lists,
      whenEmpty: pane.isLoaded ? "No playlists yet. N makes one." : "Reading…")
    list.draw(in: rect, on: &canvas, theme) { RowPicture(pane.rows[$0], state) }
  }

  private func drawTracks(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.playlists.tracks
    let current = state.queue.current?.track.id
    let name = state.playlists.lists.selected?.name ?? "Tracks"
    let list = ListPane(
      title: name, count: pane.rows.count, list: pane.list, isFocused: state.playlists.focus == .tracks,
      whenEmpty: pane.isLoaded ? "Nothing in it yet. P on a track adds it." : "")
    list.draw(in: rect, on: &canvas, theme) {
      let detail: RowPicture.TrackDetail = rect.columns >= 80 ? .artistAndAlbum : .artist
      return RowPicture(pane.rows[$0], state, detail, isCurrent: pane.rows[$0].id == current)
    }
  }
}
