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
    try database.transaction {
      let id = try insertSmart(nil, name: name, query: query)
      try record(id, before: nil, after: SmartPlaylist(id: id, name: name, query: query))
      return id
    }
  }

  /// nil leaves a value as it is. One that is gone is left so.
  package func changeSmartPlaylist(_ id: SmartPlaylistID, name: String? = nil, query: String? = nil) throws {
    try database.transaction {
      guard let before = try smartPlaylist(id) else { return }
      let after = SmartPlaylist(id: id, name: name ?? before.name, query: query ?? before.query)
      guard after != before else { return }
      try record(id, before: before, after: after)
      try setSmart(after)
    }
  }

  /// Its pins are gone with it.
  package func deleteSmartPlaylist(_ id: SmartPlaylistID) throws {
    try database.transaction {
      if let before = try smartPlaylist(id) { try record(id, before: before, after: nil) }
      try removeSmart(id)
    }
  }

  private func insertSmart(_ id: SmartPlaylistID?, name: String, query: String) throws -> SmartPlaylistID {
    try database.run(
      "INSERT INTO smart_playlist(id, name, sort_key, query, changed) VALUES (?, ?, ?, ?, unixepoch())", id?.rawValue,
      name, Folding.sortKey(name), query)
    return SmartPlaylistID(database.lastInsertedRow)
  }

  private func setSmart(_ list: SmartPlaylist) throws {
    try database.run(
      "UPDATE smart_playlist SET name = ?, sort_key = ?, query = ?, changed = unixepoch() WHERE id = ?", list.name,
      Folding.sortKey(list.name), list.query, list.id.rawValue)
  }

  private func removeSmart(_ id: SmartPlaylistID) throws {
    try database.run("DELETE FROM smart_playlist WHERE id = ?", id.rawValue)
    try database.run("DELETE FROM pin WHERE kind = 'playlist' AND item = ?", -id.rawValue)
  }
}

// MARK: Taking back

extension Catalogue {
  private func record(_ id: SmartPlaylistID, before: SmartPlaylist?, after: SmartPlaylist?) throws {
    if isReplaying { return }
    let subject = (before ?? after)?.name ?? ""
    try record(
      .smart, itemKind: "smart", item: id.rawValue, origin: 1, subject: subject, before: before.map(keep),
      after: after.map(keep))
  }

  private func keep(_ list: SmartPlaylist) throws -> Int64 {
    try database.run(
      """
      INSERT INTO smart_version(name, query, pin_rate) VALUES (?, ?,
        (SELECT bit_rate FROM pin WHERE kind = 'playlist' AND item = ?))
      """, list.name, list.query, -list.id.rawValue)
    let row = database.lastInsertedRow
    // A step has two at most.
    try database.run("DELETE FROM smart_version WHERE id <= ?", row - 2 * Self.historyLimit)
    return row
  }

  /// Makes it what it was, under its old number, kept on this computer if it was; with nil there is none.
  func turnSmart(_ id: SmartPlaylistID, to version: Int64?) throws {
    guard let version else { return try removeSmart(id) }
    let kept = try database.first("SELECT name, query, pin_rate FROM smart_version WHERE id = ?", version) {
      (SmartPlaylist(id: id, name: $0.text(0), query: $0.text(1)), $0.optionalInt64(2))
    }
    guard let (list, pinRate) = kept else { return }  // too old: the version is no longer kept
    if try smartPlaylist(id) != nil { return try setSmart(list) }
    _ = try insertSmart(id, name: list.name, query: list.query)
    if let pinRate { try pin(.playlist(list.playlist.id), bitRate: Int(pinRate)) }
  }
}
