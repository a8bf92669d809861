package import Music
import SQLite

extension Catalogue {
  /// The server's list as it is now. Where the outbox holds edits of it, also refused ones, it is merged with the list as
  /// it stands here. Tracks unknown here are not shown, and not lost.
  /// - Returns: the question that came up, if one did that was not asked before.
  @discardableResult
  package func ingest(
    playlist: PlaylistRecord, tracks: [RemoteID], from origin: Origin
  ) throws -> PlaylistQuestion? {
    try database.transaction {
      let row = try madeRow(of: origin)
      guard try !isBeingDeleted(playlist.remoteID, of: row) else { return nil }
      if let id = try playlistID(playlist.remoteID, from: origin) {
        let edits = try unsentEdits(of: id)
        return try absorb(
          playlist, tracks, into: id, of: row, mergingDetails: edits.contains("describePlaylist"),
          mergingTracks: edits.contains("replacePlaylistTracks") || edits.contains("createPlaylist"))
      } else {
        let id = try insert(playlist, of: row)
        return try absorb(playlist, tracks, into: id, of: row, mergingDetails: false, mergingTracks: false)
      }
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

  /// The server lists these, and no others. Lists that are gone there are gone here; but one that was edited here asks.
  /// Those still waiting to be created stay.
  /// - Returns: the questions that came up.
  @discardableResult
  package func removePlaylists(exceptRemoteIDs kept: Set<RemoteID>, from origin: Origin) throws -> [PlaylistQuestion] {
    try database.transaction {
      guard let row = try row(of: origin) else { return [] }
      let known = try database.rows(
        "SELECT id, remote_id FROM playlist WHERE origin = ? AND remote_id IS NOT NULL", row
      ) { (id: PlaylistID($0.int64(0)), remoteID: $0.text(1)) }
      return try known.filter { !kept.contains($0.remoteID) }.compactMap { try goneThere($0.id) }
    }
  }

  /// The server says that there is no such list any more.
  /// - Returns: a question, where it was edited here and the listener was not asked yet.
  package func goneThere(_ id: PlaylistID) throws -> PlaylistQuestion? {
    try database.transaction {
      guard let list = try? stored(id) else { return nil }
      if try !unsentEdits(of: id).isEmpty { return try ask(.deletedThere, about: list) }
      try keepVersion(of: id)
      try removePlaylist(id)
      try forgetBase(of: id)
      return nil
    }
  }

  /// Shows tracks of server's lists that the catalogue did not know when the lists were pulled, and now does.
  package func revealPlaylistTracks(from origin: Origin) throws {
    try database.transaction {
      guard let row = try row(of: origin) else { return }
      let lists = try database.rows("SELECT playlist FROM playlist_base WHERE origin = ? AND has_hidden", row) {
        PlaylistID($0.int64(0))
      }
      for id in lists {
        guard let list = try? stored(id), let base = try base(of: id) else { continue }
        var lookup = lookup(in: row)
        let shared = try lookup.shared(base.tracks.remoteIDs)
        guard shared != base.tracks else { continue }
        let merged = try ListMerge.merge(
          base: lookup.seen(base.tracks), ours: trackRemoteIDs(of: id), theirs: shared.remoteIDs)
        try setList(of: list.id, to: lookup.tracks(merged))
        try setBase(PlaylistBase(details: base.details, tracks: shared, sent: base.sent), of: id, origin: row)
      }
    }
  }

  private func isBeingDeleted(_ remoteID: RemoteID, of origin: Int64) throws -> Bool {
    try database.first(
      "SELECT 1 FROM outbox WHERE origin = ? AND kind = 'deletePlaylist' AND remote_id = ? AND refusal IS NULL", origin,
      remoteID, read: { _ in true }) ?? false
  }

  private func insert(_ record: PlaylistRecord, of origin: Int64) throws -> PlaylistID {
    try database.run(
      "INSERT INTO playlist(origin, remote_id, name, sort_key) VALUES (?, ?, ?, ?)", origin, record.remoteID,
      record.name, Folding.sortKey(record.name))
    return PlaylistID(database.lastInsertedRow)
  }
}

// MARK: Merging, within a transaction.

extension Catalogue {
  /// Brings the list here together with the server's: ours merged with theirs where we have edits, else theirs. Theirs is
  /// the base from now on.
  @discardableResult
  func absorb(
    _ record: PlaylistRecord, _ tracks: [RemoteID], into id: PlaylistID, of origin: Int64, mergingDetails: Bool,
    mergingTracks: Bool
  ) throws -> PlaylistQuestion? {
    let list = try stored(id)
    let base = try base(of: id)
    let theirs = PlaylistDetails(name: record.name, comment: record.comment, isPublic: record.isPublic)
    var lookup = lookup(in: origin)
    var wanted = tracks
    if mergingTracks {
      let common = base?.common(with: tracks) ?? SharedList()
      wanted = try ListMerge.merge(base: lookup.seen(common), ours: trackRemoteIDs(of: id), theirs: tracks)
    }
    let rows = try rows(of: id)
    let shown = try lookup.tracks(wanted)
    // What came from elsewhere can be looked at later, and taken back; a list met for the first time has no past.
    if base != nil, shown != rows.tracks { try keepVersion(of: list, rows.tracks) }
    try setList(of: id, from: rows, to: shown)
    var details = theirs
    var question: PlaylistQuestion?
    if mergingDetails {
      let before = base?.details ?? theirs
      details = PlaylistDetails(merging: before, ours: list.details, theirs: theirs)
      if Set([before.name, theirs.name, list.details.name]).count == 3 {
        question = try ask(.renamed(ours: list.details.name, theirs: theirs.name), about: list)
      }
    }
    try write(record, details, trackCount: tracks.count, id)
    try setBase(PlaylistBase(details: theirs, tracks: lookup.shared(tracks), sent: nil), of: id, origin: origin)
    return question
  }

  /// Writes what differs.
  private func write(_ record: PlaylistRecord, _ details: PlaylistDetails, trackCount: Int, _ id: PlaylistID) throws {
    // Dates are of whole seconds: what was changed a moment ago may be changed again under the same date.
    let now = try database.first("SELECT unixepoch()") { $0.int64(0) } ?? 0
    let isFresh = record.changed.map { abs(now - $0.seconds) <= 2 } ?? false
    let values: [(any Bindable)?] = [
      details.name, Folding.sortKey(details.name), details.comment, record.owner, details.isPublic, record.isReadOnly,
      record.created?.seconds, record.changed?.seconds, isFresh ? nil : record.changed?.seconds, trackCount,
    ]
    let columns = """
      name, sort_key, comment, owner, is_public, is_read_only, created, changed, known_changed, known_track_count
      """
    try database.run(
      """
      UPDATE playlist SET (\(columns)) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      WHERE id = ?11 AND (\(columns)) IS NOT (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """, values: values + [id.rawValue])
  }

  /// The kinds of edits of it that the server has not taken: those that wait, ask, or were refused.
  func unsentEdits(of playlist: PlaylistID) throws -> Set<String> {
    try Set(
      database.rows("SELECT kind FROM outbox WHERE item = ? AND item_kind = 'playlist'", playlist.rawValue) {
        $0.text(0)
      })
  }
}
