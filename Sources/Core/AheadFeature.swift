package import Music

// What stands beside the rows next to a cursor that rests is read before the cursor goes there: the move then shows it in
// the same frame, and asks nothing.

/// Answers about rows next to the cursor: a handful, and none that is older than the last change of the library.
struct AheadState: Sendable {
  /// Whoever has more rows is asked about when the cursor is there.
  static let mostRows = 200

  /// Where the cursor rested when it was last read ahead, or is about to be.
  fileprivate(set) var spot: Spot?
  fileprivate var kept: [CatalogueQuestion: CatalogueAnswer] = [:]
  fileprivate var marks: [TrackID: CacheMark] = [:]
  /// What was asked since the cursor came here, so that nothing is asked twice.
  fileprivate var tried: Set<CatalogueQuestion> = []
  fileprivate var ticket: Ticket?
  /// What the cache held when the marks were asked for.
  fileprivate var age = 0

  /// A cursor, by the rows on either side of it.
  struct Spot: Hashable, Sendable {
    var place: ListPlace
    var revision: Int
    /// -1 where there is none.
    var below: Int
    var above: Int

    var isAlone: Bool { below < 0 && above < 0 }
  }

  var questions: Set<CatalogueQuestion> { Set(kept.keys) }

  /// Rows may be others now: nothing that was read, or is being read, holds.
  fileprivate mutating func drop() { self = AheadState() }
}

extension AppState {
  mutating func dropAhead() {
    firstRows.drop()
    if ahead.spot != nil || ahead.ticket != nil { ahead.drop() }
  }

  /// After every message: where a cursor came to rest elsewhere by other ways than a move, it is read ahead soon.
  mutating func expectRest(_ message: Message, _ effects: [Effect]) -> [Effect] {
    if message.mayChangeRows || effects.contains(where: \.mayChangeRows) { dropAhead() }
    return expectLeisure() + expectRest()
  }

  private mutating func expectRest() -> [Effect] {
    guard !neighbours.isUnderWay, hasLeftSpot, let spot = spotInHand else { return [] }
    ahead.spot = spot
    return spot.isAlone ? [] : [.alarm(.follow, after: NeighboursState.pause)]
  }

  /// The cursor is on its way: what is read ahead waits until it rests.
  mutating func leaveSpot() -> Bool {
    guard hasLeftSpot else { return false }
    ahead.spot = spotInHand
    return true
  }

  private var hasLeftSpot: Bool {
    guard let place = placeInHand, isReadAhead(place) else { return false }
    guard let last = ahead.spot else { return true }
    return last != spot(of: place)
  }

  private var spotInHand: AheadState.Spot? {
    guard let place = placeInHand, isReadAhead(place) else { return nil }
    return spot(of: place)
  }

  /// The rows are those that are shown.
  private func spot(of place: ListPlace) -> AheadState.Spot {
    let cursor = self[place].cursor
    let position = arrangement(of: place).map { $0.place(of: cursor) } ?? cursor
    let count = count(of: place)
    func shown(_ position: Int) -> Int { row(of: place, shownAt: position).flatMap { $0 < count ? $0 : nil } ?? -1 }
    return AheadState.Spot(
      place: place, revision: revision(of: place), below: position.map { shown($0 + 1) } ?? -1,
      above: position.map { shown($0 - 1) } ?? -1)
  }

  private func isReadAhead(_ place: ListPlace) -> Bool {
    guard lineMode == nil, login == nil else { return false }
    return place == .artists || place == .albums || place == .playlists
  }
}

// MARK: Reading

extension AppState {
  /// The cursor rests.
  mutating func readAhead() -> [Effect] {
    ahead.tried = []
    ahead.ticket = nil
    return goOnReadingAhead()
  }

  /// What is not in hand yet is asked for. Nobody waits for it.
  private mutating func goOnReadingAhead() -> [Effect] {
    guard !neighbours.isUnderWay, let spot = spotInHand else { return [] }
    ahead.spot = spot
    let wanted = [spot.below, spot.above].flatMap { questions(beside: $0, of: spot.place) }
    keepAhead(wanted + questions(beside: self[spot.place].cursor, of: spot.place))
    let missing = wanted.filter { ahead.kept[$0] == nil && !ahead.tried.contains($0) }
    guard !missing.isEmpty else { return [] }
    let ticket = tickets.next()
    ahead.ticket = ticket
    ahead.age = marks.age
    ahead.tried.formUnion(missing)
    return [.askAhead(ticket, missing)]
  }

  /// Lets go of what the cursor has left behind.
  private mutating func keepAhead(_ wanted: [CatalogueQuestion]) {
    ahead.kept = ahead.kept.filter { wanted.contains($0.key) }
    let tracks = Set(ahead.kept.values.flatMap(\.tracks).map(\.id))
    ahead.marks = ahead.age == marks.age ? ahead.marks.filter { tracks.contains($0.key) } : [:]
  }

  mutating func take(
    ahead found: [CatalogueQuestion: CatalogueAnswer], marks held: [TrackID: CacheMark], to ticket: Ticket
  ) -> [Effect] {
    guard ahead.ticket == ticket else { return [] }
    ahead.ticket = nil
    for (question, answer) in found where answer.isShort {
      ahead.kept[question] = answer
      for track in answer.tracks { ahead.marks[track.id] = held[track.id] ?? .absent }
    }
    return goOnReadingAhead()
  }

  /// What stands beside a row once the cursor is on it: of an artist the albums, and then the tracks of the first.
  private func questions(beside row: Int, of place: ListPlace) -> [CatalogueQuestion] {
    switch place {
    case .artists where library.artists.rows.indices.contains(row):
      let artist = library.artists.rows[row]
      guard artist.albumCount <= AheadState.mostRows else { return [] }
      let albums = CatalogueQuestion.albums(of: artist.id)
      return [albums] + (albumsAhead(albums)?.first.map(tracksQuestion) ?? [])
    case .albums where library.albums.rows.indices.contains(row): return tracksQuestion(of: library.albums.rows[row])
    case .playlists where playlists.lists.rows.indices.contains(row):
      let playlist = playlists.lists.rows[row]
      // Which tracks a search finds may be others a moment later.
      guard playlist.smart == nil, playlist.trackCount <= AheadState.mostRows else { return [] }
      return [.tracksOfPlaylist(playlist.id)]
    default: return []
    }
  }

  private func tracksQuestion(of album: Album) -> [CatalogueQuestion] {
    album.trackCount <= AheadState.mostRows ? [.tracksOfAlbum(album.id)] : []
  }
}

// MARK: In hand

extension AppState {
  /// nil where these were not read ahead.
  func albumsAhead(_ question: CatalogueQuestion) -> [Album]? {
    if case .albums(let rows)? = ahead.kept[question] { rows } else { nil }
  }

  /// nil where these were not read ahead. What the cache holds of them is known with them, unless it changed since.
  mutating func takeTracksAhead(_ question: CatalogueQuestion) -> [Track]? {
    guard case .tracks(let rows)? = ahead.kept[question] else { return nil }
    let known = rows.compactMap { row in ahead.marks[row.id].map { (row.id, $0) } }
    marks.take(Dictionary(known) { first, _ in first }, of: ahead.age)
    return rows
  }
}

extension CatalogueAnswer {
  package var tracks: [Track] { if case .tracks(let rows) = self { rows } else { [] } }

  fileprivate var isShort: Bool {
    switch self {
    case .albums(let rows): rows.count <= AheadState.mostRows
    case .tracks(let rows): rows.count <= AheadState.mostRows
    default: false
    }
  }
}

extension AppState {
  /// Whether a message changes nothing that is shown, nor anything that has to be settled.
  package func isQuiet(_ message: Message) -> Bool {
    switch message {
    case .ahead, .firstRows, .alarm(.views): lineMode == nil
    case .alarm(.follow): neighbours.held == nil && lineMode == nil
    default: false
    }
  }
}

extension Message {
  /// Whether rows of the catalogue may be others than they were.
  fileprivate var mayChangeRows: Bool {
    switch self {
    case .catalogueChanged, .outboxChanged, .accountsChanged, .edited, .editFailed, .turned, .turnFailed,
      .sync(.finished), .sync(.failed), .activity(.ended):
      true
    default: false
    }
  }
}

extension Effect {
  fileprivate var mayChangeRows: Bool {
    switch self {
    case .edit, .turn, .switchAccount, .removeAccount, .forgetMissing: true
    default: false
    }
  }
}
