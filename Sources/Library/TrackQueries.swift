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
  /// In the query's order; without one, those whose title holds the words first, or album by album, of years year by year.
  /// - Parameter limit: how many at most, where the query does not ask for fewer.
  package func tracks(matching query: Query, limit: Int) throws -> [Track] {
    try database.snapshot {
      guard let plan = try plan(for: query, limit: limit) else { return [] }
      return try tracks(plan)
    }
  }

  /// Which they are, or the first of them: at least `enough` where finding them all takes longer than `patience`.
  package func trackIDs(
    matching query: Query, limit: Int, enough: Int
  ) throws -> (ids: [TrackID], isWhole: Bool) {
    try database.snapshot {
      guard let plan = try plan(for: query, limit: limit) else { return ([], true) }
      if let sorted = plan.sorted { return (try ids(sorted, of: plan), true) }
      let statement = try database.statement("SELECT t.id \(plan.text) LIMIT ?")
      defer { statement.reset() }
      try statement.bind(plan.values + [plan.limit])
      let end = ContinuousClock.now + patience
      var ids: [TrackID] = []
      while try statement.step() {
        ids.append(TrackID(statement.int64(0)))
        // Clocks take their time, too.
        if ids.count >= enough, ids.count % 16 == 0, ContinuousClock.now > end { return (ids, false) }
      }
      return (ids, true)
    }
  }

  /// Where they are to be sorted, which they are first, the rows after: what is sorted is small then.
  private func tracks(_ plan: QueryPlan) throws -> [Track] {
    if plan.isInOrder {
      return try database.rows(
        "SELECT \(Self.trackColumns) \(plan.text) LIMIT ?", values: plan.values + [plan.limit], read: track)
    }
    if let sorted = plan.sorted { return try tracks(ids(sorted, of: plan)) }
    return try tracks(
      database.rows("SELECT t.id \(plan.text) LIMIT ?", values: plan.values + [plan.limit]) { TrackID($0.int64(0)) })
  }

  /// Part by part, until there are enough.
  private func ids(_ parts: [String], of plan: QueryPlan) throws -> [TrackID] {
    var ids: [TrackID] = []
    for part in parts where ids.count < plan.limit {
      ids += try database.rows("SELECT t.id \(part) LIMIT ?", values: plan.values + [plan.limit - ids.count]) {
        TrackID($0.int64(0))
      }
    }
    return ids
  }

  /// nil where nothing can match.
  private func plan(for query: Query, limit: Int) throws -> QueryPlan? {
    let limit = min(query.limit ?? limit, limit)
    guard !query.isEmpty, limit > 0 else { return nil }
    var sql = QuerySQL(scope: try scopeList())
    guard sql.take(query.words, genres: try genreNames(), wholeWords: wholeWords) else { return nil }
    for range in query.ranges { sql.take(range) }
    if query.qualities.contains(where: { $0.trait == .cached }) { try noteHeldTracks() }
    for quality in query.qualities { sql.take(quality) }
    // How many rows the indexes have for each condition, as far as it matters.
    var fewest = Self.many
    for condition in sql.indexed {
      let count = "SELECT count(*) FROM (SELECT 1 FROM track t WHERE \(condition.sql) LIMIT \(Self.many))"
      fewest = min(fewest, try database.first(count, values: condition.values) { $0.int(0) } ?? 0)
    }
    guard fewest > 0 else { return nil }
    return sql.plan(query.order, walks: fewest == Self.many, limit: limit, origin: try onlyOrigin(query.order))
  }

  /// Where all tracks are of one origin, and each has an artist or album to be sorted by: that origin.
  private func onlyOrigin(_ order: Query.Order?) throws -> Int64? {
    guard let column = order?.key.parent?.column else { return nil }
    func isAny(_ condition: String) throws -> Bool {
      try database.first("SELECT 1 FROM track WHERE \(condition) LIMIT 1") { _ in true } ?? false
    }
    let origins = try scope.compactMap { try row(of: $0) }.filter { try isAny("origin = \($0)") }
    return try origins.count == 1 && !isAny("\(column) IS NULL") ? origins[0] : nil
  }

  /// Rows from which on it is quicker to go along all albums until enough of them were met than to sort those.
  private static let many = 4000

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

/// How tracks are looked for.
private struct QueryPlan {
  /// From FROM to ORDER BY.
  let text: String
  let values: [(any Bindable)?]
  let limit: Int
  /// They come in the order that is wanted: the first few are found without the others.
  let isInOrder: Bool
  /// The same in parts, one behind the other, each of which an index has in order; nil where none does.
  var sorted: [String]?
}

/// A statement that grows condition by condition.
private struct QuerySQL {
  private var conditions: [String]
  private var expression: [String] = []
  /// What is taken away from what the words find.
  private var exclusion: [String] = []
  private(set) var matchValues: [(any Bindable)?] = []
  /// Those of the conditions that an index answers.
  private(set) var indexed: [(sql: String, values: [(any Bindable)?])] = []
  /// Whether tracks of certain years are asked for: an index has them year by year, and album by album.
  private var isOfYears = false

  /// The plus: any other index has fewer rows than that of origins.
  init(scope: String) { conditions = ["+t.origin IN \(scope)"] }

  /// - Parameters:
  ///   - walks: whether to go along all albums rather than along the rows that an index has for a condition.
  ///   - origin: of all tracks, where they are found along the artists or albums that they are to be sorted by.
  func plan(_ order: Query.Order?, walks: Bool, limit: Int, origin: Int64?) -> QueryPlan {
    let hasWords = !expression.isEmpty
    let walksAll = walks
    let isAlongYear = isOfYears && (walks || indexed.count == 1) && !hasWords && order == nil
    let walks = walks && !hasWords && order == nil
    let from =
      hasWords
      ? "track_text CROSS JOIN track t ON t.id = track_text.rowid"
      : "track t" + (isAlongYear ? " INDEXED BY track_year" : walks ? " INDEXED BY track_album" : "")
    let match = hasWords ? ["track_text MATCH ?"] : []
    let condition = (match + conditions).joined(separator: " AND ")
    var plan = QueryPlan(
      text: "FROM \(from) WHERE \(condition) ORDER BY \(self.order(order))",
      values: (hasWords ? [matchExpression] : []) + matchValues, limit: limit,
      isInOrder: order == nil && (hasWords || walks || isAlongYear))
    // Along the index of the order where it is likely that most rows are wanted.
    guard walksAll, !hasWords, conditions.count == indexed.count + 1, let order else { return plan }
    if let origin, let parent = order.key.parent {
      plan.sorted = [
        """
        FROM \(parent.table) p CROSS JOIN track t INDEXED BY \(parent.index) ON t.\(parent.column) = p.id
        WHERE p.origin = \(origin) AND \(condition) ORDER BY p.sort_key\(order.isDescending ? " DESC" : ""), \(self.order(order))
        """
      ]
    } else if let (known, unknown) = order.key.parts {
      let parts = order.isDescending ? [known, unknown] : [unknown, known]
      plan.sorted = parts.map { part in
        let order = part == known ? self.order(order) : "t.id"
        return "FROM track t WHERE \(condition) AND \(part) ORDER BY \(order)"
      }
    }
    return plan
  }

  private var matchExpression: String {
    let wanted = expression.joined(separator: " AND ")
    return exclusion.isEmpty ? wanted : "(\(wanted)) NOT (\(exclusion.joined(separator: " OR ")))"
  }

  /// - Returns: false when nothing can match.
  mutating func take(_ words: [Query.Words], genres: [String], wholeWords: (String) -> [String]?) -> Bool {
    // What words find is known before anything is taken away.
    let hasWords = words.contains { !$0.isExcluded && $0.field != .genre && $0.field != .format }
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
        let match = "\(words.field.columns)(\(FullTextQuery(query, whole: wholeWords).expression))"
        if words.isExcluded, hasWords {
          exclusion.append(match)
        } else if words.isExcluded {
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
    let condition = "t.genre \(words.isExcluded ? "NOT " : "")IN (\(places))"
    conditions.append(condition)
    matchValues += names
    if !words.isExcluded { indexed.append((condition, names)) }
  }

  mutating func take(_ range: Query.Range) {
    let (column, known, isIndexed) = range.number.column
    var parts: [String] = []
    var values: [(any Bindable)?] = []
    func add(_ comparison: String, _ value: Int64) {
      parts.append("\(column) \(comparison) \(range.number.isAge ? "unixepoch() - ?" : "?")")
      values.append(value)
    }
    let isOne = range.lower == range.upper && !range.number.isAge
    if range.number == .year, !range.isExcluded { isOfYears = true }
    // Old at least: before a moment. Old at most: since one.
    if let lower = range.lower { add(isOne ? "=" : range.number.isAge ? "<=" : ">=", lower) }
    if !isOne, let upper = range.upper { add(range.number.isAge ? ">=" : "<=", upper) }
    // Indexes have what is more than nothing. That it is known comes last: SQLite begins to read an index where the first of
    // the conditions of its column says.
    let isMore = known.isEmpty && range.lower.map { $0 > 0 } ?? false
    parts.append(isMore ? "\(column) > 0" : known)
    let condition = "(" + parts.filter { !$0.isEmpty }.joined(separator: " AND ") + ")"
    conditions.append(range.isExcluded ? "NOT coalesce(\(condition), 0)" : condition)
    matchValues += values
    if isIndexed, isMore || !known.isEmpty, !range.isExcluded { indexed.append((condition, values)) }
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
    let isIndexed = [.starred, .played, .rated].contains(quality.trait)
    if isIndexed, !quality.isExcluded { indexed.append((condition, [])) }
  }

  private func order(_ order: Query.Order?) -> String {
    guard let order else {
      // As an index has them, and as the full-text index has them.
      let albums = "t.album_id, t.disc_number, t.track_number, t.duration, t.id"
      return expression.isEmpty ? (isOfYears ? "t.year, " : "") + albums : "track_text.rowid"
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

  /// The column, what says that it is known, and whether there is an index of it.
  fileprivate var column: (String, known: String, isIndexed: Bool) {
    switch self {
    case .year: ("t.year", "t.year > 0", true)
    case .rating: ("t.rating", "", true)
    case .plays: ("t.play_count", "", true)
    case .length: ("t.duration", "t.duration > 0", false)
    case .bitrate: ("t.bit_rate", "t.bit_rate > 0", false)
    case .added: ("t.created", "t.created IS NOT NULL", true)
    case .played: ("t.last_played", "t.last_played IS NOT NULL", true)
    }
  }
}

extension Query.SortKey {
  /// The rows that an index has in this order, and the others, which are all alike; nil where there is no such index.
  fileprivate var parts: (known: String, unknown: String)? {
    switch self {
    case .rating: ("t.rating > 0", "t.rating <= 0")
    case .plays: ("t.play_count > 0", "t.play_count <= 0")
    case .added: ("t.created IS NOT NULL", "t.created IS NULL")
    case .played: ("t.last_played IS NOT NULL", "t.last_played IS NULL")
    case .title, .artist, .album, .year, .length, .random: nil
    }
  }

  /// What tracks belong to in this order.
  fileprivate var parent: (table: String, column: String, index: String)? {
    switch self {
    case .artist: ("artist", "artist_id", "track_artist")
    case .album: ("album", "album_id", "track_album")
    case .title, .year, .rating, .plays, .length, .added, .played, .random: nil
    }
  }

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
