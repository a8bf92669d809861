import Music
import SQLite

// What a folder's music was to the listener outlives the files: a disk comes back, a folder is moved home again. No server
// keeps it, so the catalogue does, by the names that a scan gives (they are made of paths and tags).

extension Schema {
  /// Noted as rows go, whoever deletes them; before that, while playlists and plays still name them.
  static let departed = Migration(
    "departed rows",
    sql: """
      CREATE TABLE departed(
        kind TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        id INTEGER NOT NULL,
        starred INTEGER,
        rating INTEGER NOT NULL,
        play_count INTEGER NOT NULL,
        last_played INTEGER,
        PRIMARY KEY(kind, remote_id)
      ) WITHOUT ROWID;
      CREATE TABLE departed_place(
        track INTEGER NOT NULL,
        playlist INTEGER NOT NULL REFERENCES playlist ON DELETE CASCADE,
        position INTEGER NOT NULL,
        PRIMARY KEY(track, playlist, position)
      ) WITHOUT ROWID;
      CREATE INDEX departed_place_playlist ON departed_place(playlist);
      CREATE TABLE departed_play(track INTEGER NOT NULL, heard INTEGER NOT NULL);
      CREATE INDEX departed_play_track ON departed_play(track);
      CREATE TRIGGER track_departs BEFORE DELETE ON track WHEN old.origin = 1 BEGIN
        INSERT OR REPLACE INTO departed
        VALUES ('track', old.remote_id, old.id, old.starred, old.rating, old.play_count, old.last_played);
        INSERT OR IGNORE INTO departed_place
        SELECT track, playlist, position FROM playlist_track WHERE track = old.id;
        INSERT INTO departed_play SELECT track, heard FROM play WHERE track = old.id;
      END;
      CREATE TRIGGER album_departs BEFORE DELETE ON album WHEN old.origin = 1 BEGIN
        INSERT OR REPLACE INTO departed VALUES ('album', old.remote_id, old.id, old.starred, old.rating, 0, NULL);
      END;
      CREATE TRIGGER artist_departs BEFORE DELETE ON artist WHEN old.origin = 1 BEGIN
        INSERT OR REPLACE INTO departed VALUES ('artist', old.remote_id, old.id, old.starred, old.rating, 0, NULL);
      END;
      """)
}

/// A row that was here: under its old number it is again what versions, history and queues remember.
struct DepartedRow {
  var id: Int64
  var marks: Marks
}

extension Ingest {
  /// nil where nothing of that name was ever here.
  func departed(_ kind: String, _ remoteID: RemoteID) throws -> DepartedRow? {
    guard remembersDeparted else { return nil }
    let find = try database.statement(
      "SELECT id, starred, rating, play_count, last_played FROM departed WHERE kind = ? AND remote_id = ?")
    defer { find.reset() }
    try find.bind(kind, at: 1)
    try find.bind(remoteID, at: 2)
    guard try find.step() else { return nil }
    let marks = Marks(
      starred: find.timestamp(1), rating: find.int(2), playCount: find.int(3), lastPlayed: find.timestamp(4))
    return DepartedRow(id: find.int64(0), marks: marks)
  }

  /// The row stands again: so do its places in playlists and its plays.
  func welcomeBack(_ kind: String, _ remoteID: RemoteID, _ row: Int64) throws {
    try database.run("DELETE FROM departed WHERE kind = ? AND remote_id = ?", kind, remoteID)
    guard kind == "track" else { return }
    let places = try database.rows("SELECT playlist, position FROM departed_place WHERE track = ?", row) {
      (playlist: $0.int64(0), position: $0.int64(1))
    }
    for place in places { try putBack(row, into: place.playlist, at: place.position) }
    try database.run("DELETE FROM departed_place WHERE track = ?", row)
    try database.run("INSERT INTO play(track, heard) SELECT track, heard FROM departed_play WHERE track = ?", row)
    try database.run("DELETE FROM departed_play WHERE track = ?", row)
  }

  /// Where the list was changed meanwhile, behind what stands there now.
  private func putBack(_ track: Int64, into playlist: Int64, at position: Int64) throws {
    var position = position
    repeat {
      try database.run(
        "INSERT OR IGNORE INTO playlist_track(playlist, position, track) VALUES (?, ?, ?)", playlist, position, track)
      position += 1
    } while database.changes == 0
  }
}

extension Catalogue {
  /// The listener gave the folder up: nothing of it is remembered.
  func forgetDeparted() throws {
    for table in ["departed", "departed_place", "departed_play"] { try database.run("DELETE FROM \(table)") }
  }
}
