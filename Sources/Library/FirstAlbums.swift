package import Music
import SQLite

// What a screen shows first of a long list of albums. Where an index has their order, the first of them are read off it;
// all others come afterwards.

extension Catalogue {
  /// The first albums of a view, as `albumIDs` has them.
  ///
  /// - Returns: nil where all of them come as soon as the first.
  package func firstAlbumIDs(_ view: AlbumView, limit: Int) throws -> [AlbumID]? {
    switch view {
    case .ordered(.name): return try first(limit, keys: ["a.sort_key", "a.id"])
    case .ordered(.newest): return try first(limit, keys: ["a.created DESC", "a.id DESC"])
    case .ordered(.year): return try first(limit, keys: ["a.year DESC", "a.sort_key", "a.id"])
    case .years(let years):
      let condition =
        "AND a.year BETWEEN \(years.lowerBound) AND \(years.upperBound) AND a.year > 0"
      return try first(limit, condition: condition, keys: ["a.year", "a.sort_key", "a.id"])
    case .ordered(.artist):
      // Those of no artist come before all others.
      if try database.first(
        "SELECT 1 FROM album WHERE artist_id IS NULL LIMIT 1", read: { _ in true }) != nil
      {
        return nil
      }
      return try first(
        limit, from: "artist r CROSS JOIN album a ON a.artist_id = r.id", origin: "r.origin",
        keys: ["r.sort_key", "r.id", "a.year = 0", "a.year", "a.sort_key", "a.id"])
    case .ordered(.mostPlayed): return try firstPlayed(limit, "sum(play_count)")
    case .ordered(.recentlyPlayed): return try firstPlayed(limit, "max(last_played)")
    case .genre(let genre): return try firstAlbumIDs(ofGenre: genre, limit)
    case .ordered(.random), .ordered(.starred), .random: return nil
    }
  }

  /// How many albums a view has, where an index tells it at once.
  package func albumCount(_ view: AlbumView) throws -> Int? {
    let years =
      switch view {
      case .ordered(.name), .ordered(.newest), .ordered(.year), .ordered(.artist): ""
      case .years(let years): "AND year BETWEEN \(years.lowerBound) AND \(years.upperBound) AND year > 0"
      default: String?.none
      }
    guard let years else { return nil }
    return try database.first("SELECT count(*) FROM album WHERE origin IN \(scopeList()) \(years)") { $0.int(0) }
  }

  /// Each origin's first are among the first of all.
  ///
  /// - Parameter value: what the condition calls ?2.
  private func first(
    _ limit: Int, from tables: String = "album a", origin column: String = "a.origin", condition: String = "",
    _ value: String? = nil, keys: [String]
  ) throws -> [AlbumID] {
    let names = keys.indices.map { "k\($0)" }
    // The direction belongs to the order, not to the key.
    let values = zip(keys, names).map { key, name in
      "\(key.hasSuffix(" DESC") ? String(key.dropLast(5)) : key) AS \(name)"
    }
    let parts = try scope.compactMap { try row(of: $0) }.map { origin in
      """
      SELECT * FROM (SELECT a.id AS id, \(values.joined(separator: ", ")) FROM \(tables)
      WHERE \(column) = \(origin) \(condition) ORDER BY \(keys.joined(separator: ", ")) LIMIT ?1)
      """
    }
    guard !parts.isEmpty else { return [] }
    let order = zip(keys, names).map { key, name in name + (key.hasSuffix(" DESC") ? " DESC" : "") }
    return try albumIDs(
      "SELECT id FROM (\(parts.joined(separator: " UNION ALL "))) ORDER BY \(order.joined(separator: ", ")) LIMIT ?1",
      [limit] + (value.map { [$0] } ?? []))
  }

  /// Of a genre with few albums all are sorted; those of many are met soon on the way along all albums.
  private func firstAlbumIDs(ofGenre genre: String, _ limit: Int) throws -> [AlbumID]? {
    let scope = try scopeList()
    let many = try database.first(
      """
      SELECT (SELECT count(*) FROM (SELECT 1 FROM album WHERE genre = ?1 AND origin IN \(scope) LIMIT ?2)) >= ?2
        OR (SELECT count(*) FROM (SELECT 1 FROM track WHERE genre = ?1 AND origin IN \(scope) LIMIT ?3)) >= ?3
      """, genre, Self.manyAlbums, Self.manyAlbums * Self.tracksOfAlbum
    ) { $0.bool(0) }
    guard many == true else { return nil }
    return try first(
      limit,
      condition: """
        AND (EXISTS (SELECT 1 FROM album g WHERE g.genre = ?2 AND g.origin = a.origin AND g.id = a.id)
          OR EXISTS (SELECT 1 FROM track t WHERE t.genre = ?2 AND t.origin = a.origin AND t.album_id = a.id))
        """, genre, keys: ["a.sort_key", "a.id"])
  }

  private static let (manyAlbums, tracksOfAlbum) = (1500, 10)

  /// In this order they are looked up until there are enough.
  private func firstPlayed(_ limit: Int, _ measure: String) throws -> [AlbumID] {
    try albumIDs(
      """
      SELECT a.id FROM (
        SELECT album_id, \(measure) AS measure FROM track WHERE play_count > 0 GROUP BY album_id
        ORDER BY measure DESC, album_id LIMIT -1) AS played
      CROSS JOIN album a ON a.id = played.album_id WHERE a.origin IN \(scopeList()) LIMIT ?1
      """, [limit])
  }
}
