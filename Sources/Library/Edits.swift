package import Music
import SQLite

// Each is one transaction: the local change, its row in the history, and its row in the outbox. Local items have no row in
// the outbox, nor have rows that no server knows. An item that is gone is left so.

extension Catalogue {
  package func star(_ item: ItemID, _ on: Bool) throws {
    try database.transaction { try setStar(of: item, to: on ? now() : nil) }
  }

  /// 1…5; 0 takes the rating away. What lies outside is brought in.
  package func rate(_ item: ItemID, _ rating: Int) throws {
    try database.transaction { try setRating(of: item, to: min(max(rating, 0), 5)) }
  }

  /// Counts a play here and tells the server later.
  package func recordPlay(of track: TrackID, at time: Timestamp) throws {
    try database.transaction {
      try database.run(
        """
        UPDATE track SET play_count = play_count + 1, last_played = max(coalesce(last_played, ?1), ?1) WHERE id = ?2
        """, time.seconds, track.rawValue)
      guard database.changes > 0, let facts = try facts(of: .track(track)) else { return }
      try writeDown(track, heard: time.seconds)
      try tell(.scrobble(track, time), of: .track(track), facts)
    }
  }

  /// Everything of an origin, gone: an account was removed.
  package func remove(_ origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      // Tracks first: nothing is then set to NULL only to be deleted after.
      let tables = [
        "playlist", "station", "track", "album", "artist", "outbox", "progress", "playlist_base", "playlist_version",
        "history",
        "saved_queue",
      ]
      for table in tables { try database.run("DELETE FROM \(table) WHERE origin = ?", row) }
      if origin == .local {
        try forgetDeparted()
        try database.run("UPDATE origin SET is_pulling = 0 WHERE id = ?", row)
      } else {
        try database.run("DELETE FROM origin WHERE id = ?", row)
      }
    }
  }
}

// MARK: Within a transaction, also when a step is undone.

extension Catalogue {
  func setStar(of item: ItemID, to moment: Int64?) throws {
    guard let old = try facts(of: item), (old.starred == nil) != (moment == nil) else { return }
    try database.run("UPDATE \(item.table) SET starred = ? WHERE id = ?", moment, item.row)
    try record(.star, item, old, before: old.starred, after: moment)
    try tell(.star(item, moment != nil), of: item, old, before: old.starred == nil ? 0 : 1)
  }

  func setRating(of item: ItemID, to rating: Int) throws {
    guard let old = try facts(of: item), old.rating != rating else { return }
    try database.run("UPDATE \(item.table) SET rating = ? WHERE id = ?", rating, item.row)
    try record(.rate, item, old, before: Int64(old.rating), after: Int64(rating))
    try tell(.rate(item, rating), of: item, old, before: Int64(old.rating))
  }

  func now() throws -> Int64 { try database.first("SELECT unixepoch()") { $0.int64(0) } ?? 0 }

  /// Puts the edit into the outbox, if a server has to hear of it.
  func tell(_ edit: Edit, of item: ItemID, _ facts: ItemFacts, before: Int64? = nil) throws {
    guard facts.origin != 1, try remoteID(of: item) != nil else { return }
    try add(edit, to: facts.origin, subject: facts.name, before: before)
  }
}

/// What an edit of a thing's marks needs to know of it.
struct ItemFacts {
  var origin: Int64
  var name: String
  var starred: Int64?
  var rating: Int
}

extension Catalogue {
  /// nil when it is gone.
  func facts(of item: ItemID) throws -> ItemFacts? {
    let name = if case .track = item { "title" } else { "name" }
    return try database.first(
      "SELECT origin, \(name), starred, rating FROM \(item.table) WHERE id = ?", item.row
    ) { ItemFacts(origin: $0.int64(0), name: $0.text(1), starred: $0.optionalInt64(2), rating: $0.int(3)) }
  }
}
