/// What a column of a list of tracks tells.
package enum TrackColumn: String, Hashable, Sendable, CaseIterable {
  case number, title, artist, album, year, plays, rating, time

  /// What stands above it. The first column has the list's own title there.
  package var heading: String {
    switch self {
    case .number: "#"
    case .title: "Title"
    case .artist: "Artist"
    case .album: "Album"
    case .year: "Year"
    case .plays: "Plays"
    case .rating: "Rating"
    case .time: "Time"
    }
  }
}

/// Which columns a list of tracks has at a width, and where they lie: the same for every row and for the heading, so that
/// `update` can tell what was clicked on and `Screens` where to draw.
package struct TrackTable: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Tracks of one album, in its order.
    case album
    /// Those of an album by many artists.
    case compilation
    case mixed
  }

  package struct Place: Hashable, Sendable {
    package var column: TrackColumn
    /// From the row's left end.
    package var offset: Int
    package var columns: Int
    package var isRightAligned: Bool { column == .number || column == .time || column == .plays || column == .year }
  }

  package let places: [Place]
  /// Where star and cache mark stand.
  package let starOffset: Int
  package let cacheOffset: Int
  /// Whether there is room for headings.
  package let hasHeadings: Bool

  /// - Parameter columns: of the row, gutter and all, without the scrollbar.
  package init(columns: Int, kind: Kind) {
    hasHeadings = columns >= 64
    let time = Place(column: .time, offset: max(0, columns - 6), columns: 5)
    let isTight = columns < 56
    cacheOffset = max(0, time.offset - (isTight ? 2 : 3))
    starOffset = max(0, cacheOffset - (isTight ? 1 : 2))
    var end = starOffset - 1
    var fixed: [Place] = [time]
    func reserve(_ column: TrackColumn, _ width: Int, from least: Int) {
      guard columns >= least else { return }
      if fixed.count == 1 { end -= 1 }
      end -= width
      fixed.insert(Place(column: column, offset: end, columns: width), at: 0)
      end -= 2
    }
    reserve(.rating, 6, from: kind == .mixed ? 112 : 58)
    reserve(.plays, 5, from: kind == .mixed ? 124 : 72)
    if kind == .mixed { reserve(.year, 4, from: 92) }
    if fixed.count > 1 { end += 1 }

    var start = 2
    var sharing: [(TrackColumn, Int)] = [(.title, 4)]
    if kind == .mixed {
      if columns >= 34 { sharing.append((.artist, 3)) }
      if columns >= 68 { sharing.append((.album, 3)) }
    } else {
      fixed.insert(Place(column: .number, offset: 2, columns: 2), at: 0)
      start = 6
      if kind == .compilation, columns >= 40 { sharing.append((.artist, 3)) }
    }
    places = TrackTable.share(sharing, from: start, to: end, fixed)
  }

  private static func share(_ sharing: [(TrackColumn, Int)], from start: Int, to end: Int, _ fixed: [Place]) -> [Place]
  {
    var room = max(0, end - start - 2 * (sharing.count - 1))
    var shares = sharing.reduce(0) { $0 + $1.1 }
    var offset = start
    var shared: [Place] = []
    for (column, share) in sharing {
      let width = room * share / shares
      shared.append(Place(column: column, offset: offset, columns: width))
      offset += width + 2
      room -= width
      shares -= share
    }
    let (left, right) = (fixed.filter { $0.offset < start }, fixed.filter { $0.offset >= start })
    return left + shared + right
  }

  package subscript(column: TrackColumn) -> Place? { places.first { $0.column == column } }

  /// The column at a place of the row.
  package func column(at offset: Int) -> TrackColumn? {
    places.last { $0.offset <= offset }?.column
  }
}
