package import Music
import SQLite

// The queue and the place in it, kept between runs. One row each: the queue is written when it changes, the place every
// few seconds.

extension Catalogue {
  package func keep(_ queue: KeptQueue) throws {
    try database.run(
      """
      INSERT INTO session_queue(id, tracks, play_order, heard) VALUES(1, ?, ?, ?)
      ON CONFLICT(id) DO UPDATE SET tracks = excluded.tracks, play_order = excluded.play_order, heard = excluded.heard
      """, bytes(queue.tracks.map(\.rawValue)), bytes(queue.order), bytes(queue.heard))
  }

  package func keep(_ place: KeptPlace) throws {
    try database.run(
      """
      INSERT INTO session_place(id, entry, track, position, shuffle) VALUES(1, ?, ?, ?, ?)
      ON CONFLICT(id) DO UPDATE SET entry = excluded.entry, track = excluded.track, position = excluded.position,
        shuffle = excluded.shuffle
      """, place.index, place.track?.rawValue, place.position.milliseconds, place.shuffleMode.rawValue)
  }

  /// nil when none was ever kept.
  package func keptQueue() throws -> KeptQueue? {
    try database.first("SELECT tracks, play_order, heard FROM session_queue") { row in
      KeptQueue(
        tracks: integers(row.bytes(0)).map { TrackID($0) }, order: integers(row.bytes(1)), heard: integers(row.bytes(2))
      )
    }
  }

  package func keptPlace() throws -> KeptPlace? {
    try database.first("SELECT entry, track, position, shuffle FROM session_place") { row in
      KeptPlace(
        index: row.optionalInt64(0).map { Int($0) }, track: row.optionalInt64(1).map(TrackID.init),
        position: .milliseconds(max(0, row.int64(2))), shuffleMode: ShuffleMode(rawValue: row.text(3)) ?? .off)
    }
  }
}

extension Schema {
  static let session = Migration(
    "session",
    sql: """
      CREATE TABLE session_queue(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        tracks BLOB NOT NULL,      -- ids of 8 bytes, the lowest first
        play_order BLOB NOT NULL,  -- positions in tracks, of 4 bytes; empty for list order
        heard BLOB NOT NULL        -- likewise, the oldest first
      );
      CREATE TABLE session_place(
        id INTEGER PRIMARY KEY CHECK(id = 1),
        entry INTEGER,
        track INTEGER,
        position INTEGER NOT NULL,  -- in ms
        shuffle TEXT NOT NULL
      );
      """)
}

/// As they lie in memory of a little-endian machine.
func bytes<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] {
  numbers.map(\.littleEndian).withUnsafeBytes { Array($0) }
}

/// A rest that makes no whole number is left out.
func integers<Number: FixedWidthInteger>(_ bytes: [UInt8]) -> [Number] {
  let size = MemoryLayout<Number>.size
  return bytes.withUnsafeBytes { buffer in
    (0..<buffer.count / size).map {
      Number(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * size, as: Number.self))
    }
  }
}

extension Duration {
  /// Whole ones.
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
