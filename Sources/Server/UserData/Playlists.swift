import Music
import SQLite

/// A playlist as it is stored; its tracks are read apart.
struct StoredPlaylist: Hashable {
  let id: String
  var owner: String
  var name: String
  var comment: String
  var isPublic: Bool
  var created: Timestamp
  var changed: Timestamp
}

/// What a user may do with a playlist that exists.
enum PlaylistAccess: Hashable {
  case owner
  /// Another's public one: reading only.
  case reader
  /// Another's private one: as if there were none.
  case none
}

/// The users' playlists. Tracks stand in them by their lasting names, also while the catalogue does not hold them.
/// On the connection's thread.
struct Playlists {
  let connection: Connection
  let user: String

  /// The user's own, and the public ones of others; by name.
  func visible() throws -> [StoredPlaylist] {
    try connection.rows(
      "SELECT \(Self.columns) FROM playlist WHERE owner = ? OR is_public ORDER BY lower(name), id", user,
      read: Self.playlist)
  }

  func playlist(_ id: String) throws -> StoredPlaylist? {
    try connection.first("SELECT \(Self.columns) FROM playlist WHERE id = ?", id, read: Self.playlist)
  }

  func access(to playlist: StoredPlaylist) -> PlaylistAccess {
    if playlist.owner == user { return .owner }
    return playlist.isPublic ? .reader : .none
  }

  func tracks(of id: String) throws -> [RemoteID] {
    try connection.rows("SELECT track FROM playlist_track WHERE playlist = ? ORDER BY position", id) { $0.text(0) }
  }

  func create(named name: String, tracks: [RemoteID], at time: Timestamp) throws -> String {
    let id = "pl-" + hexadecimal(Sodium.random(10))
    try connection.transaction {
      try connection.run(
        "INSERT INTO playlist(id, owner, name, created, changed) VALUES (?, ?, ?, ?, ?)", id, user, name,
        time.seconds, time.seconds)
      try write(tracks, to: id)
    }
    return id
  }

  /// Reads the list as it is, has it edited, and writes it: nobody else writes in between. Each edit has a later date than
  /// the one before, also within one second: clients fetch a list again when its date is another.
  func edit(
    _ id: String, at time: Timestamp,
    _ body: (inout StoredPlaylist, inout [RemoteID]) throws -> Void
  ) throws {
    try connection.transaction {
      guard let stored = try playlist(id) else { return }
      let before = try tracks(of: id)
      var (playlist, tracks) = (stored, before)
      try body(&playlist, &tracks)
      guard playlist != stored || tracks != before else { return }
      try connection.run(
        "UPDATE playlist SET name = ?, comment = ?, is_public = ?, changed = ? WHERE id = ?", playlist.name,
        playlist.comment, playlist.isPublic, max(time.seconds, playlist.changed.seconds + 1), id)
      if tracks != before { try write(tracks, to: id) }
    }
  }

  func delete(_ id: String) throws { try connection.run("DELETE FROM playlist WHERE id = ?", id) }

  private func write(_ tracks: [RemoteID], to id: String) throws {
    try connection.run("DELETE FROM playlist_track WHERE playlist = ?", id)
    for (position, track) in tracks.enumerated() {
      try connection.run(
        "INSERT INTO playlist_track(playlist, position, track) VALUES (?, ?, ?)", id, position, track)
    }
  }

  private static let columns = "id, owner, name, comment, is_public, created, changed"

  private static func playlist(_ row: Statement) -> StoredPlaylist {
    StoredPlaylist(
      id: row.text(0), owner: row.text(1), name: row.text(2), comment: row.text(3), isPublic: row.bool(4),
      created: Timestamp(seconds: row.int64(5)), changed: Timestamp(seconds: row.int64(6)))
  }
}
