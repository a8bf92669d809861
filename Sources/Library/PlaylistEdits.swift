package import Music
import SQLite

// A playlist made on a server's origin stands in `playlists()` at once; `remoteID` comes when the server has heard of it.
// A list may hold a track many times. All of these throw `CatalogueError`.

extension Catalogue {
  package func createPlaylist(named name: String, tracks: [TrackID], on origin: Origin) throws -> PlaylistID {
    try database.transaction {
      let row = try madeRow(of: origin)
      let tracks = try present(tracks)
      try refuseForeign(tracks, on: row)
      try database.run(
        "INSERT INTO playlist(origin, name, sort_key, created, changed) VALUES (?, ?, ?, unixepoch(), unixepoch())",
        row,
        name, Folding.sortKey(name))
      let id = PlaylistID(database.lastInsertedRow)
      try setList(of: id, to: tracks)
      // One edit: it carries the name and the list as they stand when it is sent.
      if row != 1 { try add(.createPlaylist(id), to: row) }
      return id
    }
  }

  /// nil leaves a value as it is.
  package func describePlaylist(
    _ id: PlaylistID, name: String? = nil, comment: String? = nil, isPublic: Bool? = nil
  ) throws {
    try database.transaction {
      let origin = try originOfEditable(id)
      try database.run(
        """
        UPDATE playlist SET name = coalesce(?1, name), sort_key = coalesce(?2, sort_key),
          comment = coalesce(?3, comment), is_public = coalesce(?4, is_public), changed = unixepoch()
        WHERE id = ?5 AND (name, comment, is_public) IS NOT
          (coalesce(?1, name), coalesce(?3, comment), coalesce(?4, is_public))
        """, name, name.map(Folding.sortKey), comment, isPublic, id.rawValue)
      if database.changes > 0 && origin != 1 { try add(.describePlaylist(id), to: origin) }
    }
  }

  /// The whole new list: adding, removing and reordering are all this. Tracks that are gone are left out.
  package func setTracks(of playlist: PlaylistID, to tracks: [TrackID]) throws {
    try database.transaction {
      let origin = try originOfEditable(playlist)
      let tracks = try present(tracks)
      try refuseForeign(tracks, on: origin)
      guard try setList(of: playlist, to: tracks) else { return }
      try database.run("UPDATE playlist SET changed = unixepoch() WHERE id = ?", playlist.rawValue)
      if origin != 1 { try add(.replacePlaylistTracks(playlist), to: origin) }
    }
  }

  /// A list that its server never heard of takes its waiting edits along and sends nothing.
  package func deletePlaylist(_ id: PlaylistID) throws {
    try database.transaction {
      let origin = try originOfEditable(id)
      let remoteID = try database.first("SELECT remote_id FROM playlist WHERE id = ?", id.rawValue) {
        $0.optionalText(0)
      }
      try removePlaylist(id)
      guard origin != 1 else { return }
      if let remoteID = remoteID ?? nil {
        try add(.deletePlaylist(remoteID), to: origin)
      } else {
        // Its creation may be on the way: `setRemoteID` then finds this.
        try database.run("INSERT INTO forgotten_playlist(id, origin) VALUES (?, ?)", id.rawValue, origin)
      }
    }
  }
}

extension Catalogue {
  private func originOfEditable(_ id: PlaylistID) throws -> Int64 {
    let list = try database.first("SELECT origin, is_read_only FROM playlist WHERE id = ?", id.rawValue) {
      (origin: $0.int64(0), isReadOnly: $0.bool(1))
    }
    guard let list else { throw CatalogueError.noSuchPlaylist(id) }
    if list.isReadOnly { throw CatalogueError.readOnlyPlaylist(id) }
    return list.origin
  }

  private func present(_ tracks: [TrackID]) throws -> [TrackID] {
    try tracks.filter { try originRow(of: $0) != nil }
  }

  /// Local lists take any track; a server's only its own.
  private func refuseForeign(_ tracks: [TrackID], on origin: Int64) throws {
    if origin == 1 { return }
    let foreign = try tracks.filter { try originRow(of: $0) != origin }
    if !foreign.isEmpty { throw CatalogueError.foreignTracks(foreign) }
  }

  private func originRow(of track: TrackID) throws -> Int64? {
    try database.first("SELECT origin FROM track WHERE id = ?", track.rawValue) { $0.int64(0) }
  }
}
