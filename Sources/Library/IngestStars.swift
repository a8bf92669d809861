package import Music
import SQLite

extension Catalogue {
  /// Sets the stars of an origin to exactly these (getStarred2), but for those with an edit in the outbox.
  package func ingestStars(artists: [RemoteID], albums: [RemoteID], tracks: [RemoteID], from origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      try setStars("artist", artists, of: row)
      try setStars("album", albums, of: row)
      try setStars("track", tracks, of: row)
    }
  }

  /// The list goes through a table of its own: it may be long, and a name that is unknown here is no matter.
  private func setStars(_ table: String, _ remoteIDs: [RemoteID], of origin: Int64) throws {
    try database.execute(
      "CREATE TEMP TABLE IF NOT EXISTS told(remote_id TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM told")
    for remoteID in remoteIDs { try database.run("INSERT OR IGNORE INTO told VALUES (?)", remoteID) }
    let notPending = """
      id NOT IN (SELECT item FROM outbox
        WHERE origin = ?1 AND kind = 'star' AND item_kind = '\(table)' AND refusal IS NULL)
      """
    try database.run(
      """
      UPDATE \(table) SET starred = NULL WHERE starred IS NOT NULL AND origin = ?1
      AND remote_id NOT IN (SELECT remote_id FROM told) AND \(notPending)
      """, origin)
    try database.run(
      """
      UPDATE \(table) SET starred = unixepoch() WHERE starred IS NULL AND origin = ?1
      AND remote_id IN (SELECT remote_id FROM told) AND \(notPending)
      """, origin)
  }
}
