import Music

// Getting about: screens, columns, cursors.

extension AppState {
  mutating func show(_ name: ScreenName) -> [Effect] {
    if name == .help, screen != .help { help.cameFrom = screen }
    screen = name
    sheet = nil
    search.isTyping = name == .search && search.field.characters.isEmpty
    return []
  }

  mutating func back() -> [Effect] {
    if notices.current != nil {
      notices.dismiss()
    } else if sheet != nil {
      sheet = nil
    } else if screen == .help {
      return show(help.cameFrom)
    } else {
      clearMarks()
    }
    return []
  }

  mutating func move(_ motion: Motion) -> [Effect] {
    let height = layout.listHeight
    if sheet != nil { return scrollSheet(motion) }
    switch screen {
    case .library: return moveLibrary(motion)
    case .queue: queueList.move(motion, count: queue.entries.count, height: height)
    case .playlists: return movePlaylists(motion)
    case .search: search.move(motion, height: height)
    case .downloads: downloads.list.move(motion, count: downloads.report.rows.count, height: height)
    case .radio: radio.stations.list.move(motion, count: radio.stations.rows.count, height: height)
    case .help: help.move(motion, count: helpRows.count, height: height)
    }
    return []
  }

  mutating func changePane(_ motion: PaneMotion) -> [Effect] {
    let step = motion == .left || motion == .previous ? -1 : 1
    let wraps = motion == .next || motion == .previous
    func moved(_ place: Int, of count: Int) -> Int {
      wraps ? (place + step + count) % count : max(0, min(count - 1, place + step))
    }
    switch screen {
    case .library:
      library.focus = LibraryState.Column(rawValue: moved(library.focus.rawValue, of: 3))!
      return library.focus == .artists ? askForAlbums() : library.focus == .albums ? askForTracks() : []
    case .playlists: playlists.focus = PlaylistsState.Column(rawValue: moved(playlists.focus.rawValue, of: 2))!
    case .search: search.isTyping = wraps ? !search.isTyping : search.isTyping
    case .queue, .downloads, .help, .radio: break
    }
    return []
  }

  /// To the entry that plays.
  mutating func jump() -> [Effect] {
    guard let index = queue.currentIndex else {
      post(Notice(.information, "Nothing is playing."))
      return []
    }
    screen = .queue
    queueList.cursor = index
    return []
  }

  mutating func mark() -> [Effect] {
    switch screen {
    case .library:
      switch library.focus {
      case .artists: library.artists.list.toggleMark()
      case .albums: library.albums.list.toggleMark()
      case .tracks: library.tracks.list.toggleMark()
      }
    case .queue: queueList.toggleMark()
    case .playlists: if playlists.focus == .tracks { playlists.tracks.list.toggleMark() }
    case .search: search.results.list.toggleMark()
    case .downloads: downloads.list.toggleMark()
    case .radio: radio.stations.list.toggleMark()
    case .help: return []
    }
    return move(.down)
  }

  mutating func clearMarks() {
    library.artists.list.marked = []
    library.albums.list.marked = []
    library.tracks.list.marked = []
    playlists.tracks.list.marked = []
    search.results.list.marked = []
    queueList.marked = []
    downloads.list.marked = []
    radio.stations.list.marked = []
  }
}
