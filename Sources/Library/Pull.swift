package import Music
import SQLite

// Pulling a server's or a folder's contents. Ingest is idempotent; what a finished pull has not seen is deleted.

/// One pass over everything an origin holds. It may be interrupted and continued, also by another process.
package struct Pull: Hashable, Sendable {
  package let origin: Origin
  package let generation: Int64
}

/// What a pull changed, over all its interruptions. Only tracks are counted.
package struct PullSummary: Hashable, Sendable {
  package var added = 0
  package var changed = 0
  package var removed = 0
  /// Kept their rows under new names.
  package var renamed: [Renaming] = []
  /// Not there any more, and so many that they stay until the listener agrees.
  package var withheld = 0
  package init() {}
}

extension Catalogue {
  /// Continues the pull that was interrupted, or begins one.
  package func beginPull(of origin: Origin) throws -> Pull {
    try database.transaction {
      let row = try madeRow(of: origin)
      let state = try database.first("SELECT generation, is_pulling FROM origin WHERE id = ?", row) {
        (generation: $0.int64(0), isPulling: $0.bool(1))
      }
      let generation = state?.generation ?? 0
      if state?.isPulling == true { return Pull(origin: origin, generation: generation) }
      try database.run(
        "UPDATE origin SET generation = ?, is_pulling = 1, added = 0, changed = 0 WHERE id = ?", generation + 1, row)
      try noteFirstNewTrack(of: row)
      return Pull(origin: origin, generation: generation + 1)
    }
  }

  /// How far a section of the pull has come (an offset, a page token): nil at its start. Stored with the ingested rows.
  package func progress(of section: String, in pull: Pull) throws -> String? {
    try database.snapshot {
      let row = try self.row(of: pull)
      return try database.first("SELECT value FROM progress WHERE origin = ? AND section = ?", row, section) {
        $0.text(0)
      }
    }
  }

  /// Each call is one transaction: the rows, and the section's new progress. Rows that did not change are not written
  /// anew. A star or rating with an edit still in the outbox keeps the local value. Albums and artists that only tracks
  /// name are created from them. Throws `CatalogueError.stalePull` when the pull is over.
  /// - Parameter page: where the records are all that a page told: it is known again the next time.
  package func ingest(
    artists: [ArtistRecord] = [], albums: [AlbumRecord] = [], tracks: [TrackRecord] = [], in pull: Pull,
    progress: (section: String, value: String)? = nil, page: PageMark? = nil
  ) throws {
    try database.transaction {
      let row = try self.row(of: pull)
      var ingest = try Ingest(into: database, origin: row, pending: try pendingMarks(of: row))
      for artist in artists { try ingest.take(artist) }
      for album in albums { try ingest.take(album) }
      for track in tracks { try ingest.take(track) }
      if ingest.added + ingest.changed > 0 {
        try database.run(
          "UPDATE origin SET added = added + ?, changed = changed + ? WHERE id = ?", ingest.added, ingest.changed, row)
      }
      if let page { try remember(page, rows: ingest.hasInvented ? nil : ingest.rows, of: row) }
      if let progress { try setProgress(progress, of: row) }
    }
  }

  /// Deletes what the pull has not seen, and counts. What the server only names anew keeps its rows.
  /// - Parameter allowsLoss: whether most of the music may go at once: an old backup, a disk that was not there.
  package func finishPull(_ pull: Pull, allowsLoss: Bool = true) throws -> PullSummary {
    try database.transaction {
      let row = try self.row(of: pull)
      var summary = PullSummary()
      summary.renamed = try adoptRenamed(of: row)
      if !allowsLoss { summary.withheld = try withholdLoss(of: row) }
      try database.run("DELETE FROM track WHERE origin = ? AND id NOT IN (SELECT id FROM seen_track)", row)
      summary.removed = database.changes
      try removeEmptyRows(of: row)
      try describeInventedAlbums(of: row)
      try database.first("SELECT added, changed FROM origin WHERE id = ?", row) {
        summary.added = max(0, $0.int(0) - summary.renamed.count)
        summary.changed = $0.int(1)
      }
      try endPull(of: row)
      return summary
    }
  }
}

extension Catalogue {
  /// The origin's row, if this is still its pull.
  func row(of pull: Pull) throws -> Int64 {
    guard let row = try row(of: pull.origin),
      try database.first(
        "SELECT 1 FROM origin WHERE id = ? AND generation = ? AND is_pulling", row, pull.generation, read: { _ in true }
      )
        == true
    else { throw CatalogueError.stalePull }
    return row
  }

  /// Where a third and more of what is here would go, and it is no handful, all of it stays, as if it had been seen.
  /// - Returns: how many tracks that are.
  private func withholdLoss(of origin: Int64) throws -> Int {
    let (gone, all) =
      try database.first(
        """
        SELECT count(*) FILTER (WHERE id NOT IN (SELECT id FROM seen_track)), count(*) FROM track WHERE origin = ?
        """, origin
      ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    guard gone >= 20, gone * 3 >= all else { return 0 }
    try database.run("INSERT OR IGNORE INTO seen_track(id) SELECT id FROM track WHERE origin = ?", origin)
    try database.run("INSERT OR IGNORE INTO seen_artist(id) SELECT id FROM artist WHERE origin = ?", origin)
    return gone
  }

  /// Albums without tracks, then artists that are named nowhere, not even by this pull.
  private func removeEmptyRows(of origin: Int64) throws {
    try database.run(
      "DELETE FROM album WHERE origin = ? AND NOT EXISTS (SELECT 1 FROM track WHERE album_id = album.id)", origin)
    try database.run(
      """
      DELETE FROM artist WHERE origin = ? AND id NOT IN (SELECT id FROM seen_artist)
      AND NOT EXISTS (SELECT 1 FROM album WHERE artist_id = artist.id)
      AND NOT EXISTS (SELECT 1 FROM track WHERE artist_id = artist.id)
      """, origin)
    for table in ["track", "album", "artist"] {
      try database.run(
        "DELETE FROM outbox WHERE origin = ? AND item_kind = ? AND item NOT IN (SELECT id FROM \(table))", origin, table
      )
    }
  }

  /// What nobody told of an album, its tracks tell.
  private func describeInventedAlbums(of origin: Int64) throws {
    let facts = "max(year), max(genre), max(cover_id), min(created)"
    try database.run(
      """
      UPDATE album SET (year, genre, cover_id, created) = (SELECT \(facts) FROM track WHERE album_id = album.id)
      WHERE origin = ? AND is_invented
      AND (year, genre, cover_id, created) IS NOT (SELECT \(facts) FROM track WHERE album_id = album.id)
      """, origin)
  }

  func endPull(of origin: Int64) throws {
    try database.run("DELETE FROM progress WHERE origin = ?", origin)
    try database.run("UPDATE origin SET is_pulling = 0 WHERE id = ?", origin)
    if try database.first("SELECT 1 FROM origin WHERE is_pulling", read: { _ in true }) == nil {
      try database.run("DELETE FROM seen_track")  // with no condition, SQLite drops the pages whole
      try database.run("DELETE FROM seen_artist")
    } else {
      try database.run("DELETE FROM seen_track WHERE id IN (SELECT id FROM track WHERE origin = ?)", origin)
      try database.run("DELETE FROM seen_artist WHERE id IN (SELECT id FROM artist WHERE origin = ?)", origin)
    }
  }
}
