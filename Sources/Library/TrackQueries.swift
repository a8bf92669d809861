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

  /// All of them in one go. Where finding them takes longer than `patience`, or reading them follows upon sorting,
  /// `tellFirst` is given the first of them meanwhile, at least `enough`, and how many there are where that is known by
  /// then: once at most, before this returns.
  package func tracks(
    matching query: Query, limit: Int, enough: Int, tellFirst: (_ first: [Track], _ count: Int?) -> Void
  ) throws -> [Track] {
    try database.snapshot {
      guard let plan = try plan(for: query, limit: limit) else { return [] }
      if plan.isInOrder { return try tracksInOrder(plan, enough: enough, tellFirst: tellFirst) }
      let ids = try ids(plan)
      guard ids.count > enough else { return try tracks(ids) }
      let first = try tracks(Array(ids.prefix(enough)))
      tellFirst(first, ids.count)
      return first + (try tracks(Array(ids.dropFirst(enough))))
    }
  }

  private func tracksInOrder(
    _ plan: QueryPlan, enough: Int, tellFirst: (_ first: [Track], _ count: Int?) -> Void
  ) throws -> [Track] {
    let statement = try database.statement("SELECT \(Self.trackColumns) \(plan.text) LIMIT ?")
    defer { statement.reset() }
    try statement.bind(plan.values + [plan.limit])
    let end = ContinuousClock.now + patience
    var isTold = false
    var tracks: [Track] = []
    while try statement.step() {
      tracks.append(track(statement))
      // Clocks take their time, too.
      guard !isTold, tracks.count >= enough, tracks.count % 16 == 0, ContinuousClock.now > end else { continue }
      isTold = true
      tellFirst(tracks, nil)
    }
    return tracks
  }

  private func tracks(_ plan: QueryPlan) throws -> [Track] {
    guard plan.isInOrder else { return try tracks(ids(plan)) }
    return try database.rows(
      "SELECT \(Self.trackColumns) \(plan.text) LIMIT ?", values: plan.values + [plan.limit], read: track)
  }

  /// Where they are to be sorted, which they are first, the rows after: what is sorted is small then.
  private func ids(_ plan: QueryPlan) throws -> [TrackID] {
    if let sorted = plan.sorted { return try ids(sorted, of: plan) }
    return try database.rows("SELECT t.id \(plan.text) LIMIT ?", values: plan.values + [plan.limit]) {
      TrackID($0.int64(0))
    }
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
    let most = sql.hasWords ? 1 : QueryWay.mostCounted
    for place in sql.indexed.indices { sql.indexed[place].count = try count(sql.indexed[place], atMost: most) }
    guard !sql.indexed.contains(where: { $0.count == 0 }) else { return nil }
    let library = QueryLibrary(
      trackCount: try database.first("SELECT max(id) FROM track") { $0.int(0) } ?? 0,
      hasOneOrigin: scope.count == 1, onlyOrigin: try onlyOrigin(query.order))
    return sql.plan(query.order, limit: limit, in: library)
  }

  /// How many rows the index has for a condition, as far as it matters.
  private func count(_ condition: IndexedCondition, atMost most: Int) throws -> Int {
    try database.first(
      "SELECT count(*) FROM (SELECT 1 FROM track t WHERE \(condition.sql) LIMIT \(most))",
      values: condition.values
    ) { $0.int(0) } ?? 0
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
