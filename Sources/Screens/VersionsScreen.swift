import Core
import Music
import TUI

/// Earlier versions of a playlist, or the playlists that are gone, and what the one under the cursor held.
struct VersionsScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    for (index, place) in layout.playlistColumns(focus: state.versions.focus.rawValue).enumerated() {
      if index > 0 { drawDivider(left: place.rect, layout, on: &canvas, theme) }
      if place.column == 0 {
        drawVersions(in: place.rect, on: &canvas, theme)
      } else {
        drawTracks(in: place.rect, on: &canvas, theme)
      }
    }
  }

  private func drawVersions(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.versions.versions
    let list = ListPane(
      title: [state.versions.playlist.map { "“\($0.name)” before" } ?? "Deleted playlists"], count: pane.rows.count,
      list: pane.list, isFocused: state.versions.focus == .lists, whenEmpty: whenEmpty)
    list.draw(in: rect, on: &canvas, theme) { index in
      let version = pane.rows[index]
      let age = age(of: version.made, at: state.now)
      let isHere = state.versions.playlist != nil
      let name =
        isHere && version.details.name == state.versions.playlist?.name
        ? counted(version.trackCount, "track") : version.details.name
      return RowPicture(
        fields: [RowPicture.Field(text: name)],
        endings: [.init(text: isHere ? "" : "\(version.trackCount)  "), .init(text: age == "now" ? age : age + " ago")])
    }
  }

  private var whenEmpty: String {
    if let trouble = state.trouble(of: .versions) { return trouble }
    guard state.versions.versions.isLoaded else { return "Reading…" }
    return state.versions.playlist == nil
      ? "No playlist was deleted here." : "This playlist was never changed here."
  }

  private func drawTracks(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.versions.tracks
    drawTrackList(
      state, pane.rows, .versionTracks, title: ["Enter restores it"],
      whenEmpty: pane.isLoaded ? "It held no tracks." : "", in: rect, on: &canvas, theme)
  }
}
