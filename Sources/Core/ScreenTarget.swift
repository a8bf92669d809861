import Music
package import TUI

/// What lies under a point of the screen.
package enum ScreenTarget: Hashable, Sendable {
  case tab(ScreenName)
  /// Counted in rows that are shown.
  case row(ListPlace, Int)
  /// A list's heading, or its empty part.
  case list(ListPlace)
  case helpRow(Int)
  case searchField
  /// A sheet or the panel over the lists.
  case sheet
  case panel
  /// What plays, above the progress.
  case bar
  /// The progress, as a part of the track.
  case progress(Double)
  case popupRow(Int)
  case option(Int)
  case nothing
}

extension AppState {
  /// What a click there would be about: the same geometry with which the screens are drawn.
  package func target(at point: Point) -> ScreenTarget {
    guard SizeTier(size) > .tooSmall, login == nil else { return .nothing }
    let layout = layout
    if let prompt { return prompt.option(at: point, layout).map { .option($0) } ?? .nothing }
    if palette != nil { return popupTarget(at: point, popup) }
    if trough.contains(point) { return .progress(part(of: trough, at: point)) }
    if let tab = tabs.first(where: { $0.rect.contains(point) }) { return .tab(tab.screen) }
    if layout.bar.contains(point) { return .bar }
    if layout.panel.contains(point) { return .panel }
    guard layout.body.contains(point) else { return .nothing }
    if sheet != nil { return .sheet }
    if screen == .help { return helpTarget(at: point, layout.body) }
    return listTarget(at: point, layout)
  }

  /// 0…1, also for a point left or right of it.
  func part(of rect: Rect, at point: Point) -> Double {
    max(0, min(1, (Double(point.column - rect.column) + 0.5) / Double(max(1, rect.columns))))
  }

  private func popupTarget(at point: Point, _ popup: PopupLayout) -> ScreenTarget {
    guard let palette, popup.list.contains(point) else { return .nothing }
    let row = palette.list.top + point.row - popup.list.row
    return row < palette.rows.count ? .popupRow(row) : .nothing
  }

  private func helpTarget(at point: Point, _ body: Rect) -> ScreenTarget {
    let row = help.list.top + point.row - body.row - 1
    guard point.row > body.row, helpRows.indices.contains(row), helpRows[row].isCommand else { return .nothing }
    return .helpRow(row)
  }

  private func listTarget(at point: Point, _ layout: ScreenLayout) -> ScreenTarget {
    guard let (place, rect) = lists(layout).first(where: { $0.rect.contains(point) }) else { return .nothing }
    if point.row == rect.row { return place == .found ? .searchField : .list(place) }
    let row = self[place].top + point.row - rect.row - 1
    return row < shownCount(of: place) ? .row(place, row) : .list(place)
  }

  /// The lists of the screen and where they lie, headings included.
  func lists(_ layout: ScreenLayout) -> [(place: ListPlace, rect: Rect)] {
    switch screen {
    case .library:
      let columns = library.columns
      let focus = columns.firstIndex(of: library.focus) ?? 0
      return layout.libraryColumns(focus: focus, count: columns.count).map { (columns[$0.column].place, $0.rect) }
    case .playlists:
      return layout.playlistColumns(focus: playlists.focus.rawValue).map {
        ($0.column == 0 ? .playlists : .playlistTracks, $0.rect)
      }
    case .versions:
      return layout.playlistColumns(focus: versions.focus.rawValue).map {
        ($0.column == 0 ? .versions : .versionTracks, $0.rect)
      }
    default: return placeInHand.map { [($0, layout.body)] } ?? []
    }
  }
}

extension LibraryState.Column {
  fileprivate var place: ListPlace {
    switch self {
    case .views: .views
    case .groups: .groups
    case .artists: .artists
    case .albums: .albums
    case .tracks: .tracks
    }
  }
}

extension PromptState {
  /// Where the options lie, and the first one shown: above the last line.
  package func optionsLayout(_ layout: ScreenLayout) -> (rect: Rect, top: Int) {
    guard kind == .choice || options.count > 1 else { return (Rect(Size(columns: 0, rows: 0)), 0) }
    let count = max(1, options.count)
    let height = max(0, min(count, max(3, layout.body.rows / 2), layout.line.row - 1))
    let top = max(0, min(cursor - height / 2, count - height))
    return (
      Rect(column: 0, row: layout.line.row - height, columns: layout.line.columns, rows: height), top
    )
  }

  func option(at point: Point, _ layout: ScreenLayout) -> Int? {
    let (rect, top) = optionsLayout(layout)
    guard rect.contains(point) else { return nil }
    let index = top + point.row - rect.row
    return options.indices.contains(index) ? index : nil
  }
}
