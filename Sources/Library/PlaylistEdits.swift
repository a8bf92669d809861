package import Music
import SQLite

// A playlist made on a server's origin stands in `playlists()` at once; `remoteID` comes when the server has heard of it.
// A list may hold a track many times. All of these throw `CatalogueError`. Each change is recorded in the history.

extension Catalogue {
  package func createPlaylist(named name: String, tracks: [TrackID], on origin: Origin) throws -> PlaylistID {
    try database.transaction {
      let row = try madeRow(of: origin)
      let tracks = try admissible(tracks, on: row)
      let id = try insertPlaylist(PlaylistDetails(name: name), tracks, of: row)
      // One edit: it carries the name and the list as they stand when it is sent.
      if row != 1 { try add(.createPlaylist(id), to: row, subject: name) }
      try record(.createPlaylist, try stored(id), before: nil, after: keepVersion(of: id), added: tracks.count)
      return id
    }
  }

  /// nil leaves a value as it is.
  package func describePlaylist(
    _ id: PlaylistID, name: String? = nil, comment: String? = nil, isPublic: Bool? = nil
  ) throws {
    try database.transaction {
      let list = try editable(id)
      var details = list.details
      if let name { details.name = name }
      if let comment { details.comment = comment }
      if let isPublic { details.isPublic = isPublic }
      try setDetails(of: list, to: details)
    }
  }

  /// The whole new list. Tracks that are gone are left out.
  /// - Parameter seen: the list from which the new one was made. Where it has changed since, both changes happen.
  package func setTracks(of playlist: PlaylistID, to tracks: [TrackID], seen: [TrackID]? = nil) throws {
    try editTracks(of: playlist) { now in
      now = seen.map { ListMerge.merge(base: $0, ours: tracks, theirs: now) } ?? tracks
    }
  }

  /// - Parameter position: the end when nil, or beyond it.
  package func addTracks(_ tracks: [TrackID], to playlist: PlaylistID, at position: Int? = nil) throws {
    try editTracks(of: playlist) { now in
      now.insert(contentsOf: tracks, at: min(max(position ?? now.count, 0), now.count))
    }
  }

  /// Reads the list, lets `change` change it, and writes what differs: nobody comes in between.
  package func editTracks(of playlist: PlaylistID, _ change: (inout [TrackID]) throws -> Void) throws {
    try database.transaction {
      let list = try editable(playlist)
      let rows = try rows(of: playlist)
      var tracks = rows.tracks
      try change(&tracks)
      try replace(rows, of: list, by: admissible(tracks, on: list.origin, besides: rows.tracks))
    }
  }

  /// A list that its server never heard of takes its waiting edits along and sends nothing.
  package func deletePlaylist(_ id: PlaylistID) throws {
    try database.transaction { try delete(editable(id)) }
  }
}

/// A playlist's row, without its tracks.
struct StoredPlaylist {
  var id: PlaylistID
  var origin: Int64
  var remoteID: RemoteID?
  var details: PlaylistDetails
  var isReadOnly: Bool
}

// MARK: Within a transaction, also when a step is undone.

extension Catalogue {
  func stored(_ id: PlaylistID) throws -> StoredPlaylist {
    let list = try database.first(
      "SELECT origin, remote_id, name, comment, is_public, is_read_only FROM playlist WHERE id = ?", id.rawValue
    ) { row in
      StoredPlaylist(
        id: id, origin: row.int64(0), remoteID: row.optionalText(1),
        details: PlaylistDetails(name: row.text(2), comment: row.text(3), isPublic: row.bool(4)),
        isReadOnly: row.bool(5))
    }
    guard let list else { throw CatalogueError.noSuchPlaylist(id) }
    return list
  }

  func editable(_ id: PlaylistID) throws -> StoredPlaylist {
    let list = try stored(id)
    if list.isReadOnly { throw CatalogueError.readOnlyPlaylist(id) }
    return list
  }

  /// - Parameter id: of a list that comes back; nil for a new one.
  func insertPlaylist(
    _ details: PlaylistDetails, _ tracks: [TrackID], of origin: Int64, as id: PlaylistID? = nil,
    remoteID: RemoteID? = nil
  ) throws -> PlaylistID {
    try database.run(
      """
      INSERT INTO playlist(id, origin, remote_id, name, sort_key, comment, is_public, created, changed)
      VALUES (?, ?, ?, ?, ?, ?, ?, unixepoch(), unixepoch())
      """, id?.rawValue, origin, remoteID, details.name, Folding.sortKey(details.name), details.comment,
      details.isPublic)
    let made = PlaylistID(database.lastInsertedRow)
    try setList(of: made, from: PlaylistRows(), to: tracks)
    return made
  }

  func setDetails(of list: StoredPlaylist, to details: PlaylistDetails) throws {
    guard details != list.details else { return }
    let before = try keepVersion(of: list.id)
    try database.run(
      "UPDATE playlist SET name = ?, sort_key = ?, comment = ?, is_public = ?, changed = unixepoch() WHERE id = ?",
      details.name, Folding.sortKey(details.name), details.comment, details.isPublic, list.id.rawValue)
    try record(.describePlaylist, list, before: before, after: keepVersion(of: list.id))
    try tell(.describePlaylist(list.id), of: list)
  }

  func replace(_ rows: PlaylistRows, of list: StoredPlaylist, by tracks: [TrackID]) throws {
    guard tracks != rows.tracks else { return }
    let before = try keepVersion(of: list, rows.tracks)
    let matching = ListMatching(from: rows.tracks, to: tracks)
    try setList(of: list.id, from: rows, to: tracks, matching: matching)
    try database.run("UPDATE playlist SET changed = unixepoch() WHERE id = ?", list.id.rawValue)
    let kept = matching.origins.count { $0 != nil }
    try record(
      .editPlaylist, list, before: before, after: keepVersion(of: list, tracks), added: tracks.count - kept,
      removed: rows.tracks.count - kept)
    try tell(.replacePlaylistTracks(list.id), of: list)
  }

  func delete(_ list: StoredPlaylist) throws {
    let before = try keepVersion(of: list.id)
    let count = try rows(of: list.id).tracks.count
    try removePlaylist(list.id)
    try record(.deletePlaylist, list, before: before, after: nil, removed: count)
    guard list.origin != 1 else { return }
    if let remoteID = list.remoteID {
      try add(.deletePlaylist(remoteID), to: list.origin, subject: list.details.name, item: list.id.rawValue)
    } else {
      // Its creation may be on the way: `setRemoteID` then finds this.
      try database.run(
        "INSERT OR IGNORE INTO forgotten_playlist(id, origin) VALUES (?, ?)", list.id.rawValue, list.origin)
    }
  }

  /// A list whose creation has not been tried yet goes to the server as it stands then: nothing more to tell.
  private func tell(_ edit: Edit, of list: StoredPlaylist) throws {
    if list.origin == 1 { return }
    if list.remoteID == nil, try isCreationUntried(list.id) { return }
    try add(edit, to: list.origin, subject: list.details.name)
  }

  private func isCreationUntried(_ id: PlaylistID) throws -> Bool {
    try database.first(
      "SELECT attempts = 0 FROM outbox WHERE item = ? AND kind = 'createPlaylist' AND refusal IS NULL", id.rawValue
    ) { $0.bool(0) } ?? false
  }

  /// Those that exist. Local lists take any track; a server's only its own.
  /// - Parameter known: need not be looked at.
  func admissible(_ tracks: [TrackID], on origin: Int64, besides known: [TrackID] = []) throws -> [TrackID] {
    var origins = Dictionary(known.map { ($0, origin as Int64?) }, uniquingKeysWith: { first, _ in first })
    for track in tracks where origins[track] == nil {
      origins[track] = .some(
        try database.first("SELECT origin FROM track WHERE id = ?", track.rawValue) { $0.int64(0) })
    }
    let present = tracks.filter { origins[$0, default: nil] != nil }
    if origin != 1 {
      let foreign = present.filter { origins[$0, default: nil] != origin }
      if !foreign.isEmpty { throw CatalogueError.foreignTracks(foreign) }
    }
    return present
  }
}
