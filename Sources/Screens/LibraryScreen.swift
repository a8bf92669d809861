import Core
import Music
import TUI

/// The columns of one view of the library: artists → albums → tracks, or what stands in their place.
struct LibraryScreen {
  let state: AppState

  func draw(_ layout: ScreenLayout, on canvas: inout Canvas, _ theme: Theme) {
    let columns = state.library.columns
    let focus = columns.firstIndex(of: state.library.focus) ?? 0
    let places = layout.libraryColumns(focus: focus, count: columns.count)
    for (index, place) in places.enumerated() {
      if index > 0 { drawDivider(left: place.rect, layout, on: &canvas, theme) }
      // What the columns to the left would tell stands in the heading, where they are hidden.
      let isAlone = index == 0 && place.column > 0
      switch columns[place.column] {
      case .views: drawViews(in: place.rect, on: &canvas, theme)
      case .groups: drawGroups(in: place.rect, on: &canvas, theme)
      case .artists: drawArtists(in: place.rect, on: &canvas, theme)
      case .albums: drawAlbums(in: place.rect, isAlone: isAlone, on: &canvas, theme)
      case .tracks: drawTracks(in: place.rect, isAlone: isAlone, on: &canvas, theme)
      }
    }
  }

  private func list(_ place: ListPlace, _ title: String, whenEmpty: String = "") -> ListPane {
    ListPane(title: title, place: place, state, whenEmpty: whenEmpty)
  }

  private func drawViews(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    list(.views, "Views").draw(in: rect, on: &canvas, theme) {
      RowPicture(fields: [.init(text: LibraryView.allCases[$0].title)])
    }
  }

  private func drawGroups(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.groups
    let isFolders = state.library.view == .folder
    let title = isFolders && !state.library.folder.isEmpty ? state.library.folder : state.library.view.title
    let nothing = state.library.artists.rows.isEmpty ? state.libraryOnItsWay : nil
    let whenEmpty = pane.isLoaded ? nothing ?? "Nothing of this kind here." : "Reading…"
    list(.groups, title, whenEmpty: whenEmpty).draw(in: rect, on: &canvas, theme) { RowPicture(pane.rows[$0]) }
  }

  private func drawArtists(in rect: Rect, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.artists
    let way = state.accounts.isLocal ? "reads the folder again" : "reads it from the server"
    let whenEmpty =
      pane.isLoaded ? state.libraryOnItsWay ?? "No music here yet. The command :sync \(way)." : "Reading…"
    list(.artists, "Artists", whenEmpty: whenEmpty).draw(in: rect, on: &canvas, theme) {
      RowPicture(pane.rows[$0], state)
    }
  }

  private func drawAlbums(in rect: Rect, isAlone: Bool, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.albums
    let title = state.library.albumsTitle(isAlone: isAlone, separator: theme[Sign.prompt])
    // In a narrow column two cut names say less than a whole one.
    let showsArtist = state.library.view != .artist && rect.columns >= 38
    list(.albums, title).draw(in: rect, on: &canvas, theme) {
      RowPicture(pane.rows[$0], state, showsArtist: showsArtist, columns: rect.columns)
    }
  }

  private func drawTracks(in rect: Rect, isAlone: Bool, on canvas: inout Canvas, _ theme: Theme) {
    let pane = state.library.tracks
    let isOfAlbum = state.library.view.columns.contains(.albums)
    drawTrackList(
      state, pane.rows, .tracks, title: theme.separated(state.library.tracksTitle(isAlone: isAlone), by: .prompt),
      kind: isOfAlbum ? kind(of: pane.rows) : .mixed,
      whenEmpty: isOfAlbum || !pane.isLoaded ? "" : state.library.view.whenEmpty, in: rect, on: &canvas, theme)
  }

  /// The first tracks of an album tell.
  private func kind(of tracks: [Track]) -> TrackTable.Kind {
    tracks.prefix(100).contains { !$0.artist.isEmpty && !$0.albumArtist.isEmpty && $0.artist != $0.albumArtist }
      ? .compilation : .album
  }
}

extension LibraryView {
  fileprivate var whenEmpty: String {
    switch self {
    case .starred: "Nothing is starred yet."
    case .played, .recent: "Nothing was played yet."
    default: "No tracks here."
    }
  }
}

extension RowPicture {
  init(_ group: LibraryGroup) {
    self.init(
      fields: [Field(text: group.name)], endings: [Ending(text: group.albumCount.map { "\($0)" } ?? "")])
  }
}

/// A list of tracks in columns, with their names above them where there is room.
func drawTrackList(
  _ state: AppState, _ tracks: [Track], _ place: ListPlace, title: [String], kind: TrackTable.Kind = .mixed,
  whenEmpty: String = "", in rect: Rect, on canvas: inout Canvas, _ theme: Theme
) {
  let table = TrackTable(columns: rect.columns - 1, kind: kind)
  let current = state.queue.current?.track.id
  var pane = ListPane(title: title, place: place, state, whenEmpty: whenEmpty)
  if !tracks.isEmpty { pane.setHeadings(table, theme) }
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
