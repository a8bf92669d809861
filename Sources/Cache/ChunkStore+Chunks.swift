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
    return try write { connection in
      let evicted = try makeRoom(for: Int64(chunk.knownCount), on: connection)
      if let version { try describe(rendition, as: version, on: connection) }
      let statement = try connection.statement(Self.upsert)
      try statement.bind(id, at: 1)
      try statement.bind(checksum, at: 2)
      try statement.bind(Int64(chunk.knownCount), at: 3)
      if let spans { try statement.bind(spans, at: 4) }
      try chunk.bytes.withUnsafeBytes { try statement.bind($0, at: 5) }
      try statement.bind(rendition, at: 6)
      while try statement.step() {}
      let isKept = try connection.changes > 0 || exists(rendition, on: connection)
      statement.clear()
      return Stored(isKept: isKept, evicted: evicted)
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
    try write { connection in
      for index in indexes {
        try connection.run("DELETE FROM chunks WHERE id = ?", Chunk.rowID(rendition: rendition, index: index))
      }
    }
  }

  private func exists(_ rendition: Int64, on connection: Connection) throws -> Bool {
    try connection.first("SELECT 1 FROM renditions WHERE id = ?", rendition) { _ in true } ?? false
  }

  private static let upsert = """
    INSERT INTO chunks(id, checksum, length, spans, bytes)
      SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS(SELECT 1 FROM renditions WHERE id = ?6)
    ON CONFLICT(id) DO UPDATE SET
      checksum = excluded.checksum, length = excluded.length, spans = excluded.spans, bytes = excluded.bytes
      WHERE excluded.length >= length
    """

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
