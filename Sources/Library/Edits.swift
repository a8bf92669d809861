package import Music
import SQLite

// Each is one transaction: the local change and its row in the outbox. Local items have none, nor have rows that no server
// knows. An item that is gone is left so.

extension Catalogue {
  package func star(_ item: ItemID, _ on: Bool) throws {
    try database.transaction {
      try database.run(
        """
        UPDATE \(item.table) SET starred = CASE WHEN ?1 THEN unixepoch() END
        WHERE id = ?2 AND (starred IS NOT NULL) <> ?1
        """, on, item.row)
      if database.changes > 0 { try tell(.star(item, on), of: item) }
    }
  }

  /// 1…5; 0 takes the rating away. What lies outside is brought in.
  package func rate(_ item: ItemID, _ rating: Int) throws {
    let rating = min(max(rating, 0), 5)
    try database.transaction {
      try database.run("UPDATE \(item.table) SET rating = ?1 WHERE id = ?2 AND rating <> ?1", rating, item.row)
      if database.changes > 0 { try tell(.rate(item, rating), of: item) }
    }
  }

  /// Counts a play here and tells the server later.
  package func recordPlay(of track: TrackID, at time: Timestamp) throws {
    try database.transaction {
      try database.run(
        """
        UPDATE track SET play_count = play_count + 1, last_played = max(coalesce(last_played, ?1), ?1) WHERE id = ?2
        """, time.seconds, track.rawValue)
      if database.changes > 0 { try tell(.scrobble(track, time), of: .track(track)) }
    }
  }

  /// Everything of an origin, gone: an account was removed.
  package func remove(_ origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      // Tracks first: nothing is then set to NULL only to be deleted after.
      for table in ["playlist", "station", "track", "album", "artist", "outbox", "progress"] {
        try database.run("DELETE FROM \(table) WHERE origin = ?", row)
      }
      if origin == .local {
        try database.run("UPDATE origin SET is_pulling = 0 WHERE id = ?", row)
      } else {
        try database.run("DELETE FROM origin WHERE id = ?", row)
      }
    }
  }

  /// Puts the edit into the outbox, if a server has to hear of it.
  private func tell(_ edit: Edit, of item: ItemID) throws {
    guard try remoteID(of: item) != nil else { return }
    let origin = try database.first("SELECT origin FROM \(item.table) WHERE id = ?", item.row) { $0.int64(0) }
    if let origin, origin != 1 { try add(edit, to: origin) }
  }
}
