package import Music
import SQLite

// What the library's views show beside artists → albums → tracks. Each is answered along an index, whatever the size of
// the library: names by leaping from one to the next, lists of ids before their rows.

extension Catalogue {
  /// Genres of albums and of tracks, by name.
  package func genresInLibrary() throws -> [String] {
    try database.snapshot {
      let names = Set(try genreNames(of: "album") + genreNames(of: "track"))
      return names.map { (key: Folding.sortKey($0), name: $0) }.sorted { ($0.key, $0.name) < ($1.key, $1.name) }
        .map(\.name)
    }
  }

  /// From one name to the next.
  private func genreNames(of table: String) throws -> [String] {
    try database.rows(
      """
      WITH RECURSIVE name(genre) AS (
        SELECT min(genre) FROM \(table) WHERE genre > ''
        UNION ALL SELECT (SELECT min(genre) FROM \(table) WHERE genre > name.genre) FROM name WHERE name.genre IS NOT NULL)
      SELECT genre FROM name
      WHERE genre IS NOT NULL AND EXISTS (SELECT 1 FROM \(table) WHERE genre = name.genre AND origin IN \(scopeList()))
      """
    ) { $0.text(0) }
  }

  /// The years that albums are of, the latest first, with how many of each.
  package func yearsOfAlbums() throws -> [(year: Int, albumCount: Int)] {
    try database.rows(
      "SELECT year, count(*) FROM album WHERE origin IN \(scopeList()) AND year > 0 GROUP BY year ORDER BY year DESC"
    ) { (year: $0.int(0), albumCount: $0.int(1)) }
  }

  /// Every track of a genre, album by album.
  package func tracks(ofGenre genre: String, limit: Int) throws -> [Track] {
    try tracks(inGenre: genre, page: Page(limit: limit))
  }

  /// Every track of albums of these years, album by album.
  package func tracks(ofYears years: ClosedRange<Int>) throws -> [Track] {
    try database.rows(
      """
      SELECT \(Self.trackColumns) FROM album a CROSS JOIN track t ON t.album_id = a.id
      WHERE a.origin IN \(scopeList()) AND a.year BETWEEN ? AND ? AND a.year > 0
      ORDER BY a.year, a.sort_key, a.id, t.disc_number, t.track_number, t.title, t.id
      """, years.lowerBound, years.upperBound, read: track)
  }
}

// MARK: Which albums: the ids at once, the rows in parts.

/// The albums of one of the library's views.
package enum AlbumView: Hashable, Sendable {
  case ordered(AlbumOrder)
  /// Another order for each seed; with the same one the same.
  case random(seed: UInt32)
  case genre(String)
  case years(ClosedRange<Int>)
}

extension Catalogue {
  package func albumIDs(_ view: AlbumView, limit: Int) throws -> [AlbumID] {
    let scope = try scopeList()
    switch view {
    case .ordered(let order): return try ids(in: .ordered(order), page: Page(limit: limit))
    case .years(let years):
      return try ids(in: .years(from: years.lowerBound, to: years.upperBound), page: Page(limit: limit))
    case .random(let seed): return try shuffledAlbumIDs(seed: seed, limit: limit)
    case .genre(let genre):
      return try albumIDs(
        """
        SELECT a.id FROM (
          SELECT id FROM album WHERE genre = ?1 AND origin IN \(scope)
          UNION SELECT album_id FROM track WHERE genre = ?1 AND origin IN \(scope)) found
        CROSS JOIN album a ON a.id = found.id ORDER BY a.sort_key, a.id LIMIT ?2
        """, [genre, limit])
    }
  }

  func albumIDs(_ sql: String, _ values: [(any Bindable)?]) throws -> [AlbumID] {
    try database.rows(sql, values: values) { AlbumID($0.int64(0)) }
  }

  /// A piece of the list that `artists()` gives, so that nobody waits for all of it.
  ///
  /// - Parameter place: where the piece before ended; nil for the first.
  /// - Returns: nil for the place after the last piece.
  package func artists(after place: ArtistPlace?, limit: Int) throws -> (artists: [Artist], last: ArtistPlace?) {
    let found = try scope.compactMap { try row(of: $0) }.map { origin in
      try database.rows(
        """
        SELECT \(Self.artistColumns), r.sort_key FROM artist r
        WHERE r.origin = ?1 AND r.sort_key >= ?2 AND (r.sort_key, r.name, r.id) > (?2, ?3, ?4)
          AND EXISTS (SELECT 1 FROM album WHERE artist_id = r.id)
        ORDER BY r.sort_key, r.name, r.id LIMIT ?5
        """, values: [origin, place?.key ?? "", place?.name ?? "", place?.id.rawValue ?? -1, limit]
      ) { (place: ArtistPlace(key: $0.text(6), name: $0.text(2), id: ArtistID($0.int64(0))), artist: artist($0)) }
    }
    // Each origin's first are among the first of all.
    let sorted = found.count == 1 ? found[0] : found.joined().sorted { $0.place < $1.place }
    let piece = sorted.prefix(limit)
    return (piece.map(\.artist), piece.count < limit ? nil : piece.last?.place)
  }
}

/// Where an artist stands in the list of all: pieces of it begin after one.
package struct ArtistPlace: Comparable, Sendable {
  let key: String
  let name: String
  let id: ArtistID

  /// By bytes, as the database has it.
  package static func < (a: ArtistPlace, b: ArtistPlace) -> Bool {
    for (left, right) in [(a.key, b.key), (a.name, b.name)] where !left.utf8.elementsEqual(right.utf8) {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return a.id < b.id
  }
}
