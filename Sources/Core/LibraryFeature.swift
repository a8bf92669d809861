package import Music

/// The library's screen: the columns of one view. What each of the others showed last is kept, cursors and all.
package struct LibraryState: Sendable {
  package enum Column: Hashable, Sendable {
    /// The views to choose from, left of all others.
    case views
    /// Genres, years or folders.
    case groups
    case artists, albums, tracks
  }

  package internal(set) var view = LibraryView.artist
  package internal(set) var focus = Column.artists
  /// The list of views; its cursor stands on the one that is shown.
  package internal(set) var views = ListCursor()
  @Boxed package internal(set) var groups = Pane<LibraryGroup>()
  @Boxed package internal(set) var artists = Pane<Artist>()
  @Boxed package internal(set) var albums = Pane<Album>()
  @Boxed package internal(set) var tracks = Pane<Track>()
  /// The folder whose folders are listed; "" is the whole.
  package internal(set) var folder = ""

  /// What the other views showed.
  private var shelves: [LibraryView: Shelf] = [:]
  /// The column of each view that had the focus last.
  private var resting: [LibraryView: Column] = [:]
  /// The order of the view of albums.
  var albumSort = AlbumSort.name
  /// The folder that is being looked into, to see whether it holds others.
  var descent: (ticket: Ticket, path: String)?
  /// The group to stand on when the groups come.
  var awaited: LibraryGroup.ID?
  /// Whose rows stand right of a cursor that moved on.
  var heldNames: HeldNames?

  /// Left of the view's own columns stand the views, while one is chosen.
  package var columns: [Column] { (focus == .views ? [.views] : []) + view.columns }

  /// What the albums belong to, where that is no view of all albums; `isAlone` where nothing left of them tells.
  package func albumsTitle(isAlone: Bool, separator: String) -> String {
    switch view {
    case .album: albumSort == .name ? "Albums" : "Albums by \(albumSort.title)"
    case .added, .random: view.title
    default:
      isAlone
        ? [view.title, parentName].compactMap(\.self).joined(separator: " \(separator) ") : parentName ?? "Albums"
    }
  }

  /// What the tracks belong to; before it, where `isAlone`, what that belongs to.
  package func tracksTitle(isAlone: Bool) -> [String] {
    guard let name = tracksParentName else { return [view.columns.count == 1 ? view.title : "Tracks"] }
    guard isAlone, let parentName, view != .folder else { return [name] }
    return [parentName, name]
  }

  /// What the tracks belong to; nil where they are a list of their own.
  var tracksParentName: String? {
    if let heldNames { return heldNames.tracksParent }
    return view.columns.contains(.albums) ? albums.selected?.name : view == .folder ? groups.selected?.name : nil
  }

  /// The row of the first column that the others belong to.
  var parentName: String? {
    if let heldNames { return heldNames.parent }
    switch view.columns[0] {
    case .artists: return artists.selected?.name
    case .groups: return groups.selected?.name
    case .albums, .tracks, .views: return nil
    }
  }

  /// The column of this view that had the focus last.
  var restingFocus: Column { resting[view] ?? view.columns[0] }

  /// The rows that are put away may be others by now.
  mutating func dateShelves() {
    for view in shelves.keys { shelves[view]!.isDated = true }
  }

  /// Puts what is shown away and another view in its place; the focus goes where it was there.
  /// - Returns: whether the library has changed since that view was put away.
  mutating func turn(to view: LibraryView) -> Bool {
    keepFocus()
    shelves[self.view] = Shelf(self)
    let shelf = shelves.removeValue(forKey: view) ?? Shelf()
    (groups, artists, albums, tracks) = (shelf.groups, shelf.artists, shelf.albums, shelf.tracks)
    (folder, descent, awaited, heldNames) = (shelf.folder, nil, nil, nil)
    self.view = view
    views.cursor = LibraryView.allCases.firstIndex(of: view) ?? 0
    focus = restingFocus
    return shelf.isDated
  }

  mutating func keepFocus() {
    if focus != .views { resting[view] = focus }
  }
}

/// What a view shows, while another one is shown.
private struct Shelf: Sendable {
  var groups = Pane<LibraryGroup>()
  var artists = Pane<Artist>()
  var albums = Pane<Album>()
  var tracks = Pane<Track>()
  var folder = ""
  var isDated = false

  init() {}

  init(_ state: LibraryState) {
    (groups, artists, albums, tracks) = (state.groups, state.artists, state.albums, state.tracks)
    folder = state.folder
    isDated = albums.isBeingRefreshed || tracks.isBeingRefreshed
    // Answers that are under way have nobody to go to.
    groups.abandon()
    artists.abandon()
    albums.abandon()
    tracks.abandon()
  }
}

extension AlbumSort {
  package var title: String {
    switch self {
    case .name: "name"
    case .artist: "artist"
    case .newest: "date added"
    case .year: "year"
    case .starred: "star"
    case .random: "chance"
    case .mostPlayed: "plays"
    case .recentlyPlayed: "last play"
    }
  }
}

// MARK: Views

extension AppState {
  /// Without a view: the list of views, to choose one.
  mutating func showLibrary(_ view: LibraryView?) -> [Effect] {
    screen = .library
    guard let view else {
      library.keepFocus()
      library.focus = .views
      return []
    }
    let effects = turnLibrary(to: view)
    library.focus = view.columns[0]
    return effects
  }

  mutating func showAlbums(_ order: AlbumSort) -> [Effect] {
    screen = .library
    switch order {
    case .newest: return showLibrary(.added)
    case .random: return showLibrary(.random)
    default:
      library.albumSort = order
      let effects = turnLibrary(to: .album)
      library.focus = .albums
      library.albums.beginAnew()
      return effects
    }
  }

  mutating func showStarred() -> [Effect] { showLibrary(.starred) }

  /// The view under the cursor of the list of views is the one that is shown.
  mutating func followViews() -> [Effect] {
    let view = LibraryView.allCases[library.views.cursor]
    guard view != library.view else { return [] }
    let effects = turnLibrary(to: view)
    library.focus = .views
    return effects
  }

  private mutating func turnLibrary(to view: LibraryView) -> [Effect] {
    let isDated = view != library.view && library.turn(to: view)
    let effects = askForView()
    return isDated ? effects + refreshBeside() : effects
  }

  /// What stands beside the first column, which was just asked for.
  private mutating func refreshBeside() -> [Effect] {
    let columns = library.view.columns.dropFirst()
    return (columns.contains(.albums) ? library.albums.refresh(&tickets) : [])
      + (columns.contains(.tracks) ? library.tracks.refresh(&tickets) : [])
  }

  /// Asks for the first column; what was shown stays until the answer comes, or rows that were read ahead stand there.
  private mutating func askForView() -> [Effect] {
    let question = firstQuestion(of: library.view)
    noteOpened(library.view)
    let effects: [Effect]
    switch library.view.columns[0] {
    case .groups: effects = library.groups.askOrRefresh(question, &tickets)
    case .albums where library.view == .random:
      library.albums.beginAnew()
      _ = random.next()
      effects = library.albums.ask(question, &tickets)
    case .albums: effects = library.albums.askOrRefresh(question, &tickets)
    case .tracks: effects = library.tracks.askOrRefresh(question, &tickets)
    case .artists, .views: effects = library.artists.askOrRefresh(question, &tickets)
    }
    return effects + showFirstRows(of: question)
  }
}

// MARK: Columns

extension AppState {
  /// The focus goes a column to the left or right: beyond the first stand the views, and folders lead into each other.
  mutating func changeLibraryPane(_ motion: PaneMotion) -> [Effect] {
    let columns = library.view.columns
    guard let place = columns.firstIndex(of: library.focus) else {
      if motion == .right || motion == .next { library.focus = columns[0] }
      return []
    }
    switch motion {
    case .left: return place == 0 ? leaveFolder() : focusLibrary(columns[place - 1])
    case .right:
      if library.focus == .groups, library.view == .folder { return enterFolder() }
      return place + 1 < columns.count ? focusLibrary(columns[place + 1]) : []
    case .next, .previous:
      let step = motion == .next ? 1 : columns.count - 1
      return focusLibrary(columns[(place + step) % columns.count])
    }
  }

  /// Escape: a column back, at last to the list of views.
  mutating func goBackInLibrary() -> [Effect] { library.focus == .views ? [] : changeLibraryPane(.left) }

  private mutating func focusLibrary(_ column: LibraryState.Column) -> [Effect] {
    library.focus = column
    switch column {
    case .groups, .artists: return askForAlbums()
    case .albums: return askForTracks()
    case .tracks, .views: return []
    }
  }

  /// Looks into the folder under the cursor: its folders come, or, where it holds none, its tracks have the focus.
  private mutating func enterFolder() -> [Effect] {
    guard case .folder(let path)? = library.groups.selected else { return focusLibrary(.tracks) }
    let ticket = tickets.next()
    library.descent = (ticket, path)
    return [.ask(ticket, .library(.folders(in: path)))]
  }

  private mutating func leaveFolder() -> [Effect] {
    guard library.view == .folder, !library.folder.isEmpty else { return showLibrary(nil) }
    library.awaited = .folder(library.folder)
    library.folder = parent(of: library.folder)
    return library.groups.askOrRefresh(firstQuestion(of: .folder), &tickets)
  }

  private func parent(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
  }

  /// Whether columns of the library that have nothing to show yet are being read.
  package var awaitsFirstRows: Bool {
    screen == .library
      && (library.artists.isAsking && library.artists.rows.isEmpty
        || library.albums.isAsking && library.albums.rows.isEmpty)
  }

  var isReadingNeighbours: Bool {
    switch screen {
    case .library:
      library.groups.isAsking || library.artists.isAsking || library.albums.isAsking || library.tracks.isAsking
    case .playlists: playlists.tracks.isAsking
    default: false
    }
  }

  /// What is beside the artist or group under the cursor.
  mutating func askForAlbums() -> [Effect] {
    let question = albumsQuestion
    if library.view == .folder { return askForTracksOfFolder() }
    guard let question else {
      library.albums.forget()
      library.tracks.forget()
      return []
    }
    guard library.albums.question != question else { return [] }
    library.albums.list = ListCursor()
    if let rows = albumsAhead(question) {
      library.albums.answer(question, rows)
      return askForTracks()
    }
    return library.albums.ask(question, &tickets) + showFirstRows(of: question)
  }

  /// Whose albums are to be shown; nil where all of them are, or none.
  var albumsQuestion: CatalogueQuestion? {
    switch library.view.columns[0] {
    case .artists: library.artists.selected.map { .albums(of: $0.id) }
    case .groups: library.groups.selected?.albumsQuestion
    case .albums, .tracks, .views: nil
    }
  }

  /// What the folder under the cursor holds; nil elsewhere.
  var folderQuestion: CatalogueQuestion? {
    guard library.view == .folder else { return nil }
    switch library.groups.selected {
    case .folder(let path)?: return .library(.tracksInFolder(path, .shown))
    case .here(let path)?: return .library(.tracksInFolder(path, .direct))
    default: return nil
    }
  }

  mutating func askForTracksOfFolder() -> [Effect] {
    guard let question = folderQuestion else {
      library.tracks.forget()
      return []
    }
    guard library.tracks.question != question else { return [] }
    library.tracks.list = ListCursor()
    return library.tracks.ask(question, &tickets) + showFirstRows(of: question)
  }

  /// The tracks of the album under the cursor.
  mutating func askForTracks() -> [Effect] {
    // Albums that the cursor has left are no longer asked about.
    guard library.view.columns.contains(.albums), !isBehind(.albums) else { return [] }
    guard let album = library.albums.selected else {
      library.tracks.forget()
      return []
    }
    let question = CatalogueQuestion.tracksOfAlbum(album.id)
    guard library.tracks.question != question else { return [] }
    library.tracks.list = ListCursor()
    if let rows = takeTracksAhead(question) {
      library.tracks.answer(question, rows)
      return []
    }
    return library.tracks.ask(question, &tickets) + showFirstRows(of: question)
  }
}

// MARK: Answers

extension AppState {
  /// What of an answer belongs to the library's columns; nil when it is none of theirs.
  mutating func takeForLibrary(_ answer: CatalogueAnswer, to ticket: Ticket) -> [Effect]? {
    switch answer {
    case .artists(let rows) where library.artists.expects(ticket):
      let effects = library.artists.accept(rows, &tickets)
      return effects + (library.view == .artist ? askForAlbums() : [])
    case .albums(let rows) where library.albums.expects(ticket):
      return library.albums.accept(rows, &tickets) + askForTracks()
    case .tracks(let rows) where library.tracks.expects(ticket): return library.tracks.accept(rows, &tickets)
    case .groups(let rows) where library.groups.expects(ticket):
      let effects = library.groups.accept(rows, &tickets)
      place(onAwaitedOf: rows)
      return effects + askForAlbums()
    case .groups(let rows) where library.descent?.ticket == ticket: return descend(into: rows)
    default: return nil
    }
  }

  /// The first rows of a long answer, of which the rest comes later.
  mutating func take(part answer: CatalogueAnswer, of count: Int?, to ticket: Ticket) -> [Effect] {
    switch answer {
    case .artists(let rows) where library.artists.expects(ticket):
      return library.artists.accept(part: rows, of: count) && library.view == .artist ? askForAlbums() : []
    case .albums(let rows) where library.albums.expects(ticket):
      return library.albums.accept(part: rows, of: count) ? askForTracks() : []
    case .tracks(let rows) where library.tracks.expects(ticket): _ = library.tracks.accept(part: rows, of: count)
    case .groups(let rows): return takeFirst(rows, to: ticket)
    case .found(let artists, let albums, let tracks) where search.results.expects(ticket):
      showFound(artists, albums, tracks, of: count)
    default: break
    }
    return []
  }

  /// The first folders of many. Whoever comes out of one of the others waits for all of them.
  private mutating func takeFirst(_ rows: [LibraryGroup], to ticket: Ticket) -> [Effect] {
    if let descent = library.descent, descent.ticket == ticket {
      library.descent = nil
      library.folder = descent.path
      library.groups.forget()
      library.groups.answer(.library(.folders(in: descent.path)), part: rows, ticket)
      return askForAlbums()
    }
    guard library.groups.expects(ticket), library.awaited.map({ id in rows.contains { $0.id == id } }) ?? true,
      library.groups.accept(part: rows)
    else { return [] }
    place(onAwaitedOf: rows)
    return askForAlbums()
  }

  private mutating func place(onAwaitedOf rows: [LibraryGroup]) {
    if let awaited = library.awaited, let place = rows.firstIndex(where: { $0.id == awaited }) {
      library.groups.list.cursor = place
    }
    library.awaited = nil
  }

  private mutating func descend(into rows: [LibraryGroup]) -> [Effect] {
    guard let path = library.descent?.path else { return [] }
    library.descent = nil
    guard rows.contains(where: { if case .folder = $0 { true } else { false } }) else { return focusLibrary(.tracks) }
    library.folder = path
    library.groups.forget()
    library.groups.answer(.library(.folders(in: path)), rows)
    return askForAlbums()
  }

  mutating func libraryFailed(_ ticket: Ticket) -> [Effect]? {
    if library.artists.expects(ticket) { return library.artists.giveUp(&tickets) }
    if library.groups.expects(ticket) { return library.groups.giveUp(&tickets) }
    if library.albums.expects(ticket) { return library.albums.giveUp(&tickets) }
    if library.tracks.expects(ticket) { return library.tracks.giveUp(&tickets) }
    return nil
  }

  mutating func refreshLibrary() -> [Effect] {
    library.dateShelves()
    return library.artists.refresh(&tickets) + library.groups.refresh(&tickets) + library.albums.refresh(&tickets)
      + library.tracks.refresh(&tickets)
  }
}
