import SQLite

// The same as `verify`, in steps that anything may come between.

extension ChunkStore {
  /// What one step of an inspection saw.
  struct Inspected: Sendable {
    /// The last row that was looked at; nil at the end of the file.
    var row: Int64?
    var bytes: Int64 = 0
    var damaged: [Int64] = []
    /// Renditions that count another number of held bytes than their chunks come to.
    var miscounted: [Int64] = []
  }

  /// Reads some chunks after `row` on a connection of the caller's, and changes nothing.
  func inspect(after row: Int64, atMost count: Int, on connection: Connection) throws -> Inspected {
    let ids = try connection.rows("SELECT id FROM chunks WHERE id > ? ORDER BY id LIMIT ?", row, count) { $0.int64(0) }
    var inspected = Inspected(row: ids.last)
    for id in ids {
      let found: Found
      do { found = try Self.read(id, on: connection) } catch let error where Self.isDamage(error) { found = .damaged }
      switch found {
      case .chunk(let chunk): inspected.bytes += Int64(chunk.knownCount)
      case .damaged: inspected.damaged.append(id)
      case .missing, .busy: break
      }
    }
    for rendition in Set(ids.map(Chunk.rendition(ofRow:))) {
      let sql = "SELECT 1 FROM renditions WHERE id = ? AND held <> \(Self.countedBytes)"
      if try connection.first(sql, rendition, read: { _ in true }) == true { inspected.miscounted.append(rendition) }
    }
    return inspected
  }

  /// Held bytes are counted along; here they are added up, in case a damaged page told something else.
  func recount(_ renditions: [Int64]) throws {
    guard !renditions.isEmpty else { return }
    try write { transaction in
      for rendition in renditions {
        try transaction.connection.run("UPDATE renditions SET held = \(Self.countedBytes) WHERE id = ?", rendition)
      }
      transaction.bytes = try Self.sum(on: transaction.connection)
    }
  }

  /// What the chunks of a row of `renditions` come to.
  static let countedBytes = """
    (SELECT coalesce(sum(length), 0) FROM chunks
     WHERE chunks.id BETWEEN renditions.id << 20 AND (renditions.id << 20) + 1048575)
    """

  func note(_ facts: [Fact: Int64]) throws { try write { try Self.set(facts, on: $0.connection) } }

  /// A round came to its end: everything was read, and so much of it was damaged.
  func noteRound(damaged: Int, now: Int64) throws {
    try note([
      .roundEnded: now, .roundDamage: Int64(damaged), .inspectedRow: 0, .inspectedBytes: 0, .inspectedDamage: 0,
    ])
  }

  /// For the steps of an inspection.
  func connectionForReading() throws -> Connection {
    try Connection(path: path, options: Self.options(.readOnly, patience))
  }
}

extension ChunkStore {
  /// What is wrong with the tables of a file that say what is held; empty where nothing is. The chunks themselves are not
  /// read: that takes long, during which nobody could write, and it is what `verify` and inspections do.
  package static func problems(at path: String) throws -> [String] {
    let connection = try Connection(path: path, options: options(.readOnly))
    let tables = try connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'chunks'") {
      $0.text(0)
    }
    return try tables.flatMap { try connection.integrityProblems(quick: true, of: $0) }
  }
}
