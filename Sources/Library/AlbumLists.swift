package import Music
import SQLite

/// What a list of albums is sorted by.
package enum AlbumOrder: Hashable, Sendable {
  case name, artist, newest, year, mostPlayed, recentlyPlayed, random, starred
}

/// Which albums a list holds, and in which order (getAlbumList2's `type`).
package enum AlbumList: Hashable, Sendable {
  case ordered(AlbumOrder)
  /// Both ends belong to it; descending when `from` is greater.
  case years(from: Int, to: Int)
  /// Albums with a track of the genre.
  case genre(String)
}

/// A part of a long answer.
package struct Page: Hashable, Sendable {
  package let limit: Int
  package let offset: Int

  /// Any numbers: what no catalogue can hold is brought in, so that adding both up cannot overflow.
  package init(limit: Int, offset: Int = 0) {
    self.limit = min(max(0, limit), Self.most)
    self.offset = min(max(0, offset), Self.most)
  }

  private static let most = Int(Int32.max)
}

extension Catalogue {
  package func albums(by order: AlbumOrder, limit: Int, offset: Int) throws -> [Album] {
    try albums(.ordered(order), page: Page(limit: limit, offset: offset))
  }

  package func albums(_ list: AlbumList, page: Page) throws -> [Album] {
    try database.snapshot { try albums(ids(in: list, page: page)) }
  }

  /// In the order asked; those that are gone are left out.
  package func albums(_ ids: [AlbumID]) throws -> [Album] {
    try database.snapshot { try ids.compactMap { try album($0) } }
  }

  /// The ids first, the rows after: whatever is sorted or skipped is then never counted and summed.
  func ids(in list: AlbumList, page: Page) throws -> [AlbumID] {
    let selection = try selection(list, in: scopeList())
    let values = selection.values + [page.limit, page.offset]
    return try database.rows("SELECT a.id \(selection.sql) LIMIT ? OFFSET ?", values: values) { AlbumID($0.int64(0)) }
  }

  private func selection(_ list: AlbumList, in scope: String) -> (sql: String, values: [(any Bindable)?]) {
    switch list {
    case .ordered(let order): return (selection(by: order, in: scope), [])
    case .years(let from, let to):
      let direction = from <= to ? "ASC" : "DESC"
      let sql = """
        FROM album a WHERE a.origin IN \(scope) AND a.year BETWEEN ? AND ? AND a.year > 0
        ORDER BY a.year \(direction), a.sort_key, a.id
        """
      return (sql, [min(from, to), max(from, to)])
    case .genre(let genre):
      let sql = """
        FROM album a WHERE a.origin IN \(scope)
        AND (a.genre = ? OR a.id IN (SELECT album_id FROM track WHERE genre = ? AND origin IN \(scope)))
        ORDER BY a.sort_key, a.id
        """
      return (sql, [genre, genre])
    }
  }

  private func selection(by order: AlbumOrder, in scope: String) -> String {
    let albums = "FROM album a WHERE a.origin IN \(scope)"
    switch order {
    case .name: return "\(albums) ORDER BY a.sort_key, a.id"
    case .artist:
      return """
        FROM album a LEFT JOIN artist r ON r.id = a.artist_id WHERE a.origin IN \(scope)
        ORDER BY r.sort_key, r.id, a.year = 0, a.year, a.sort_key, a.id
        """
    case .newest: return "\(albums) ORDER BY a.created DESC, a.id DESC"
    case .year: return "\(albums) ORDER BY a.year DESC, a.sort_key, a.id"
    case .mostPlayed: return played("sum(play_count)", in: scope)
    case .recentlyPlayed: return played("max(last_played)", in: scope)
    case .random: return "\(albums) ORDER BY random()"
    case .starred: return Rows.starred("album a", in: scope)
    }
  }

  /// Albums that were played at all, by a measure over their tracks.
  private func played(_ measure: String, in scope: String) -> String {
    """
    FROM (SELECT album_id, \(measure) AS measure FROM track WHERE play_count > 0 GROUP BY album_id) AS played
    JOIN album a ON a.id = played.album_id WHERE a.origin IN \(scope) ORDER BY played.measure DESC, a.id
    """
  }
}
