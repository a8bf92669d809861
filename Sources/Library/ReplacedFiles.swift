package import Music
import SQLite

// Tracks whose file on the server became another one: what is held of their bytes is out of date. Noted as the rows change,
// so that no synchronisation that breaks off and no killed process loses one.

extension Schema {
  /// A server may describe a file in other words (its content type); another size or another suffix is another file.
  static let replacedFiles = Migration(
    "replaced files",
    sql: """
      CREATE TABLE replaced_file(track INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE);
      CREATE TRIGGER track_replaced AFTER UPDATE OF size, suffix ON track
      WHEN new.origin <> 1 AND (old.size > 0 AND new.size > 0 AND old.size <> new.size
        OR old.suffix <> '' AND new.suffix <> '' AND old.suffix <> new.suffix)
      BEGIN INSERT OR IGNORE INTO replaced_file VALUES (new.id); END;
      """)
}

extension Catalogue {
  /// Those that nobody has dealt with, of all origins.
  package func replacedFiles() throws -> [Track] {
    try tracks(database.rows("SELECT track FROM replaced_file ORDER BY track") { TrackID($0.int64(0)) })
  }

  /// They were dealt with; what changed once more meanwhile stays.
  package func forgetReplacedFiles(_ tracks: [Track]) throws {
    try database.transaction {
      for track in tracks {
        try database.run(
          "DELETE FROM replaced_file WHERE track IN (SELECT id FROM track WHERE id = ? AND size = ? AND suffix = ?)",
          track.id.rawValue, track.size, track.suffix)
      }
    }
  }

  /// Some tracks of an origin, as they fall.
  package func someTracks(of origin: Origin, count: Int) throws -> [Track] {
    guard let row = try row(of: origin) else { return [] }
    return try tracks(
      database.rows("SELECT id FROM track WHERE origin = ? ORDER BY random() LIMIT ?", row, count) {
        TrackID($0.int64(0))
      })
  }

  /// The server's lists as they are known here.
  package func serverPlaylists(of origin: Origin) throws -> [(remoteID: RemoteID, name: String)] {
    guard let row = try row(of: origin) else { return [] }
    return try database.rows(
      "SELECT remote_id, name FROM playlist WHERE origin = ? AND remote_id IS NOT NULL ORDER BY sort_key", row
    ) { (remoteID: $0.text(0), name: $0.text(1)) }
  }
}
