import Digest
import SQLite
import Threading

extension ChunkStore {
  /// What became of a chunk that was to be stored.
  struct Stored: Sendable {
    /// False when its rendition is gone: dropped, or another version now.
    var isKept: Bool
    /// Renditions that had to make room.
    var evicted: [RenditionKey]
  }

  /// What reading a chunk gave.
  enum Found: Sendable {
    case chunk(ChunkBuffer)
    case missing
    /// It does not match its checksum, or the file is damaged there.
    case damaged
  }

  /// Stores what is known of a chunk; it is safe from kill -9 when this returns. Less than is stored already is not
  /// written. Makes room first.
  /// - Parameter version: when not nil, noted in the same transaction: no chunk is ever stored without its version.
  func store(
    _ chunk: ChunkBuffer, at index: Int, of rendition: Int64, describing version: Version? = nil
  ) throws -> Stored {
    let id = Chunk.rowID(rendition: rendition, index: index)
    let spans = Spans.text(chunk.known)
    let checksum = chunk.bytes.withUnsafeBytes { Self.checksum($0, spans: spans, id: id) }
    return try write { transaction in
      let connection = transaction.connection
      let isPinned = try isPinned(rendition, on: connection)
      let evicted = isPinned ? [] : try makeRoom(for: Int64(chunk.knownCount), in: &transaction)
      if let version { try describe(rendition, as: version, on: connection) }
      let old = try length(of: id, on: connection) ?? 0
      guard chunk.knownCount >= old else { return Stored(isKept: true, evicted: evicted) }
      let more = Int64(chunk.knownCount - old)
      try connection.run("UPDATE renditions SET held = held + ? WHERE id = ?", more, rendition)
      guard connection.changes > 0 else { return Stored(isKept: false, evicted: evicted) }
      let statement = try connection.statement("INSERT OR REPLACE INTO chunks VALUES(?, ?, ?, ?, ?)")
      try statement.bind([id, checksum, chunk.knownCount, spans])
      try chunk.bytes.withUnsafeBytes { bytes in
        defer { statement.clear() }
        try statement.lend(bytes, at: 5)
        while try statement.step() {}
      }
      if !isPinned { transaction.bytes += more }
      return Stored(isKept: true, evicted: evicted)
    }
  }

  /// One indexed read, checked. Never waits for a writer.
  func chunk(_ index: Int, of rendition: Int64) -> Found {
    let id = Chunk.rowID(rendition: rendition, index: index)
    return reader.withLock { link in
      guard let connection = link.connection else { return .missing }
      do { return try Self.read(id, on: connection) } catch { return Self.isDamage(error) ? .damaged : .missing }
    }
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
