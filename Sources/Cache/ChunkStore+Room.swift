import Music
import SQLite
import Threading

// Room: the cap, eviction by least recent play, and giving free pages back to the disk. What is pinned stands apart.

extension ChunkStore {
  /// The most bytes to hold; lowering it evicts and shrinks the file, a little at a time. Any thread.
  package func setCap(_ bytes: Int64) {
    let changed = condition.withLock { condition in
      condition.cap = max(0, bytes)
      return condition.capChanged
    }
    changed?()
  }

  /// The one who evicts hears of each change of the cap.
  func whenCapChanges(_ body: @escaping @Sendable () -> Void) { condition.withLock { $0.capChanged = body } }

  /// Evicts until what is held fits the cap, and returns what went. Leased and pinned renditions stay, whatever the cap.
  func makeRoom() throws -> [RenditionKey] {
    try write { try makeRoom(for: 0, in: &$0) }
  }

  func makeRoom(for more: Int64, in transaction: inout Transaction) throws -> [RenditionKey] {
    let cap = cap
    guard transaction.bytes + more > cap else { return [] }
    let leased = ledger.leased
    var evicted: [RenditionKey] = []
    var passed = 0
    var freed: Int64 = 0
    while transaction.bytes + more > cap,
      let (id, key) = try leastRecent(skipping: passed, on: transaction.connection)
    {
      if leased.contains(id) {
        passed += 1
      } else {
        let before = transaction.bytes
        try delete(id, in: &transaction)
        freed += before - transaction.bytes
        evicted.append(key)
      }
    }
    if freed > 0 { try Self.add(freed, to: .evicted, on: transaction.connection) }
    return evicted
  }

  /// Whether what is leased leaves room under the cap for fetching ahead.
  func hasRoomBesideLeases() -> Bool {
    let leased = ledger.leased
    let held = try? list { connection in
      try leased.reduce(Int64(0)) { sum, id in
        try sum + (connection.first("SELECT held FROM renditions WHERE id = ? AND pinned = 0", id) { $0.int64(0) } ?? 0)
      }
    }
    return (held ?? 0) < cap
  }

  /// Gives one slice of free pages back. Returns whether there is more; free space that filling will soon use stays.
  /// - Parameter kept: so many free pages.
  func shrink(keeping kept: Int = freePagesKept, slice: Int = vacuumSlice) throws -> Bool {
    try writer.withLock { link in
      guard let connection = link.connection else { return false }
      let free = try connection.first("PRAGMA freelist_count", read: { $0.int(0) }) ?? 0
      guard free > kept else { return false }
      try connection.vacuumIncrementally(pages: min(slice, free - kept))
      return free - slice > kept
    }
  }

  /// Pages of 16 KiB: 16 MiB stay free for what comes next, 4 MiB go at a time.
  static let freePagesKept = 1024
  static let vacuumSlice = 256

  private func leastRecent(skipping count: Int, on connection: Connection) throws -> (Int64, RenditionKey)? {
    let sql = "SELECT id, server, track, name FROM renditions WHERE pinned = 0 ORDER BY used, id LIMIT 1 OFFSET ?"
    return try connection.first(sql, count) { row in
      let rendition = Rendition(named: row.text(3)) ?? .raw
      return (row.int64(0), RenditionKey(server: ServerID(row.text(1)), track: row.text(2), rendition: rendition))
    }
  }
}
