package import Music
import SQLite

// Places to come back to, and the queue as it is kept on the server. Each change is one transaction with its row in the
// outbox, where the latest takes the place of those before it.

extension Catalogue {
  /// nil: no bookmark.
  package func bookmark(of track: TrackID) throws -> Bookmark? {
    try database.first("SELECT position, comment FROM bookmark WHERE track = ?", track.rawValue) {
      Bookmark(track: track, position: $0.int64(0), comment: $0.text(1))
    }
  }

  /// The last changed first, of the origins in scope.
  package func bookmarks() throws -> [Bookmark] {
    try database.rows(
      """
      SELECT track, b.position, b.comment FROM bookmark b JOIN track t ON t.id = b.track
      WHERE t.origin IN \(scopeList()) ORDER BY b.changed DESC, track DESC
      """
    ) { Bookmark(track: TrackID($0.int64(0)), position: $0.int64(1), comment: $0.text(2)) }
  }

  /// In place of the one that the track has.
  package func setBookmark(_ bookmark: Bookmark) throws {
    try database.transaction {
      guard try self.bookmark(of: bookmark.track) != bookmark, let facts = try facts(of: .track(bookmark.track))
      else { return }
      try database.run(
        "INSERT OR REPLACE INTO bookmark(track, position, comment, changed) VALUES (?, ?, ?, unixepoch())",
        bookmark.track.rawValue, max(0, bookmark.position), bookmark.comment)
      try tell(.bookmark(bookmark.track), of: .track(bookmark.track), facts)
    }
  }

  package func deleteBookmark(of track: TrackID) throws {
    try database.transaction {
      guard let facts = try facts(of: .track(track)) else { return }
      try database.run("DELETE FROM bookmark WHERE track = ?", track.rawValue)
      if database.changes > 0 { try tell(.bookmark(track), of: .track(track), facts) }
    }
  }

  /// The bookmarks that the server holds, and no others; but for those with an edit in the outbox.
  package func ingest(bookmarks: [(track: RemoteID, position: Int64, comment: String)], from origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      var lookup = lookup(in: row)
      let waiting = try Set(
        database.rows("SELECT item FROM outbox WHERE origin = ? AND kind = 'bookmark' AND refusal IS NULL", row) {
          $0.int64(0)
        })
      let known = try database.rows(
        "SELECT track FROM bookmark JOIN track ON track.id = bookmark.track WHERE origin = ?", row
      ) { $0.int64(0) }
      var kept = waiting
      for told in bookmarks {
        guard let track = try lookup.track(told.track), kept.insert(track.rawValue).inserted else { continue }
        try database.run(
          """
          INSERT INTO bookmark(track, position, comment, changed) VALUES (?1, ?2, ?3, unixepoch())
          ON CONFLICT DO UPDATE SET position = ?2, comment = ?3, changed = unixepoch()
          WHERE (position, comment) IS NOT (?2, ?3)
          """, track.rawValue, max(0, told.position), told.comment)
      }
      for track in known where !kept.contains(track) {
        try database.run("DELETE FROM bookmark WHERE track = ?", track)
      }
    }
  }
}

extension Catalogue {
  /// What was saved last for the server, here or by another player; nil when nothing was.
  package func savedQueue(of origin: Origin) throws -> SavedQueue? {
    guard let row = try row(of: origin) else { return nil }
    return try database.first("SELECT tracks, current, position FROM saved_queue WHERE origin = ?", row) {
      SavedQueue(
        tracks: TrackList.decoded($0.bytes(0)), current: $0.optionalInt64(1).map(Int.init), position: $0.int64(2))
    }
  }

  /// Keeps the queue for the server. Tracks that are not the server's own are left out: it could not play them.
  package func saveQueue(_ queue: SavedQueue, on origin: Origin) throws {
    try database.transaction {
      let row = try madeRow(of: origin)
      let saved = try own(queue, of: row)
      guard try savedQueue(of: origin) != saved else { return }
      try write(saved, of: row)
      if row != 1 { try add(.savePlayQueue, to: row, subject: "") }
    }
  }

  /// What the server holds, unless one of ours is on its way there.
  package func ingest(queue: SavedQueue, from origin: Origin) throws {
    try database.transaction {
      let row = try madeRow(of: origin)
      let isWaiting = try database.first(
        "SELECT 1 FROM outbox WHERE origin = ? AND kind = 'savePlayQueue' AND refusal IS NULL", row,
        read: { _ in true })
      if isWaiting == nil { try write(own(queue, of: row), of: row) }
    }
  }

  /// The same, in the server's names; tracks that are unknown here are left out.
  /// - Parameter current: a place in `tracks`.
  package func ingest(queue tracks: [RemoteID], current: Int?, position: Int64, from origin: Origin) throws {
    try database.transaction {
      var lookup = lookup(in: try madeRow(of: origin))
      var queue = SavedQueue(tracks: [], position: position)
      for (place, name) in tracks.enumerated() {
        guard let track = try lookup.track(name) else { continue }
        if place == current { queue.current = queue.tracks.count }
        queue.tracks.append(track)
      }
      if queue.current == nil { (queue.current, queue.position) = (queue.tracks.isEmpty ? nil : 0, 0) }
      try ingest(queue: queue, from: origin)
    }
  }

  private func own(_ queue: SavedQueue, of origin: Int64) throws -> SavedQueue {
    var saved = SavedQueue(tracks: [], position: max(0, queue.position))
    for (index, track) in queue.tracks.enumerated() {
      guard try database.first("SELECT origin FROM track WHERE id = ?", track.rawValue, read: { $0.int64(0) }) == origin
      else { continue }
      // The first that is left from the current one on; its position is the current one's only.
      if saved.current == nil, let current = queue.current, index >= current {
        saved.current = saved.tracks.count
        if index > current { saved.position = 0 }
      }
      saved.tracks.append(track)
    }
    if saved.current == nil {
      saved.current = saved.tracks.isEmpty ? nil : 0
      saved.position = 0
    }
    return saved
  }

  private func write(_ queue: SavedQueue, of origin: Int64) throws {
    try database.run(
      """
      INSERT OR REPLACE INTO saved_queue(origin, tracks, current, position, changed) VALUES (?, ?, ?, ?, unixepoch())
      """, origin, TrackList.encoded(queue.tracks), queue.current, queue.position)
  }
}
