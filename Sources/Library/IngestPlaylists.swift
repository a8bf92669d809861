package import Music
import SQLite

extension Catalogue {
  /// The server's list as it is now. Left alone while the outbox holds an edit of it. Tracks unknown here are skipped.
  package func ingest(playlist: PlaylistRecord, tracks: [RemoteID], from origin: Origin) throws {
    try database.transaction {
      let row = try madeRow(of: origin)
      guard try !isBeingDeleted(playlist.remoteID, of: row) else { return }
      let id = try playlistID(playlist.remoteID, from: origin)
      if let id, try hasPendingEdit(id) { return }
      let list = try write(playlist, id, of: row)
      try setList(of: list, to: tracks.compactMap { try trackID($0, from: origin) })
      try database.run(
        """
        UPDATE playlist SET known_changed = ?1, known_track_count = ?2
        WHERE id = ?3 AND (known_changed, known_track_count) IS NOT (?1, ?2)
        """, playlist.changed?.seconds, tracks.count, list.rawValue)
    }
  }

  /// What the last ingest of each playlist carried: `remoteID` → (changed, track count), to see which to pull again.
  package func knownPlaylists(from origin: Origin) throws -> [RemoteID: (changed: Timestamp?, trackCount: Int)] {
    guard let row = try row(of: origin) else { return [:] }
    let known = try database.rows(
      """
      SELECT remote_id, known_changed, known_track_count FROM playlist
      WHERE origin = ? AND remote_id IS NOT NULL AND known_track_count IS NOT NULL
      """, row
    ) { ($0.text(0), (changed: $0.timestamp(1), trackCount: $0.int(2))) }
    return Dictionary(uniqueKeysWithValues: known)
  }

  /// The server's names of all the origin's playlists that it has heard of.
  package func playlistRemoteIDs(from origin: Origin) throws -> Set<RemoteID> {
    guard let row = try row(of: origin) else { return [] }
    return try Set(
      database.rows("SELECT remote_id FROM playlist WHERE origin = ? AND remote_id IS NOT NULL", row) { $0.text(0) })
  }

  /// Deletes the origin's playlists that the server no longer lists; not those still waiting to be created, and not those
  /// with an edit that waits.
  package func removePlaylists(exceptRemoteIDs kept: Set<RemoteID>, from origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      let known = try database.rows(
        "SELECT id, remote_id FROM playlist WHERE origin = ? AND remote_id IS NOT NULL", row
      ) { (id: PlaylistID($0.int64(0)), remoteID: $0.text(1)) }
      for list in known where try !kept.contains(list.remoteID) && !hasPendingEdit(list.id) {
        try removePlaylist(list.id)
      }
    }
  }

  private func isBeingDeleted(_ remoteID: RemoteID, of origin: Int64) throws -> Bool {
    try database.first(
      "SELECT 1 FROM outbox WHERE origin = ? AND kind = 'deletePlaylist' AND remote_id = ? AND refusal IS NULL", origin,
      remoteID, read: { _ in true }) ?? false
  }

  /// Makes the row, or writes what differs.
  private func write(_ record: PlaylistRecord, _ id: PlaylistID?, of origin: Int64) throws -> PlaylistID {
    let values: [(any Bindable)?] = [
      record.name, Folding.sortKey(record.name), record.comment, record.owner, record.isPublic, record.isReadOnly,
      record.created?.seconds, record.changed?.seconds,
    ]
    let columns = "name, sort_key, comment, owner, is_public, is_read_only, created, changed"
    guard let id else {
      try database.run(
        "INSERT INTO playlist(\(columns), origin, remote_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values: values + [origin, record.remoteID])
      return PlaylistID(database.lastInsertedRow)
    }
    try database.run(
      """
      UPDATE playlist SET (\(columns)) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      WHERE id = ?9 AND (\(columns)) IS NOT (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """, values: values + [id.rawValue])
    return id
  }
}

// MARK: Rows of lists.

extension Catalogue {
  /// An edit of it waits in the outbox (a refused one waits no more).
  func hasPendingEdit(_ playlist: PlaylistID) throws -> Bool {
    try database.first(
      "SELECT 1 FROM outbox WHERE item = ? AND item_kind = 'playlist' AND refusal IS NULL", playlist.rawValue,
      read: { _ in true }) ?? false
  }

  /// Writes only what comes after the part that stays. False when nothing differs.
  @discardableResult
  func setList(of playlist: PlaylistID, to tracks: [TrackID]) throws -> Bool {
    let old = try database.rows(
      "SELECT position, track FROM playlist_track WHERE playlist = ? ORDER BY position", playlist.rawValue
    ) { (position: $0.int(0), track: TrackID($0.int64(1))) }
    // Positions have gaps where a track left the library: from the first gap on all is written anew.
    let kept = zip(old.indices, zip(old, tracks)).prefix { $1.0.position == $0 && $1.0.track == $1.1 }.count
    if kept == old.count && kept == tracks.count { return false }
    try database.run("DELETE FROM playlist_track WHERE playlist = ? AND position >= ?", playlist.rawValue, kept)
    for position in kept..<tracks.count {
      try database.run(
        "INSERT INTO playlist_track(playlist, position, track) VALUES (?, ?, ?)", playlist.rawValue, position,
        tracks[position].rawValue)
    }
    return true
  }

  /// The row, its list, and whatever of it is in the outbox.
  func removePlaylist(_ id: PlaylistID) throws {
    try database.run("DELETE FROM outbox WHERE item = ? AND item_kind = 'playlist'", id.rawValue)
    try database.run("DELETE FROM playlist WHERE id = ?", id.rawValue)
  }
}
