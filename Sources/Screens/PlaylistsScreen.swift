import Core
import Music
import TUI

/// The playlists, and the tracks of the one under the cursor.
struct PlaylistsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    for (index, place) in layout.playlistColumns(focus: state.playlists.focus.rawValue).enumerated() {
      if index > 0 { drawDivider(left: place.rect, layout, on: &canvas, theme) }
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
      title: "Playlists", place: .playlists, state,
      whenEmpty: pane.isLoaded
        ? state.libraryOnItsWay ?? "No playlists yet. \(state.key(for: .playlistNew(nil))) makes one." : "Reading…")
    list.draw(in: rect, on: &canvas, theme) { RowPicture(pane.rows[$0], state) }
  }

  private func drawTracks(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.playlists.tracks
    let isSmart = state.playlists.lists.selected?.smart != nil
    let whenEmpty =
      isSmart
      ? "Its search finds nothing now." : "Nothing in it yet. \(state.key(for: .playlistAdd(nil))) on a track adds it."
    drawTrackList(
      state, pane.rows, .playlistTracks, title: theme.separated(title), whenEmpty: pane.isLoaded ? whenEmpty : "",
      in: rect, on: &canvas, theme)
  }

  /// The name, and what is said of the list beside it.
  private var title: [String] {
    let list = state.playlists.heldName == nil ? state.playlists.lists.selected : nil
    let parts = [state.playlists.tracksTitle, list?.isPublic == true ? "public" : "", list?.comment ?? ""]
    return parts.filter { !$0.isEmpty }
  }
}
