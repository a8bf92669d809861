import Music
import SQLite

extension ChunkStore {
  /// The rendition's row, made where there is none, and leased before anyone could evict it.
  /// - Parameter isPlay: counts as its last play; a new row counts as just played anyway.
  func rendition(_ key: RenditionKey, isPlay: Bool) throws -> StoredRendition {
    try write { transaction in
      let connection = transaction.connection
      let found = try connection.first(
        "SELECT id, size, validator, ranges, announced, complete, stale FROM renditions WHERE \(Self.byKey)",
        key.server.rawValue, key.track, key.rendition.name
      ) { row in
        (
          row.int64(0), Version(size: row.optionalInt64(1), validator: row.optionalText(2), acceptsRanges: row.bool(3)),
          row.optionalInt64(4), row.bool(5), row.bool(6)
        )
      }
      guard let (id, version, announced, isComplete, isStale) = found else { return try create(key, on: connection) }
      try check(id, isOf: key, on: connection)
      if try isSenseless(id, version, on: connection) {
        // More is held than there can be: the row was damaged, and its chunks say nothing of how long the file is.
        try delete(id, in: &transaction)
        return try create(key, on: connection)
      }
      if isPlay { try countPlay(of: id, on: connection) }
      let held = isComplete ? RangeSet(0..<version.size!) : try heldRanges(of: id, on: connection)
      return StoredRendition(
        id: id, version: version, announced: announced, held: held, isStale: isStale,
        lease: Lease(of: id, in: ledger))
    }
  }

  /// What is held of it, where nothing can be written; nil when that is nothing.
  func heldRendition(_ key: RenditionKey) -> StoredRendition? {
    let found = try? list { connection -> StoredRendition? in
      let row = try connection.first(
        "SELECT id, size, validator, ranges, complete FROM renditions WHERE held > 0 AND \(Self.byKey)",
        key.server.rawValue, key.track, key.rendition.name
      ) { row in
        let version = Version(
          size: row.optionalInt64(1), validator: row.optionalText(2), acceptsRanges: row.bool(3))
        return (id: row.int64(0), version: version, isComplete: row.bool(4))
      }
      guard let (id, version, isComplete) = row, try !isSenseless(id, version, on: connection) else { return nil }
      try check(id, isOf: key, on: connection)
      let held = try isComplete ? RangeSet(0..<version.size!) : heldRanges(of: id, on: connection)
      return StoredRendition(id: id, version: version, held: held, lease: Lease(of: id, in: ledger))
    }
    return found ?? nil
  }

  /// SQLite believes an index: damaged in one bit, it leads to another track's row, whose chunks are all sound.
  private func check(_ rendition: Int64, isOf key: RenditionKey, on connection: Connection) throws {
    let isSame = try connection.first(
      "SELECT server = ?2 AND track = ?3 AND name = ?4 FROM renditions WHERE id = ?1",
      rendition, key.server.rawValue, key.track, key.rendition.name
    ) { $0.bool(0) }
    guard isSame == true else { throw SQLiteError.damaged("an index leads to another row") }
  }

  private func isSenseless(_ rendition: Int64, _ version: Version, on connection: Connection) throws -> Bool {
    guard let size = version.size else { return false }
    if size < 0 { return true }
    let rows = Chunk.rows(of: rendition)
    let last = try connection.first(
      "SELECT id, length FROM chunks WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1", rows.lowerBound,
      rows.upperBound
    ) { Chunk.range(Chunk.index(ofRow: $0.int64(0))).lowerBound + Int64($0.int(1)) }
    return (last ?? 0) > size
  }

  /// It is played now.
  func countPlay(of rendition: Int64) throws {
    try write { try countPlay(of: rendition, on: $0.connection) }
  }

  /// What the server said of it.
  func describe(_ rendition: Int64, as version: Version) throws {
    try write { try describe(rendition, as: version, on: $0.connection) }
  }

  func describe(_ rendition: Int64, as version: Version, on connection: Connection) throws {
    try connection.run(
      "UPDATE renditions SET size = ?, validator = ?, ranges = ? WHERE id = ?",
      version.size, version.validator, version.acceptsRanges, rendition)
  }

  func announce(_ size: Int64?, of rendition: Int64) throws {
    try write { try $0.connection.run("UPDATE renditions SET announced = ? WHERE id = ?", size, rendition) }
  }

  /// Forgets the rendition with all its bytes.
  func forget(_ rendition: Int64) throws {
    try write { try delete(rendition, in: &$0) }
  }

  /// Forgets it when nothing of it ever came.
  func forgetIfEmpty(_ rendition: Int64) throws {
    try write { try $0.connection.run("DELETE FROM renditions WHERE id = ? AND held = 0 AND NOT complete", rendition) }
  }

  func seekIndex(of rendition: Int64) throws -> [UInt8]? {
    try list { connection in
      try connection.first("SELECT seek FROM renditions WHERE id = ? AND seek IS NOT NULL", rendition) { $0.bytes(0) }
    }
  }

  func setSeekIndex(_ index: [UInt8]?, of rendition: Int64) throws {
    try write { try $0.connection.run("UPDATE renditions SET seek = ? WHERE id = ?", index, rendition) }
  }

  static let byKey = "server = ? AND track = ? AND name = ?"

  private func create(_ key: RenditionKey, on connection: Connection) throws -> StoredRendition {
    try connection.run(
      """
      INSERT INTO renditions(server, track, name, used, pinned)
      VALUES(?1, ?2, ?3, ?4, EXISTS(SELECT 1 FROM pins WHERE server = ?1 AND track = ?2 AND name = ?3))
      """,
      key.server.rawValue, key.track, key.rendition.name, nextPlay(on: connection))
    let id = connection.lastInsertedRow
    return StoredRendition(id: id, version: Version(), held: RangeSet(), lease: Lease(of: id, in: ledger))
  }

  private func countPlay(of rendition: Int64, on connection: Connection) throws {
    try connection.run("UPDATE renditions SET used = ? WHERE id = ?", nextPlay(on: connection), rendition)
  }

  /// Plays are numbered, not timed: a clock may be set back.
  private func nextPlay(on connection: Connection) throws -> Int64 {
    try connection.first("SELECT coalesce(max(used), 0) + 1 FROM renditions", read: { $0.int64(0) }) ?? 1
  }

  func heldRanges(of rendition: Int64, on connection: Connection) throws -> RangeSet<Int64> {
    let rows = Chunk.rows(of: rendition)
    let pieces = try connection.rows(
      "SELECT id, length, spans FROM chunks WHERE id BETWEEN ? AND ?", rows.lowerBound, rows.upperBound
    ) { row in (Chunk.index(ofRow: row.int64(0)), row.int(1), row.optionalText(2)) }
    var held = RangeSet<Int64>()
    for (index, length, spans) in pieces {
      let start = Chunk.range(index).lowerBound
      let known = Spans.parse(spans, count: spans == nil ? min(length, Chunk.size) : Chunk.size)
      for range in known?.ranges ?? RangeSet<Int>().ranges where !range.isEmpty {
        held.insert(contentsOf: start + Int64(range.lowerBound)..<start + Int64(range.upperBound))
      }
    }
    return held
  }

  func delete(_ rendition: Int64, in transaction: inout Transaction) throws {
    let connection = transaction.connection
    let held =
      try connection.first("SELECT held FROM renditions WHERE id = ? AND pinned = 0", rendition) { $0.int64(0) } ?? 0
    let rows = Chunk.rows(of: rendition)
    try connection.run("DELETE FROM chunks WHERE id BETWEEN ? AND ?", rows.lowerBound, rows.upperBound)
    try connection.run("DELETE FROM renditions WHERE id = ?", rendition)
    transaction.bytes -= held
  }
}
