package import Music
import SQLite

// What was heard. Recording a play is `recordPlay`; here it is written down and read back.

extension Catalogue {
  /// What is kept, in listens: years of them.
  static let playLimit: Int64 = 50_000

  /// Within the transaction of the play.
  func writeDown(_ track: TrackID, heard: Int64) throws {
    try database.run("INSERT INTO play(track, heard) VALUES (?, ?)", track.rawValue, heard)
    try database.run("DELETE FROM play WHERE id <= ?", database.lastInsertedRow - Self.playLimit)
  }

  /// The latest first, of the tracks in scope.
  package func plays(limit: Int) throws -> [HeardTrack] {
    try database.snapshot {
      let plays = try database.rows(
        """
        SELECT p.id, p.heard, p.track, strftime('%H:%M', p.heard, 'unixepoch', 'localtime'),
          strftime('%Y', p.heard, 'unixepoch', 'localtime'), strftime('%m', p.heard, 'unixepoch', 'localtime'),
          strftime('%d', p.heard, 'unixepoch', 'localtime'), strftime('%w', p.heard, 'unixepoch', 'localtime'),
          julianday('now', 'localtime', 'start of day') - julianday(p.heard, 'unixepoch', 'localtime', 'start of day')
        FROM play p CROSS JOIN track t ON t.id = p.track
        WHERE t.origin IN \(scopeList()) ORDER BY p.heard DESC, p.id DESC LIMIT ?
        """, max(0, limit), read: Play.init)
      return try plays.compactMap { play in
        try tracks([play.track]).first.map {
          HeardTrack(id: play.id, heard: play.heard, day: play.day, time: play.time, track: $0)
        }
      }
    }
  }
}

/// A row of the table, with what the clocks of this place showed.
private struct Play {
  let id: Int64
  let heard: Timestamp
  let track: TrackID
  let time: String
  let day: HeardTrack.Day

  init(_ row: Statement) {
    id = row.int64(0)
    heard = Timestamp(seconds: row.int64(1))
    track = TrackID(row.int64(2))
    time = row.text(3)
    day = HeardTrack.Day(
      year: row.int(4), month: row.int(5), day: row.int(6), weekday: row.int(7), daysAgo: Int(row.double(8).rounded()))
  }
}
