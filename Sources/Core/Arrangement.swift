import Music

/// What a list is sorted by. The rows keep their numbers: only where they are shown changes.
package struct TrackOrder: Hashable, Sendable {
  package enum Column: String, Hashable, Sendable, CaseIterable {
    case title, artist, album, year, genre, number, length, rating, plays, star, format, bitrate, size
  }

  package var column: Column
  package var isDescending = false

  package init(_ column: Column, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }
}

/// Which rows of a list are shown, and in which order, while a filter narrows it or an order was asked for.
///
/// Cursor and marks stay numbers of rows, so that whatever acts on rows acts on the right ones; `ListCursor.top` counts
/// what is shown.
package struct Arrangement: Sendable {
  package internal(set) var filter = ""
  package internal(set) var orders: [TrackOrder] = []
  /// Numbers of rows, from the top of the list down.
  package private(set) var shown: [Int] = []
  /// Where each row is shown; -1 for hidden ones.
  private var places: [Int32] = []
  /// Of which rows it holds, and what they answered.
  var revision = -1
  /// What those rows say, once a filter was there.
  var texts: FilterTexts?
  var question: CatalogueQuestion?

  var isNeeded: Bool { !filter.isEmpty || !orders.isEmpty }

  mutating func show(_ rows: [Int], of count: Int) {
    shown = rows
    places = Array(repeating: -1, count: count)
    for (place, row) in rows.enumerated() { places[row] = Int32(place) }
  }

  /// nil for a row that is hidden.
  package func place(of row: Int) -> Int? {
    guard places.indices.contains(row), places[row] >= 0 else { return nil }
    return Int(places[row])
  }

  /// Where the row is shown, or the one that follows it.
  func nearestPlace(to row: Int) -> Int {
    var row = max(0, row)
    while row < places.count, places[row] < 0 { row += 1 }
    return row < places.count ? Int(places[row]) : max(0, shown.count - 1)
  }
}

// MARK: Lists and their arrangements

extension AppState {
  /// nil where the list is shown as it is.
  package func arrangement(of place: ListPlace) -> Arrangement? {
    guard !arrangements.isEmpty, let arrangement = arrangements[place] else { return nil }
    // Of rows that have just changed it knows nothing until the message is done with.
    return arrangement.revision == revision(of: place) ? arrangement : nil
  }

  /// How many rows a list shows.
  package func shownCount(of place: ListPlace) -> Int { arrangement(of: place)?.shown.count ?? count(of: place) }

  /// The number of the row that stands at a place of what is shown, counted from the top of the list; nil below its end.
  package func row(of place: ListPlace, shownAt position: Int) -> Int? {
    guard position >= 0, position < shownCount(of: place) else { return nil }
    return arrangement(of: place)?.shown[position] ?? position
  }

  /// The marked rows that are shown, or the one under the cursor: their numbers, as they stand on the screen.
  package func chosenIndices(of place: ListPlace) -> [Int] {
    let list = self[place]
    guard let arrangement = arrangement(of: place) else { return list.chosen(of: count(of: place)) }
    let marked = list.marked.compactMap { row in arrangement.place(of: row).map { (place: $0, row: row) } }
    if !marked.isEmpty { return marked.sorted { $0.place < $1.place }.map(\.row) }
    return arrangement.place(of: list.cursor) == nil ? [] : [list.cursor]
  }

  /// All rows that are shown, as they stand on the screen.
  package func shownIndices(of place: ListPlace) -> [Int] {
    arrangement(of: place)?.shown ?? Array(0..<count(of: place))
  }

  /// Changes where a list stands, in places of what is shown.
  mutating func withShown(_ place: ListPlace, _ change: (inout ListCursor, Int) -> Void) {
    guard let arrangement = arrangement(of: place) else { return change(&self[place], count(of: place)) }
    var list = self[place]
    list.cursor = arrangement.nearestPlace(to: list.cursor)
    change(&list, arrangement.shown.count)
    list.cursor = arrangement.shown.isEmpty ? self[place].cursor : arrangement.shown[list.cursor]
    self[place] = list
  }

  /// After every message: what changed is arranged anew, and what belongs to rows of another question is forgotten.
  mutating func arrangeLists() {
    if arrangements.isEmpty { return }
    for (place, arrangement) in arrangements where arrangement.revision != revision(of: place) {
      if arrangement.question != question(of: place) {
        arrangements[place]?.filter = ""
        if place != .found { arrangements[place]?.orders = [] }
      }
      arrange(place)
    }
  }

  /// - Parameter narrows: only rows that are shown can stay.
  mutating func arrange(_ place: ListPlace, narrows: Bool = false) {
    guard var arrangement = arrangements[place], arrangement.isNeeded else {
      arrangements[place] = nil
      return
    }
    if arrangement.revision != revision(of: place) || arrangement.filter.isEmpty { arrangement.texts = nil }
    let candidates = narrows && arrangement.revision == revision(of: place) ? arrangement.shown : nil
    var rows = filtered(place, arrangement.filter, in: &arrangement.texts, among: candidates)
    if !arrangement.orders.isEmpty, candidates == nil { rows = sorted(rows, of: place, by: arrangement.orders) }
    arrangement.show(rows, of: count(of: place))
    arrangement.revision = revision(of: place)
    arrangement.question = question(of: place)
    arrangements[place] = arrangement
  }

  /// Differs when the rows of a list do.
  func revision(of place: ListPlace) -> Int {
    switch place {
    case .views: 0
    case .groups: library.groups.revision
    case .artists: library.artists.revision
    case .albums: library.albums.revision
    case .tracks: library.tracks.revision
    case .queue: queue.revision
    case .playlists: playlists.lists.revision
    case .playlistTracks: playlists.tracks.revision
    case .found: search.results.revision
    case .downloads: downloads.revision
    case .history: history.plays.revision
    case .stations: radio.stations.revision
    case .settings, .registers: 0
    case .changes: changes.steps.revision
    case .outbox: outbox.rows.revision
    case .versions: versions.versions.revision
    case .versionTracks: versions.tracks.revision
    }
  }

  /// What a list's rows answer, where another question means other rows.
  private func question(of place: ListPlace) -> CatalogueQuestion? {
    switch place {
    case .groups: library.groups.answered
    case .albums: library.albums.answered
    case .tracks: library.tracks.answered
    case .playlistTracks: playlists.tracks.answered
    case .found: search.results.answered
    case .versionTracks: versions.tracks.answered
    case .views, .artists, .queue, .playlists, .downloads, .history, .stations, .changes, .outbox, .versions, .settings,
      .registers:
      nil
    }
  }
}
