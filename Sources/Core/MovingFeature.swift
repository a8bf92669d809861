import Music

// Getting about: screens, columns, cursors.

/// What became of a list whose cursor moved.
enum CursorMove: Hashable, Sendable {
  /// It shows the rows that it showed.
  case inSight
  /// It shows others, or those beside it do.
  case scrolled
}

extension AppState {
  mutating func show(_ name: ScreenName) -> [Effect] {
    if name == .help, screen != .help { help = HelpState(cameFrom: screen) }
    screen = name
    sheet = nil
    panel.isOver = false
    search.isTyping = name == .search && search.field.characters.isEmpty
    return name == .history ? showHistory() : name == .playlists ? refreshSmartTracks() : []
  }

  mutating func back() -> [Effect] {
    if dropRange() { return [] }
    if notices.current != nil { return dismissNotice() }
    if sheet != nil {
      sheet = nil
    } else if panel.isOver {
      panel.isOver = false
    } else if screen == .help {
      return leaveHelp()
    } else if screen == .changes {
      return show(changes.cameFrom)
    } else if screen == .outbox {
      return show(outbox.cameFrom)
    } else if screen == .registers {
      return show(registers.cameFrom)
    } else if screen == .versions {
      return show(versions.cameFrom)
    } else if dropFilter() {
      return []
    } else if let place = placeInHand, !self[place].marked.isEmpty {
      clearMarks()
    } else if screen == .library {
      return goBackInLibrary()
    } else {
      find.words = nil
      clearMarks()
    }
    return []
  }

  /// What was told is seen; a filter or marks, which it may have been about, go with it where nothing lies over them.
  private mutating func dismissNotice() -> [Effect] {
    notices.dismiss()
    guard sheet == nil, !panel.isOver, !dropFilter() else { return [] }
    clearMarks()
    return []
  }

  mutating func move(_ motion: Motion) -> [Effect] {
    if sheet != nil { return scrollSheet(motion) }
    if moveInPanel(motion) { return [] }
    if let place = placeInHand { return move(place, motion) }
    help.move(motion, rows: helpRows, height: layout.listHeight)
    return []
  }

  /// The commonest key of all: where it can be told that it does nothing else, little has to be settled after it.
  mutating func moveOnly(_ motion: Motion) -> [Effect] {
    let shown = rowsOnScreen
    let (count, track) = (notices.count, panelTrack?.id)
    let isList = sheet == nil && !layout.isBodyHidden && screen != .settings && placeInHand != .views
    let effects = perform(.move(motion), replyTo: nil)
    hasMovedCursor = isList && notices.count == count
    // The panel may follow the cursor.
    if hasMovedCursor, panelTrack?.id == track { onlyMoved = rowsOnScreen == shown ? .inSight : .scrolled }
    return effects
  }

  private var rowsOnScreen: [Int] {
    [placeInHand.map { self[$0].top } ?? 0, library.tracks.revision, playlists.tracks.revision]
  }

  mutating func changePane(_ motion: PaneMotion) -> [Effect] {
    let step = motion == .left || motion == .previous ? -1 : 1
    let wraps = motion == .next || motion == .previous
    func moved(_ place: Int, of count: Int) -> Int {
      wraps ? (place + step + count) % count : max(0, min(count - 1, place + step))
    }
    switch screen {
    case .library: return followHeld() + changeLibraryPane(motion)
    case .playlists: playlists.focus = PlaylistsState.Column(rawValue: moved(playlists.focus.rawValue, of: 2))!
    case .search: search.isTyping = wraps ? !search.isTyping : search.isTyping
    case .versions: versions.focus = PlaylistsState.Column(rawValue: moved(versions.focus.rawValue, of: 2))!
    case .queue, .downloads, .history, .help, .radio, .changes, .outbox, .settings, .registers: break
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
    panel.isOver = false
    queueList.cursor = index
    return []
  }
}
