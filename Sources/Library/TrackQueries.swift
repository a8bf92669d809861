package import Music
import SQLite

// Tracks by words and conditions, as `Query` says them.

extension Schema {
  /// What conditions look for, besides what has an index already.
  static let queries = Migration(
    "queries",
    sql: """
      CREATE INDEX track_year ON track(year) WHERE year > 0;
      CREATE INDEX track_created ON track(created) WHERE created IS NOT NULL;
      CREATE INDEX track_rating ON track(rating) WHERE rating > 0;
      """)
}

extension Catalogue {
  /// In the query's order; without one, those whose title holds the words first, or album by album.
  /// - Parameter limit: how many at most, where the query does not ask for fewer.
  package func tracks(matching query: Query, limit: Int) throws -> [Track] {
    let limit = min(query.limit ?? limit, limit)
    guard !query.isEmpty, limit > 0 else { return [] }
    return try database.snapshot {
      var sql = QuerySQL(scope: try scopeList())
      guard sql.take(query.words, genres: try genreNames()) else { return [] }
      for range in query.ranges { sql.take(range) }
      if query.qualities.contains(where: { $0.trait == .cached }) { try noteHeldTracks() }
      for quality in query.qualities { sql.take(quality) }
      return try database.rows(
        "SELECT \(Self.trackColumns) \(sql.text) ORDER BY \(sql.order(query.order)) LIMIT \(limit)", values: sql.values,
        read: track)
    }
  }

  private func genreNames() throws -> [String] {
    // From one name to the next by the index, however many tracks there are.
    try database.rows(
      """
      WITH RECURSIVE name(genre) AS (
        SELECT min(genre) FROM track WHERE genre > ''
        UNION ALL SELECT (SELECT min(genre) FROM track WHERE genre > name.genre) FROM name WHERE name.genre IS NOT NULL)
      SELECT genre FROM name WHERE genre IS NOT NULL
      """
    ) { $0.text(0) }
  }

  private func noteHeldTracks() throws {
    try database.execute("CREATE TEMP TABLE IF NOT EXISTS held(id INTEGER PRIMARY KEY); DELETE FROM held;")
    for (server, track) in heldTracks?() ?? [] {
      guard let id = try trackID(track, from: .remote(server)) else { continue }
      try database.run("INSERT OR IGNORE INTO held VALUES (?)", id.rawValue)
    }
  }
}

/// A statement that grows condition by condition.
private struct QuerySQL {
  private var conditions: [String]
  private var expression: [String] = []
  private(set) var matchValues: [(any Bindable)?] = []

  init(scope: String) { conditions = ["t.origin IN \(scope)"] }

  var text: String {
    let from = expression.isEmpty ? "track t" : "track_text CROSS JOIN track t ON t.id = track_text.rowid"
    let match = expression.isEmpty ? [] : ["track_text MATCH ?"]
    return "FROM \(from) WHERE " + (match + conditions).joined(separator: " AND ")
  }

  var values: [(any Bindable)?] {
    (expression.isEmpty ? [] : [expression.joined(separator: " AND ")]) + matchValues
  }

  /// - Returns: false when nothing can match.
  mutating func take(_ words: [Query.Words], genres: [String]) -> Bool {
    for words in words {
      switch words.field {
      case .genre: take(genres: words, among: genres)
      case .format:
        conditions.append("t.suffix \(words.isExcluded ? "<>" : "=") ?")
        matchValues.append(words.text.lowercased())
      case .any, .title, .artist, .album:
        guard let query = FullTextQuery(words.text) else {
          if words.isExcluded { continue }
          return false
        }
        let match = "\(words.field.columns)(\(query.words.map { "\"\($0)\"*" }.joined(separator: " AND ")))"
        if words.isExcluded {
          conditions.append("t.id NOT IN (SELECT rowid FROM track_text WHERE track_text MATCH ?)")
          matchValues.append(match)
        } else {
          expression.append(match)
        }
      }
    }
    return true
  }

  private mutating func take(genres words: Query.Words, among genres: [String]) {
    let wanted = Folding.fold(words.text)
    let names = genres.filter { Folding.fold($0).contains(wanted) }
    let places = names.map { _ in "?" }.joined(separator: ", ")
    conditions.append("t.genre \(words.isExcluded ? "NOT " : "")IN (\(places))")
    matchValues += names
  }

  mutating func take(_ range: Query.Range) {
    let (column, known) = range.number.column
    var parts = [known]
    if range.number.isAge {
      // Old at least: before a moment. Old at most: since one.
      if let lower = range.lower { parts.append("\(column) <= unixepoch() - \(lower)") }
      if let upper = range.upper { parts.append("\(column) >= unixepoch() - \(upper)") }
    } else {
      if let lower = range.lower { parts.append("\(column) >= \(lower)") }
      if let upper = range.upper { parts.append("\(column) <= \(upper)") }
    }
    let condition = "(" + parts.filter { !$0.isEmpty }.joined(separator: " AND ") + ")"
    conditions.append(range.isExcluded ? "NOT coalesce(\(condition), 0)" : condition)
  }

  mutating func take(_ quality: Query.Quality) {
    let condition =
      switch quality.trait {
      case .starred: "t.starred IS NOT NULL"
      case .cached: "(t.origin = 1 OR t.id IN (SELECT id FROM temp.held))"
      case .local: "t.origin = 1"
      case .played: "t.play_count > 0"
      case .rated: "t.rating > 0"
      }
    conditions.append(quality.isExcluded ? "NOT (\(condition))" : condition)
  }

  func order(_ order: Query.Order?) -> String {
    guard let order else {
      return expression.isEmpty ? "t.album_id, t.disc_number, t.track_number, t.id" : "t.id"
    }
    let direction = order.isDescending ? " DESC" : ""
    return order.key.columns.map { $0 + direction }.joined(separator: ", ") + ", t.id"
  }
}

extension Query.Field {
  fileprivate var columns: String {
    switch self {
    case .any, .genre, .format: ""
    case .title: "{title spelled} : "
    case .artist: "{artist album_artist spelled} : "
    case .album: "{album spelled} : "
    }
  }
}

extension Query.Number {
  fileprivate var isAge: Bool { self == .added || self == .played }

  /// The column, and what says that it is known.
  fileprivate var column: (String, known: String) {
    switch self {
    case .year: ("t.year", "t.year > 0")
    case .rating: ("t.rating", "")
    case .plays: ("t.play_count", "")
    case .length: ("t.duration", "t.duration > 0")
    case .bitrate: ("t.bit_rate", "t.bit_rate > 0")
    case .added: ("t.created", "t.created IS NOT NULL")
    case .played: ("t.last_played", "t.last_played IS NOT NULL")
    }
  }
}

extension Query.SortKey {
  fileprivate var columns: [String] {
    let artist = "coalesce((SELECT sort_key FROM artist WHERE id = t.artist_id), lower(t.artist))"
    let album = "coalesce((SELECT sort_key FROM album WHERE id = t.album_id), lower(t.album))"
    let inAlbum = ["t.disc_number", "t.track_number"]
    switch self {
    case .title: return ["t.title COLLATE NOCASE"]
    case .artist: return [artist, album] + inAlbum
    case .album: return [album, "t.album_id"] + inAlbum
    case .year: return ["t.year", album] + inAlbum
    case .rating: return ["t.rating"]
    case .plays: return ["t.play_count"]
    case .length: return ["t.duration"]
    case .added: return ["t.created"]
    case .played: return ["t.last_played"]
    case .random: return ["random()"]
    }
  }
}
