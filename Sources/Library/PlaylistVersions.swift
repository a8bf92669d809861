package import Music
import SQLite

// Earlier versions of playlists: what a list held before it was changed here, merged, or deleted. A version refers to the
// list by its number, which is never given to another, so that it outlives the list.

/// A version with its tracks.
struct StoredVersion {
  var details: PlaylistDetails
  var tracks: [TrackID]
  var origin: Int64
}

extension Catalogue {
  /// How many versions of one list are kept, and how many bytes of them.
  static let versionLimit = (count: 100, bytes: 5 << 20)

  /// The latest first. The first may be the list as it stands.
  package func versions(of playlist: PlaylistID) throws -> [PlaylistVersion] {
    try versions("WHERE playlist = ? ORDER BY id DESC", [playlist.rawValue])
  }

  /// The last version of each list that is there no more, of the origins in scope; the latest first.
  package func deletedPlaylists() throws -> [PlaylistVersion] {
    try versions(
      """
      WHERE id IN (SELECT max(id) FROM playlist_version WHERE origin IN \(scopeList())
        AND playlist NOT IN (SELECT id FROM playlist) GROUP BY playlist) ORDER BY id DESC
      """, [])
  }

  /// The tracks that a version held, those that are gone left out; empty where there is no such version.
  package func tracks(ofVersion id: Int64) throws -> [Track] {
    try tracks(version(id)?.tracks ?? [])
  }

  /// How many of its places hold tracks that are gone.
  package func missingTracks(ofVersion id: Int64) throws -> Int {
    guard let version = try version(id) else { return 0 }
    return try version.tracks.count - tracks(version.tracks).count
  }

  /// Makes the list as it was, as a new edit; one that was deleted comes back. Can be undone.
  /// - Returns: false when there is no such version any more.
  @discardableResult
  package func restore(version id: Int64) throws -> Bool {
    try asOneStep {
      let playlist = try database.first("SELECT playlist FROM playlist_version WHERE id = ?", id) {
        PlaylistID($0.int64(0))
      }
      guard let playlist, let version = try version(id) else { return false }
      guard try self.playlist(playlist) != nil else {
        try bringBack(playlist, version)
        let list = try stored(playlist)
        try record(
          .createPlaylist, list, before: nil, after: keepVersion(of: playlist), added: version.tracks.count)
        return true
      }
      try setDetails(of: editable(playlist), to: version.details)
      try setTracks(of: playlist, to: version.tracks)
      return true
    }
  }

  private func versions(_ condition: String, _ values: [(any Bindable)?]) throws -> [PlaylistVersion] {
    try database.rows(
      "SELECT id, playlist, made, track_count, name, comment, is_public FROM playlist_version \(condition)",
      values: values
    ) { row in
      PlaylistVersion(
        id: row.int64(0), playlist: PlaylistID(row.int64(1)), made: Timestamp(seconds: row.int64(2)),
        details: PlaylistDetails(row, from: 4), trackCount: row.int(3))
    }
  }
}

// MARK: Keeping, within a transaction.

extension Catalogue {
  func version(_ id: Int64) throws -> StoredVersion? {
    try database.first(
      "SELECT name, comment, is_public, origin, tracks FROM playlist_version WHERE id = ?", id
    ) { row in
      StoredVersion(
        details: PlaylistDetails(row, from: 0), tracks: TrackList.decoded(row.bytes(4)), origin: row.int64(3))
    }
  }

  /// Keeps the list as it stands.
  @discardableResult
  func keepVersion(of id: PlaylistID) throws -> Int64 { try keepVersion(of: stored(id), rows(of: id).tracks) }

  /// - Returns: the version, which is an older one where nothing has changed since; while a step is undone any older one
  ///   that is the same, or undoing would push out what is still to be undone.
  @discardableResult
  func keepVersion(of list: StoredPlaylist, _ tracks: [TrackID]) throws -> Int64 {
    let bytes = TrackList.encoded(tracks)
    let details = list.details
    let same = try database.first(
      """
      SELECT id FROM (SELECT * FROM playlist_version WHERE playlist = ? ORDER BY id DESC LIMIT ?)
      WHERE (name, comment, is_public, tracks) IS (?, ?, ?, ?) LIMIT 1
      """, list.id.rawValue, isReplaying ? Self.versionLimit.count : 1, details.name, details.comment,
      details.isPublic, bytes
    ) { $0.int64(0) }
    if let same { return same }
    try database.run(
      """
      INSERT INTO playlist_version(playlist, origin, made, name, comment, is_public, track_count, tracks)
      VALUES (?, ?, unixepoch(), ?, ?, ?, ?, ?)
      """, list.id.rawValue, list.origin, details.name, details.comment, details.isPublic, tracks.count, bytes)
    let id = database.lastInsertedRow
    try dropOldVersions(of: list.id)
    return id
  }

  /// What can then not be undone any more leaves the history, too.
  private func dropOldVersions(of playlist: PlaylistID) throws {
    let kept = try database.rows(
      "SELECT id, length(tracks) FROM playlist_version WHERE playlist = ? ORDER BY id DESC", playlist.rawValue
    ) { (id: $0.int64(0), bytes: $0.int(1)) }
    var bytes = 0
    // Two are kept in any case: the one before the last change, and the one after.
    let excess = kept.enumerated().first { index, version in
      bytes += version.bytes
      return index >= Self.versionLimit.count || index >= 2 && bytes > Self.versionLimit.bytes
    }
    guard let newest = excess?.element.id else { return }
    try database.run("DELETE FROM playlist_version WHERE playlist = ? AND id <= ?", playlist.rawValue, newest)
    try database.run(
      "DELETE FROM history WHERE item_kind = 'playlist' AND item = ?1 AND (before <= ?2 OR after <= ?2)",
      playlist.rawValue, newest)
  }
}
