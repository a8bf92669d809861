import Music
import SQLite

// Pins: what is to be held for good, in order, and why some of it could not be had.

extension ChunkStore {
  /// Makes these the pins, in this order; a failure that is known of one that stays is kept. What is no longer pinned
  /// counts against the cap again.
  func setPins(_ pins: [Pin]) throws {
    try write { transaction in
      let connection = transaction.connection
      try connection.execute(
        """
        CREATE TEMP TABLE IF NOT EXISTS wanted(
          server TEXT, track TEXT, name TEXT, place INTEGER, expected INTEGER, PRIMARY KEY(server, track, name));
        DELETE FROM wanted;
        """)
      for (place, pin) in pins.enumerated() {
        try connection.run(
          "INSERT OR IGNORE INTO wanted VALUES(?, ?, ?, ?, ?)",
          pin.key.server.rawValue, pin.key.track, pin.key.rendition.name, place, pin.expectedSize)
      }
      try connection.execute(
        """
        DELETE FROM pins WHERE (server, track, name) NOT IN (SELECT server, track, name FROM wanted);
        INSERT INTO pins(server, track, name, place, expected)
          SELECT server, track, name, place, expected FROM wanted WHERE true
          ON CONFLICT DO UPDATE SET place = excluded.place, expected = excluded.expected;
        UPDATE renditions SET pinned = 1 - pinned
          WHERE pinned <> ((server, track, name) IN (SELECT server, track, name FROM pins));
        DELETE FROM wanted;
        """)
      transaction.bytes = try Self.sum(on: connection)
    }
  }

  /// Pins whose bytes are not all here and were not given up, first things first.
  func missingPins() throws -> [RenditionKey] {
    try list { connection in
      try connection.rows(
        """
        SELECT pins.server, pins.track, pins.name FROM pins LEFT JOIN renditions USING(server, track, name)
        WHERE failure IS NULL AND (complete IS NOT 1 OR stale) ORDER BY place
        """, read: Self.key)
    }
  }

  /// Notes why a pin could not be fetched; nil: it is to be tried again.
  func setFailure(_ reason: String?, of key: RenditionKey) throws {
    try write {
      try $0.connection.run(
        "UPDATE pins SET failure = ? WHERE \(Self.byKey)",
        reason, key.server.rawValue, key.track, key.rendition.name)
    }
  }

  func forgetFailures() throws {
    try write { try $0.connection.run("UPDATE pins SET failure = NULL WHERE failure IS NOT NULL") }
  }

  /// Lets `keys` be fetched before everything else that waits.
  func putFirst(_ keys: [RenditionKey]) throws {
    try write { transaction in
      let connection = transaction.connection
      let first = try connection.first("SELECT coalesce(min(place), 0) FROM pins", read: { $0.int64(0) }) ?? 0
      for (index, key) in keys.enumerated() {
        try connection.run(
          "UPDATE pins SET place = ? WHERE \(Self.byKey)", first - Int64(keys.count - index),
          key.server.rawValue, key.track, key.rendition.name)
      }
    }
  }

  func isPinned(_ rendition: Int64, on connection: Connection) throws -> Bool {
    try pinned(rendition, on: connection) ?? false
  }

  /// nil where there is no such rendition.
  func pinned(_ rendition: Int64, on connection: Connection) throws -> Bool? {
    try connection.first("SELECT pinned FROM renditions WHERE id = ?", rendition) { $0.bool(0) }
  }

  /// Counts, and the failures with their reasons. *Disk*: a row for each pin.
  func pinSurvey() throws -> PinSurvey {
    try list { connection in
      try connection.snapshot {
        var survey = PinSurvey()
        _ = try connection.first(
          """
          SELECT count(*), coalesce(sum(complete IS 1 AND NOT stale), 0), coalesce(sum(held), 0),
            coalesce(sum(max(0, coalesce(size, expected, 0) - coalesce(held, 0)))
              FILTER (WHERE complete IS NOT 1 AND failure IS NULL), 0)
          FROM pins LEFT JOIN renditions USING(server, track, name)
          """
        ) { row in
          survey.count = row.int(0)
          survey.whole = row.int(1)
          survey.bytes = row.int64(2)
          survey.missingBytes = row.int64(3)
        }
        survey.failures = try connection.rows(
          "SELECT server, track, name, failure FROM pins WHERE failure IS NOT NULL ORDER BY place"
        ) { DownloadReport.Failure(key: Self.key($0), reason: $0.text(3)) }
        return survey
      }
    }
  }

  struct PinSurvey {
    var count = 0
    var whole = 0
    var bytes: Int64 = 0
    var missingBytes: Int64 = 0
    var failures: [DownloadReport.Failure] = []
  }

  private static func key(_ row: Statement) -> RenditionKey {
    RenditionKey(
      server: ServerID(row.text(0)), track: row.text(1), rendition: Rendition(named: row.text(2)) ?? .raw)
  }
}
