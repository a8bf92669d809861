import SQLite

/// An index of tracks that answers conditions.
enum TrackIndex: String {
  case genre = "track_genre"
  case year = "track_year"
  case rating = "track_rating"
  case plays = "track_play_count"
  case added = "track_created"
  case lastPlayed = "track_last_played"
  case starred = "track_starred"
}

/// A condition that an index answers.
struct IndexedCondition {
  let sql: String
  let values: [(any Bindable)?]
  let index: TrackIndex
  /// Whether all rows it has are of one value.
  var isOneValue = false
  /// How many rows it has, counted up to `QueryWay.mostCounted`.
  var count = 0
}

/// What is known of all tracks.
struct QueryLibrary {
  /// At least as many as there are.
  let trackCount: Int
  let hasOneOrigin: Bool
  /// The origin of all of them, where they are found along the artists or albums that they are to be sorted by.
  let onlyOrigin: Int64?
}

/// Which way leads to the tracks that conditions describe.
///
/// Rows that lie one behind the other are looked through six times as quickly as those that an index names are looked up.
/// So what is common is met soonest on the way along all albums, and what is rare by its index.
enum QueryWay: Equatable {
  case words
  /// Album by album, in order.
  case albums
  /// Year by year, in order.
  case years
  /// By the rows of one condition.
  case condition(TrackIndex)
  /// The same, album by album: in order.
  case genre
  /// By whatever SQLite finds best.
  case origin

  /// More rows of a condition are not counted: they are never sorted.
  static let mostCounted = 20_000
  /// More than these are not looked up to be sorted by something else than albums and years.
  private static let mostSorted = 4000

  /// Microseconds for a row. Measured with 250 000: the next of all 0.16 to 0.25; one that an index names 0.7 (genres, whose
  /// rows lie together) to 1.9 (plays); one of a year, which lie furthest from each other, 2.2 to 2.7.
  private static let (step, look, farLook) = (0.25, 1.5, 2.5)

  /// The quickest to the first `limit` tracks, album by album.
  static func album(by conditions: [IndexedCondition], _ limit: Int, in library: QueryLibrary) -> QueryWay {
    let all = Double(library.trackCount)
    let onTheWay = min(all, Double(limit) / density(conditions, in: library))
    var best = (way: albums, cost: onTheWay * step)
    for condition in conditions {
      let isInOrder = condition.index == .genre && condition.isOneValue && library.hasOneOrigin
      let rows = isInOrder ? self.rows(of: condition, among: conditions, limit, in: library) : Double(condition.count)
      guard isInOrder || condition.count < mostCounted, rows * look < best.cost else { continue }
      best = (isInOrder ? genre : .condition(condition.index), rows * look)
    }
    return best.way
  }

  /// The quickest to the first `limit` tracks, year by year. One of the conditions is of years.
  static func year(by conditions: [IndexedCondition], _ limit: Int, in library: QueryLibrary) -> QueryWay {
    let ofYears = conditions.filter { $0.index == .year }
    let rows = ofYears.map { self.rows(of: $0, among: conditions, limit, in: library) }.min() ?? 0
    let others = conditions.filter { $0.index != .year && $0.count < mostCounted }
    guard let fewest = others.min(by: { $0.count < $1.count }), Double(fewest.count) * look < rows * farLook else {
      return years
    }
    return .condition(fewest.index)
  }

  /// To be sorted by something else.
  static func sorting(_ conditions: [IndexedCondition]) -> QueryWay {
    guard let fewest = conditions.min(by: { $0.count < $1.count }), fewest.count < mostSorted else { return origin }
    return .condition(fewest.index)
  }

  /// How many rows of a condition have to be looked at until enough fit the others too, if one has nothing to do with the
  /// other.
  private static func rows(
    of condition: IndexedCondition, among conditions: [IndexedCondition], _ limit: Int, in library: QueryLibrary
  ) -> Double {
    let own = density([condition], in: library)
    return min(Double(condition.count), Double(limit) * own / density(conditions, in: library))
  }

  /// The part of all tracks that fits, more than nothing.
  private static func density(_ conditions: [IndexedCondition], in library: QueryLibrary) -> Double {
    conditions.reduce(1) { $0 * Double(max(1, $1.count)) / Double(max(1, library.trackCount, $1.count)) }
  }
}

extension QueryWay {
  /// What stands after FROM.
  var table: String {
    switch self {
    case .words: "track_text CROSS JOIN track t ON t.id = track_text.rowid"
    case .albums: "track t INDEXED BY track_album"
    case .years: "track t INDEXED BY \(TrackIndex.year.rawValue)"
    case .condition(let index): "track t INDEXED BY \(index.rawValue)"
    case .genre: "track t INDEXED BY \(TrackIndex.genre.rawValue)"
    case .origin: "track t"
    }
  }

  var isInOrder: Bool {
    switch self {
    case .words, .albums, .years, .genre: true
    case .condition, .origin: false
    }
  }

  /// Whether its index has rows origin by origin.
  var needsOrigin: Bool { self == .genre }
}
