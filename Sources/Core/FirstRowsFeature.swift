import Music

// The first rows of the library's views are read before somebody opens one: the first visit then shows them in its first
// frame, as later visits show what was there the last time.

/// First rows of views that nobody has opened yet, none older than the last change of the library.
struct FirstRowsState: Sendable {
  /// How long after the first frame, or after a change.
  static let pause = Duration.seconds(3)
  private static let mostRows = 500

  fileprivate struct Rows: Sendable {
    var answer: CatalogueAnswer
    /// Of all; nil where these are all, or nobody knows.
    var count: Int?
  }

  fileprivate var kept: [CatalogueQuestion: Rows] = [:]
  fileprivate var left: [CatalogueQuestion] = []
  fileprivate var asked: (ticket: Ticket, question: CatalogueQuestion)?
  /// Their time is set, or they were read.
  fileprivate var isExpected = false
  fileprivate var opened: Set<LibraryView> = []

  var questions: Set<CatalogueQuestion> { Set(kept.keys) }

  /// Rows may be others now.
  mutating func drop() { (kept, left, asked, isExpected) = ([:], [], nil, false) }

  fileprivate mutating func keep(_ rows: Rows, for question: CatalogueQuestion) {
    if rows.answer.rowCount <= Self.mostRows { kept[question] = rows }
  }
}

extension AppState {
  /// After every message: once there are rows, and again after a change, the views are read while nothing else goes on.
  mutating func expectLeisure() -> [Effect] {
    guard !firstRows.isExpected, lineMode == nil, login == nil, library.artists.isLoaded else { return [] }
    firstRows.isExpected = true
    return [.alarm(.views, after: FirstRowsState.pause)]
  }

  /// The time has come.
  mutating func readFirstRows() -> [Effect] {
    firstRows.kept = [:]
    let views = LibraryView.allCases.filter { $0 == .random || !firstRows.opened.contains($0) && $0 != library.view }
    firstRows.left = views.map(firstQuestion)
    return askForFirstRows()
  }

  /// One question after another.
  private mutating func askForFirstRows() -> [Effect] {
    firstRows.asked = nil
    guard !firstRows.left.isEmpty else { return [] }
    let question = firstRows.left.removeFirst()
    let ticket = tickets.next()
    firstRows.asked = (ticket, question)
    return [.askFirstRows(ticket, question)]
  }

  mutating func take(firstRows answer: CatalogueAnswer, of count: Int?, to ticket: Ticket) -> [Effect] {
    guard let asked = firstRows.asked, asked.ticket == ticket else { return [] }
    firstRows.keep(FirstRowsState.Rows(answer: answer, count: count), for: asked.question)
    if let next = answer.questionOfNeighbours, firstRows.kept[next] == nil { firstRows.left.insert(next, at: 0) }
    return askForFirstRows()
  }

  /// What the first column of a view answers. The order of chance is the one that would be thrown now.
  func firstQuestion(of view: LibraryView) -> CatalogueQuestion {
    switch view {
    case .artist: return .artists
    case .genre: return .library(.genres)
    case .year: return .library(.years)
    case .decade: return .library(.decades)
    case .folder: return .library(.folders(in: view == library.view ? library.folder : ""))
    case .album: return .allAlbums(library.albumSort)
    case .added: return .allAlbums(.newest)
    case .random:
      var random = random
      return .library(.randomAlbums(seed: UInt32(truncatingIfNeeded: random.next())))
    case .played: return .library(.mostPlayed)
    case .recent: return .library(.lastPlayed)
    case .starred: return .starred
    }
  }

  mutating func noteOpened(_ view: LibraryView) {
    firstRows.opened.insert(view)
    // Another order for the next time.
    if view == .random { firstRows.isExpected = false }
  }

  /// Rows that were read ahead stand there until the whole answer comes, which is under way.
  mutating func showFirstRows(of question: CatalogueQuestion) -> [Effect] {
    guard library.awaited == nil, let rows = firstRows.kept[question] else { return [] }
    switch rows.answer {
    case .groups(let groups) where library.groups.question == question:
      return library.groups.accept(part: groups, of: rows.count) ? askForAlbums() : []
    case .albums(let albums) where library.albums.question == question:
      return library.albums.accept(part: albums, of: rows.count) ? askForTracks() : []
    case .tracks(let tracks) where library.tracks.question == question:
      _ = library.tracks.accept(part: tracks, of: rows.count)
      return []
    default: return []
    }
  }
}

extension CatalogueAnswer {
  fileprivate var rowCount: Int {
    switch self {
    case .groups(let rows): rows.count
    case .albums(let rows): rows.count
    case .tracks(let rows): rows.count
    default: .max
    }
  }

  /// About what stands beside the first row.
  fileprivate var questionOfNeighbours: CatalogueQuestion? {
    switch self {
    case .groups(let rows):
      switch rows.first {
      case .folder(let path)?: .library(.tracksInFolder(path, .shown))
      case .here(let path)?: .library(.tracksInFolder(path, .direct))
      case let group?: group.albumsQuestion
      case nil: nil
      }
    case .albums(let rows): rows.first.map { .tracksOfAlbum($0.id) }
    default: nil
    }
  }
}
