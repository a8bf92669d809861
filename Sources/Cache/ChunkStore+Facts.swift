import SQLite

// Numbers that outlive the program: how far the last inspection came, what was played from here, what was evicted.

extension ChunkStore {
  enum Fact: String {
    /// The row of the chunk that was inspected last; the bytes and the damage that the round has met so far.
    case inspectedRow = "inspected row"
    case inspectedBytes = "inspected bytes"
    case inspectedDamage = "inspected damage"
    /// Seconds since 1970. While a round goes on, `roundEnded` is the end of the one before.
    case roundBegan = "round began"
    case roundEnded = "round ended"
    /// Damaged chunks that the last whole round found.
    case roundDamage = "round damage"
    /// Bytes given to decoders; those of them that were here before; since when they are counted.
    case played, playedFromHere = "played from here", countedSince = "counted since"
    case evicted
  }

  func facts() throws -> [Fact: Int64] { try list { try Self.facts(on: $0) } }

  static func facts(on connection: Connection) throws -> [Fact: Int64] {
    let rows = try connection.rows("SELECT name, value FROM facts") { (Fact(rawValue: $0.text(0)), $0.int64(1)) }
    return Dictionary(rows.compactMap { name, value in name.map { ($0, value) } }, uniquingKeysWith: { $1 })
  }

  static func set(_ facts: [Fact: Int64], on connection: Connection) throws {
    for (fact, value) in facts { try connection.run("INSERT OR REPLACE INTO facts VALUES(?, ?)", fact.rawValue, value) }
  }

  static func add(_ more: Int64, to fact: Fact, on connection: Connection) throws {
    try connection.run(
      "INSERT INTO facts VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = value + ?2", fact.rawValue, more)
  }
}

/// Bytes that were given to decoders.
struct PlayedBytes: Hashable, Sendable {
  var all: Int64 = 0
  /// Those that were held before the track was opened.
  var fromHere: Int64 = 0

  static func += (sum: inout PlayedBytes, more: PlayedBytes) {
    sum.all += more.all
    sum.fromHere += more.fromHere
  }
}

extension ChunkStore {
  /// - Parameter now: in seconds since 1970.
  func count(_ played: PlayedBytes, now: Int64) throws {
    try write { transaction in
      let connection = transaction.connection
      try connection.run("INSERT OR IGNORE INTO facts VALUES(?, ?)", Fact.countedSince.rawValue, now)
      try Self.add(played.all, to: .played, on: connection)
      try Self.add(played.fromHere, to: .playedFromHere, on: connection)
    }
  }
}
