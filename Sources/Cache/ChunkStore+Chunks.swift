import Digest
import SQLite
import Threading

extension ChunkStore {
  /// Chunks that came of one rendition.
  struct Deposit {
    let rendition: Int64
    /// When not nil, noted in the same transaction: no chunk is ever stored without its version.
    var version: Version?
    var chunks: [(index: Int, buffer: ChunkBuffer)]
  }

  /// What became of deposits.
  struct Stored: Sendable {
    /// One for each: false when its rendition is gone: dropped, or another version now.
    var areKept: [Bool] = []
    /// Renditions that had to make room.
    var evicted: [RenditionKey] = []
  }

  /// What reading a chunk gave.
  enum Found: Sendable {
    case chunk(ChunkBuffer)
    case missing
    /// It does not match its checksum, or the file is damaged there.
    case damaged
    /// Another process kept the file locked for long. It says nothing of the chunk: ask again.
    case busy
  }

  /// Stores what is known of these chunks, all or nothing; they are safe from kill -9 when this returns. Less than is
  /// stored already of one is not written. Makes room first.
  func store(_ deposits: [Deposit]) throws -> Stored {
    let rows = deposits.map { deposit in deposit.chunks.map { Row($0.buffer, at: $0.index, of: deposit.rendition) } }
    return try write { transaction in
      var stored = Stored()
      for (deposit, rows) in zip(deposits, rows) {
        stored.areKept.append(try put(rows, of: deposit, evicting: &stored.evicted, in: &transaction))
      }
      return stored
    }
  }

  /// Gives back what a large change took of memory, and the next one would use again.
  func releaseMemory() { writer.withLock { $0.connection?.releaseMemory() } }

  /// A row of `chunks` to be.
  private struct Row {
    let id: Int64
    let buffer: ChunkBuffer
    let length: Int
    let spans: String?
    let checksum: Int64

    init(_ buffer: ChunkBuffer, at index: Int, of rendition: Int64) {
      let (id, spans) = (Chunk.rowID(rendition: rendition, index: index), Spans.text(buffer.known))
      self.id = id
      self.buffer = buffer
      self.spans = spans
      length = buffer.knownCount
      checksum = buffer.bytes.withUnsafeBytes { ChunkStore.checksum($0, spans: spans, id: id) }
    }
  }

  /// Returns whether the rendition is there.
  private func put(
    _ rows: [Row], of deposit: Deposit, evicting evicted: inout [RenditionKey], in transaction: inout Transaction
  ) throws -> Bool {
    let (connection, rendition) = (transaction.connection, deposit.rendition)
    guard let isPinned = try pinned(rendition, on: connection) else { return false }
    if let version = deposit.version { try describe(rendition, as: version, on: connection) }
    let length = rows.reduce(0) { $0 + $1.length }
    if !isPinned, length > 0 { evicted += try makeRoom(for: Int64(length), in: &transaction) }
    var more: Int64 = 0
    for row in rows {
      let old = try self.length(of: row.id, on: connection) ?? 0
      guard row.length >= old else { continue }
      try write(row, on: connection)
      more += Int64(row.length - old)
    }
    if more > 0 { try connection.run("UPDATE renditions SET held = held + ? WHERE id = ?", more, rendition) }
    if !isPinned { transaction.bytes += more }
    return true
  }

  private func write(_ row: Row, on connection: Connection) throws {
    let statement = try connection.statement("INSERT OR REPLACE INTO chunks VALUES(?, ?, ?, ?, ?)")
    try statement.bind([row.id, row.checksum, row.length, row.spans])
    try row.buffer.bytes.withUnsafeBytes { bytes in
      defer { statement.clear() }
      try statement.lend(bytes, at: 5)
      while try statement.step() {}
    }
  }

  /// One indexed read, checked. Waits, some milliseconds, for a writer that is just making things last.
  func chunk(_ index: Int, of rendition: Int64) -> Found {
    let id = Chunk.rowID(rendition: rendition, index: index)
    return reader.withLock { link in
      guard let connection = link.connection else { return .missing }
      do { return try Self.read(id, on: connection) } catch { return Self.found(after: error) }
    }
  }

  private static func found(after error: any Error) -> Found {
    if (error as? SQLiteError)?.isBusy == true { return .busy }
    return isDamage(error) ? .damaged : .missing
  }

  /// Removes chunks that were found damaged.
  func drop(_ indexes: [Int], of rendition: Int64) throws {
    try write { transaction in
      let connection = transaction.connection
      let isPinned = try isPinned(rendition, on: connection)
      for index in indexes {
        let id = Chunk.rowID(rendition: rendition, index: index)
        guard let length = try length(of: id, on: connection) else { continue }
        try connection.run("DELETE FROM chunks WHERE id = ?", id)
        try connection.run("UPDATE renditions SET held = held - ? WHERE id = ?", length, rendition)
        if !isPinned { transaction.bytes -= Int64(length) }
      }
    }
  }

  private func length(of id: Int64, on connection: Connection) throws -> Int? {
    try connection.first("SELECT length FROM chunks WHERE id = ?", id) { $0.int(0) }
  }

  static func read(_ id: Int64, on connection: Connection) throws -> Found {
    let row = try connection.statement("SELECT checksum, spans, bytes FROM chunks WHERE id = ?")
    defer { row.clear() }
    try row.bind(id, at: 1)
    guard try row.step() else { return .missing }
    let checksum = row.int64(0)
    let spans = row.optionalText(1)
    return row.withBlob(2) { bytes in
      guard bytes.count <= Chunk.size, Self.checksum(bytes, spans: spans, id: id) == checksum,
        let known = Spans.parse(spans, count: bytes.count)
      else { return .damaged }
      return .chunk(ChunkBuffer(bytes: Array(bytes), known: known))
    }
  }

  /// Over the bytes, what is known of them and where they belong: a row that moved does not match either.
  private static func checksum(_ bytes: UnsafeRawBufferPointer, spans: String?, id: Int64) -> Int64 {
    var words = [xxh3(bytes), UInt64(bitPattern: id)]
    if let spans { words.append(Array(spans.utf8).withUnsafeBytes { xxh3($0) }) }
    return Int64(bitPattern: words.withUnsafeBytes { xxh3($0) })
  }
}
