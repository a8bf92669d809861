package import Music
import SQLite

// Searches kept as lists. Among the playlists each stands under its own number, negated. What one holds is asked of the
// catalogue, without a network, in the order and up to the limit that the search names.

extension Catalogue {
  /// What a search without a limit of its own holds at most.
  static let smartLimit = 10_000

  /// By name.
  package func smartPlaylists() throws -> [SmartPlaylist] {
    try database.rows("SELECT id, name, query FROM smart_playlist ORDER BY sort_key, name, id", read: smartPlaylist)
  }

  package func smartPlaylist(_ id: SmartPlaylistID) throws -> SmartPlaylist? {
    try database.first("SELECT id, name, query FROM smart_playlist WHERE id = ?", id.rawValue, read: smartPlaylist)
  }

  private func smartPlaylist(_ row: Statement) -> SmartPlaylist {
    SmartPlaylist(id: SmartPlaylistID(row.int64(0)), name: row.text(1), query: row.text(2))
  }

  /// What it holds now; nothing when it is gone.
  package func tracks(of id: SmartPlaylistID) throws -> [Track] {
    guard let list = try smartPlaylist(id) else { return [] }
    return try tracks(matching: Query(parsing: list.query), limit: Self.smartLimit)
  }

  @discardableResult
  package func createSmartPlaylist(named name: String, query: String) throws -> SmartPlaylistID {
    try database.run(
      "INSERT INTO smart_playlist(name, sort_key, query, changed) VALUES (?, ?, ?, unixepoch())", name,
      Folding.sortKey(name), query)
    return SmartPlaylistID(database.lastInsertedRow)
  }

  /// nil leaves a value as it is. One that is gone is left so.
  package func changeSmartPlaylist(_ id: SmartPlaylistID, name: String? = nil, query: String? = nil) throws {
    try database.run(
      """
      UPDATE smart_playlist SET name = coalesce(?1, name), sort_key = coalesce(?2, sort_key),
        query = coalesce(?3, query), changed = unixepoch() WHERE id = ?4
      """, name, name.map(Folding.sortKey), query, id.rawValue)
  }

  /// Its pins are gone with it.
  package func deleteSmartPlaylist(_ id: SmartPlaylistID) throws {
    try database.transaction {
      try database.run("DELETE FROM smart_playlist WHERE id = ?", id.rawValue)
      try database.run("DELETE FROM pin WHERE kind = 'playlist' AND item = ?", -id.rawValue)
    }
  }
}
