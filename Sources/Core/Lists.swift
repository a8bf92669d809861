import Music

/// One of the lists that the screens show. The screen and its focus say which one is in hand.
package enum ListPlace: Hashable, Sendable, CaseIterable {
  case views, groups, artists, albums, tracks
  case queue
  case playlists, playlistTracks
  case found
  case downloads
  case history
  case stations
  case changes
  case versions, versionTracks
  case outbox
  case settings
  case registers
}

extension AppState {
  /// The list that has the focus: keys that move, mark and choose act on it. nil on screens without one.
  package var placeInHand: ListPlace? {
    switch screen {
    case .library:
      switch library.focus {
      case .views: .views
      case .groups: .groups
      case .artists: .artists
      case .albums: .albums
      case .tracks: .tracks
      }
    case .queue: .queue
    case .playlists: playlists.focus == .lists ? .playlists : .playlistTracks
    case .search: .found
    case .downloads: .downloads
    case .history: .history
    case .radio: .stations
    case .changes: .changes
    case .versions: versions.focus == .lists ? .versions : .versionTracks
    case .outbox: .outbox
    case .settings: .settings
    case .registers: .registers
    case .help: nil
    }
  }

  /// Where a list stands.
  package internal(set) subscript(place: ListPlace) -> ListCursor {
    get {
      switch place {
      case .views: library.views
      case .groups: library.groups.list
      case .artists: library.artists.list
      case .albums: library.albums.list
      case .tracks: library.tracks.list
      case .queue: queueList
      case .playlists: playlists.lists.list
      case .playlistTracks: playlists.tracks.list
      case .found: search.results.list
      case .downloads: downloads.list
      case .history: history.plays.list
      case .stations: radio.stations.list
      case .changes: changes.steps.list
      case .outbox: outbox.rows.list
      case .registers: registersList
      case .versions: versions.versions.list
      case .versionTracks: versions.tracks.list
      case .settings: settingsList
      }
    }
    // In place: a list may hold many marks.
    _modify {
      switch place {
      case .views: yield &library.views
      case .groups: yield &library.groups.list
      case .artists: yield &library.artists.list
      case .albums: yield &library.albums.list
      case .tracks: yield &library.tracks.list
      case .queue: yield &queueList
      case .playlists: yield &playlists.lists.list
      case .playlistTracks: yield &playlists.tracks.list
      case .found: yield &search.results.list
      case .downloads: yield &downloads.list
      case .history: yield &history.plays.list
      case .stations: yield &radio.stations.list
      case .changes: yield &changes.steps.list
      case .outbox: yield &outbox.rows.list
      case .registers: yield &registersList
      case .versions: yield &versions.versions.list
      case .versionTracks: yield &versions.tracks.list
      case .settings: yield &settingsList
      }
    }
  }

  /// How many rows a list will have, of which the first are here; nil where they are all here, or nobody knows.
  package func expectedCount(of place: ListPlace) -> Int? {
    switch place {
    case .artists: library.artists.expected
    case .albums: library.albums.expected
    case .tracks: library.tracks.expected
    case .found: search.results.expected
    default: nil
    }
  }

  /// How many rows a list has.
  package func count(of place: ListPlace) -> Int {
    switch place {
    case .views: LibraryView.allCases.count
    case .groups: library.groups.rows.count
    case .artists: library.artists.rows.count
    case .albums: library.albums.rows.count
    case .tracks: library.tracks.rows.count
    case .queue: queue.entries.count
    case .playlists: playlists.lists.rows.count
    case .playlistTracks: playlists.tracks.rows.count
    case .found: search.results.rows.count
    case .downloads: downloads.report.rows.count
    case .history: history.plays.rows.count
    case .stations: radio.stations.rows.count
    case .changes: changes.steps.rows.count
    case .outbox: outbox.rows.rows.count
    case .registers: registers.names.count
    case .versions: versions.versions.rows.count
    case .versionTracks: versions.tracks.rows.count
    case .settings: settingsRows.count
    }
  }

  /// The rows at these positions, ascending; nil where rows are none that a command could act on.
  func rows(of place: ListPlace, at indices: [Int]) -> ChosenRows? {
    switch place {
    case .views: nil
    case .groups: .groups(indices.map { library.groups.rows[$0] })
    case .artists: .artists(indices.map { library.artists.rows[$0] })
    case .albums: .albums(indices.map { library.albums.rows[$0] })
    case .tracks: .tracks(indices.map { library.tracks.rows[$0] })
    case .queue: .tracks(indices.map { queue.entries[$0].track })
    case .playlists: .playlists(indices.map { playlists.lists.rows[$0] })
    case .playlistTracks: .tracks(indices.map { playlists.tracks.rows[$0] })
    case .found: ChosenRows(indices.map { search.results.rows[$0] })
    case .downloads, .changes, .versions, .outbox, .settings: nil
    case .registers: .tracks(indices.flatMap { registers.tracks(at: $0) })
    case .versionTracks: .tracks(indices.map { versions.tracks.rows[$0] })
    case .history: .tracks(indices.compactMap { history.plays.rows[$0].play?.track })
    case .stations: .tracks(indices.map { radio.stations.rows[$0].track })
    }
  }

  /// The cursor stands on another row: what is shown beside it follows.
  mutating func follow(_ place: ListPlace) -> [Effect] {
    switch place {
    case .views: followViews()
    case .groups, .artists: askForAlbums()
    case .albums: askForTracks()
    case .playlists: followPlaylists()
    case .versions: followVersions()
    case .history: followHistory()
    default: []
    }
  }
}

extension AppState {
  /// The marked rows of the list in hand, or the one under the cursor; nil on screens without rows.
  var chosenRows: ChosenRows? {
    guard let place = placeInHand else { return nil }
    return rows(of: place, at: chosenIndices(of: place))
  }

  /// Moves the cursor of a list, and what follows it.
  mutating func move(_ place: ListPlace, _ motion: Motion) -> [Effect] {
    moveCursor(of: place) { list, count, height in list.move(motion, count: count, height: height) }
  }

  /// Changes where a list stands, in places of what is shown. The cursor passes over headings.
  mutating func moveCursor(of place: ListPlace, _ change: (inout ListCursor, Int, Int) -> Void) -> [Effect] {
    let height = listHeight(of: place)
    var isUpwards = false
    withShown(place) { list, count in
      let before = list.cursor
      change(&list, count, height)
      isUpwards = list.cursor < before
    }
    if isHeading(self[place].cursor, of: place) {
      withShown(place) { list, count in
        list.move(isUpwards && list.cursor > 0 ? .up : .down, count: count, height: height)
      }
    }
    if place == .settings { skipSettingsHeading(isUpwards: isUpwards) }
    return followSoon(place)
  }

  /// Rows that a list shows at once.
  package func listHeight(of place: ListPlace) -> Int {
    place == .settings && !settingsHaveMeanings ? max(1, layout.listHeight - 1) : layout.listHeight
  }

  /// Headings stand among rows; the cursor passes over them.
  func isHeading(_ row: Int, of place: ListPlace) -> Bool {
    switch place {
    case .found: search.results.rows.indices.contains(row) && search.results.rows[row].isHeading
    case .history: history.plays.rows.indices.contains(row) && history.plays.rows[row].isDay
    default: false
    }
  }

  /// The rows that are headings, ascending.
  package func headings(of place: ListPlace) -> [Int] {
    switch place {
    case .history:
      let rows = history.plays.rows
      return rows.indices.filter { rows[$0].isDay }
    case .settings:
      let rows = settingsRows
      return rows.indices.filter { rows[$0].isHeading }
    default: return []
    }
  }

  mutating func clearMarks() {
    for place in ListPlace.allCases where !self[place].marked.isEmpty || self[place].anchor != nil {
      self[place].unmark()
    }
  }

  /// Each cursor on a row, and that row in sight.
  mutating func fitLists() {
    arrangeLists()
    // The settings are counted only where they are seen: each is put into words for that.
    let height = layout.listHeight
    for place in ListPlace.allCases where place != .settings {
      withShown(place) { list, count in list.fit(count: count, height: height) }
    }
    if screen == .settings {
      let height = listHeight(of: .settings)
      withShown(.settings) { list, count in list.fit(count: count, height: height) }
    }
    search.fit(height: height)
    if screen == .settings { skipSettingsHeading(isUpwards: false) }
  }
}
