import Music
import SQLite

/// A place in a track that a user wants to come back to.
struct KeptBookmark: Hashable {
  var track: RemoteID
  /// In milliseconds.
  var position: Int64
  var comment: String
  var created: Timestamp
  var changed: Timestamp
}

/// A queue that a player left for the next one.
struct KeptQueue: Hashable {
  var tracks: [RemoteID]
  /// A place in `tracks`; 0 where there are none.
  var current: Int
  /// In milliseconds, within the current track.
  var position: Int64
  var changed: Timestamp
  /// What the player calls itself.
  var changedBy: String
}

/// The users' bookmarks and queues. Tracks stand in them by their lasting names, also while the catalogue does not hold
/// them. On the connection's thread.
struct KeptPlaces {
  let connection: Connection
  let user: String

  /// The last changed first.
  func bookmarks() throws -> [KeptBookmark] {
    try connection.rows(
      """
      SELECT track, position, comment, created, changed FROM bookmark WHERE user = ? ORDER BY changed DESC, track
      """, user
    ) { row in
      KeptBookmark(
        track: row.text(0), position: row.int64(1), comment: row.text(2), created: Timestamp(seconds: row.int64(3)),
        changed: Timestamp(seconds: row.int64(4)))
    }
  }

  /// In place of the one that the track has.
  func setBookmark(in track: RemoteID, position: Int64, comment: String, at time: Timestamp) throws {
    try connection.run(
      """
      INSERT INTO bookmark(user, track, position, comment, created, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
      ON CONFLICT DO UPDATE SET position = ?3, comment = ?4, changed = ?5
      """, user, track, position, comment, time.seconds)
  }

  /// - Returns: false where there is none.
  func deleteBookmark(in track: RemoteID) throws -> Bool {
    try connection.run("DELETE FROM bookmark WHERE user = ? AND track = ?", user, track)
    return connection.changes > 0
  }

  /// nil where none was left.
  func queue() throws -> KeptQueue? {
    let tracks = try connection.rows("SELECT track FROM queue_track WHERE user = ? ORDER BY place", user) { $0.text(0) }
    return try connection.first(
      "SELECT current, position, changed, changed_by FROM queue WHERE user = ?", user
    ) { row in
      KeptQueue(
        tracks: tracks, current: row.int(0), position: row.int64(1), changed: Timestamp(seconds: row.int64(2)),
        changedBy: row.text(3))
    }
  }

  /// nil takes it away.
  func setQueue(_ queue: KeptQueue?) throws {
    try connection.transaction {
      try connection.run("DELETE FROM queue_track WHERE user = ?", user)
      try connection.run("DELETE FROM queue WHERE user = ?", user)
      guard let queue else { return }
      try connection.run(
        "INSERT INTO queue(user, current, position, changed, changed_by) VALUES (?, ?, ?, ?, ?)", user, queue.current,
        queue.position, queue.changed.seconds, queue.changedBy)
      for (place, track) in queue.tracks.enumerated() {
        try connection.run("INSERT INTO queue_track(user, place, track) VALUES (?, ?, ?)", user, place, track)
      }
    }
  }
}
