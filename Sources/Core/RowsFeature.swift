import Music

/// Rows that a command is about: the marked ones, or the one under the cursor.
enum ChosenRows {
  case groups([LibraryGroup])
  case artists([Artist])
  case albums([Album])
  case tracks([Track])
  case playlists([Playlist])

  var isEmpty: Bool {
    switch self {
    case .groups(let rows): rows.isEmpty
    case .artists(let rows): rows.isEmpty
    case .albums(let rows): rows.isEmpty
    case .tracks(let rows): rows.isEmpty
    case .playlists(let rows): rows.isEmpty
    }
  }
}

extension AppState {
  /// Does something with all tracks of the chosen rows, asking for them where they are not on the screen.
  mutating func gather(_ purpose: Errand.Purpose, replyTo token: ReplyToken?) -> [Effect] {
    guard let rows = chosenRows, !rows.isEmpty else {
      post(Notice(.warning, "There is no row to act on."))
      return []
    }
    var errand = Errand(purpose: purpose, replyTo: token)
    switch rows {
    case .tracks(let tracks): errand.tracks = tracks
    case .groups(let groups): errand.questions = groups.map(\.tracksQuestion)
    case .albums(let albums): errand.questions = albums.map { .tracksOfAlbum($0.id) }
    case .artists(let artists): errand.questions = artists.map { .tracksOfArtist($0.id) }
    case .playlists(let playlists): errand.questions = playlists.map { .tracksOfPlaylist($0.id) }
    }
    clearMarks()
    return begin(errand)
  }

  /// Enter: plays from the row under the cursor on.
  mutating func activate() -> [Effect] {
    switch screen {
    case .library where library.focus == .views: return changeLibraryPane(.right)
    case .library where library.focus == .tracks: return playShown(.tracks)
    case .playlists where playlists.focus == .tracks: return playShown(.playlistTracks)
    case .search: return playShown(.found)
    case .history: return playShown(.history)
    case .queue:
      guard queue.entries.indices.contains(queueList.cursor) else { return [] }
      player.failures = 0
      outage.skipped = []
      return load(queue.entries[queueList.cursor])
    case .downloads: return steerDownloads(.first)
    case .radio: return playStation()
    case .changes: return turnToChange()
    case .outbox: return activateOutbox()
    case .registers: return []
    case .versions where versions.focus == .tracks:
      return playRows(versions.tracks.rows, from: versions.tracks.list.cursor)
    case .versions: return restoreVersion()
    case .settings: return activateSetting()
    case .help: return activateHelp()
    case .library, .playlists: return gather(.play, replyTo: nil)
    }
  }

  /// Plays the tracks that a list shows, in the order in which it shows them, from the cursor on; where the cursor
  /// stands on something else, that.
  private mutating func playShown(_ place: ListPlace) -> [Effect] {
    guard let cursor = chosenCursor(of: place), track(of: place, cursor) != nil else {
      return gather(.play, replyTo: nil)
    }
    let rows = shownIndices(of: place).filter { track(of: place, $0) != nil }
    return playRows(rows.map { track(of: place, $0)! }, from: rows.firstIndex(of: cursor) ?? 0)
  }

  /// The row under the cursor; nil where none is shown.
  private func chosenCursor(of place: ListPlace) -> Int? {
    let cursor = self[place].cursor
    guard cursor < count(of: place) else { return nil }
    return arrangement(of: place).map { $0.place(of: cursor) == nil ? nil : cursor } ?? cursor
  }

  mutating func toggleStar() -> [Effect] {
    let items: [(ItemID, Bool)] =
      switch chosenRows {
      case .tracks(let tracks)?: tracks.filter { !$0.isRadio }.map { (.track($0.id), isStarred($0)) }
      case .albums(let albums)?: albums.map { (.album($0.id), isStarred($0)) }
      case .artists(let artists)?: artists.map { (.artist($0.id), isStarred($0)) }
      case .playlists?, .groups?, nil: []
      }
    guard !items.isEmpty else {
      post(Notice(.warning, "Only tracks, albums and artists can be starred."))
      return []
    }
    let on = items.contains { !$0.1 }
    clearMarks()
    return together(
      items.filter { $0.1 != on }.map { item, _ in
        setStar(item, on)
        return .star(item, on)
      })
  }

  /// One step, however many rows.
  private func together(_ edits: [LibraryEdit]) -> [Effect] {
    edits.count > 1 ? [.edit(.together(edits))] : edits.map { .edit($0) }
  }

  mutating func toggleStarOfPlaying() -> [Effect] {
    guard let track = queue.current?.track else {
      post(Notice(.information, "Nothing is playing."))
      return []
    }
    let on = !isStarred(track)
    setStar(.track(track.id), on)
    post(Notice(.information, on ? "“\(track.title)” has a star." : "“\(track.title)” has no star any more."))
    return [.edit(.star(.track(track.id), on))]
  }

  mutating func rate(_ rating: Int) -> [Effect] {
    let items: [ItemID] =
      switch chosenRows {
      case .tracks(let tracks)?: tracks.filter { !$0.isRadio }.map { .track($0.id) }
      case .albums(let albums)?: albums.map { .album($0.id) }
      case .artists(let artists)?: artists.map { .artist($0.id) }
      case .playlists?, .groups?, nil: []
      }
    guard !items.isEmpty else {
      post(Notice(.warning, "Only tracks, albums and artists can be rated."))
      return []
    }
    clearMarks()
    post(Notice(.information, rating == 0 ? "The rating was taken away." : "Rated \(rating) of 5."))
    for item in items { setRating(item, rating) }
    return together(items.map { .rate($0, rating) })
  }

  /// `d`: from the queue or the playlist.
  mutating func remove() -> [Effect] {
    switch screen {
    case .queue: return removeFromQueue()
    case .playlists where playlists.focus == .tracks: return removeFromPlaylist()
    case .playlists: return deletePlaylist()
    case .downloads: return removeDownloads()
    case .radio: return removeStation()
    case .outbox: return discardEdits(asking: true)
    case .settings: return removeFromSettings()
    case .library, .search, .history, .help, .changes, .versions, .registers:
      post(Notice(.information, "Rows can be removed from the queue and from playlists."))
      return []
    }
  }
}
