import Glibc
import Music
import SQLite
import Threading

// What is held, in numbers.

extension ChunkStore {
  /// *Disk*: a row for each rendition, none for chunks.
  func summary() -> CacheSummary {
    var summary = CacheSummary()
    summary.cap = cap
    _ = try? list { connection in
      _ = try connection.rows(Self.sharesText) { row in
        let rendition = Rendition(named: row.text(0)) ?? .raw
        summary.shares.append(
          .init(
            rendition: rendition, isPinned: row.bool(1), whole: row.int(2), partial: row.int(3), bytes: row.int64(4)))
      }
      summary.pinned = try connection.first("SELECT count(*) FROM pins") { $0.int(0) } ?? 0
      summary.take(try Self.facts(on: connection))
    }
    return summary
  }

  /// The same for those who only look.
  package var numbers: CacheSummary { summary() }

  static let sharesText = """
    SELECT name, pinned, coalesce(sum(complete), 0), coalesce(sum(held > 0 AND NOT complete), 0), coalesce(sum(held), 0)
    FROM renditions WHERE held > 0 OR complete GROUP BY name, pinned ORDER BY name
    """

  /// Tracks of which some rendition is held whole. *Disk*: a row for each rendition.
  func wholeTracks() -> [(server: ServerID, track: RemoteID)] {
    let found = try? list { connection in
      try connection.rows("SELECT DISTINCT server, track FROM renditions WHERE complete") {
        (server: ServerID($0.text(0)), track: $0.text(1))
      }
    }
    return found ?? []
  }

  /// *Disk*: an indexed row for each.
  func holding(of keys: [RenditionKey]) -> [Holding] {
    let holdings = try? list { connection in
      try connection.snapshot { try keys.map { try holding(of: $0, on: connection) } }
    }
    return holdings ?? Array(repeating: .none, count: keys.count)
  }

  private func holding(of key: RenditionKey, on connection: Connection) throws -> Holding {
    let holding = try connection.first(
      "SELECT held, size, complete FROM renditions WHERE \(Self.byKey)",
      key.server.rawValue, key.track, key.rendition.name
    ) { row -> Holding in
      if row.bool(2) { return .whole }
      let held = row.int64(0)
      guard held > 0 else { return .none }
      return .partial(row.optionalInt64(1).map { min(Double(held) / Double(max($0, 1)), 0.999) } ?? 0)
    }
    return holding ?? .none
  }

  /// Held parts of a rendition that nobody has open. *Disk*.
  func heldRanges(of key: RenditionKey) -> (size: Int64, held: RangeSet<Int64>)? {
    try? list { connection in
      try connection.first(
        "SELECT id, size, complete FROM renditions WHERE size > 0 AND \(Self.byKey)",
        key.server.rawValue, key.track, key.rendition.name
      ) { ($0.int64(0), $0.int64(1), $0.bool(2)) }.map { id, size, isComplete in
        (size, isComplete ? RangeSet(0..<size) : try heldRanges(of: id, on: connection))
      }
    }
  }
}

// MARK: Reading everything.

extension ChunkStore {
  /// Reads every chunk on the listing connection, a few at a time, and drops the damaged ones.
  func verify(progress: (Int, Int) -> Bool) -> VerifyReport {
    var report = VerifyReport()
    do { try verify(&report, progress: progress) } catch { report.isUnfinished = true }
    return report
  }

  private func verify(_ report: inout VerifyReport, progress: (Int, Int) -> Bool) throws {
    // Told by the renditions: counting the chunks would read a page for each eight, and nobody could write meanwhile.
    let pieces = "SELECT coalesce(sum((held + \(Chunk.size - 1)) / \(Chunk.size)), 0) FROM renditions"
    let total = try list { try $0.first(pieces) { $0.int(0) } ?? 0 }
    var last = Int64.min
    while let ids = try nextRows(after: last), let end = ids.last {
      let damaged = try list { connection in
        try ids.filter { id in
          guard case .damaged = try Self.readForVerify(id, on: connection, &report) else { return false }
          return true
        }
      }
      for id in damaged { try drop([Chunk.index(ofRow: id)], of: Chunk.rendition(ofRow: id)) }
      report.damaged += damaged.count
      last = end
      guard progress(report.chunks, max(total, report.chunks)) else {
        report.isUnfinished = true
        return
      }
    }
    try recount()
    try noteRound(damaged: report.damaged, now: Int64(time(nil)))
  }

  /// Held bytes are counted along; here they are added up, in case a damaged page told something else.
  private func recount() throws {
    let counted = Self.countedBytes
    try write { transaction in
      try transaction.connection.run("UPDATE renditions SET held = \(counted) WHERE held <> \(counted)")
      transaction.bytes = try Self.sum(on: transaction.connection)
    }
  }

  private func nextRows(after id: Int64) throws -> [Int64]? {
    let ids = try list { try $0.rows("SELECT id FROM chunks WHERE id > ? ORDER BY id LIMIT 32", id) { $0.int64(0) } }
    return ids.isEmpty ? nil : ids
  }

  private static func readForVerify(
    _ id: Int64, on connection: Connection, _ report: inout VerifyReport
  ) throws -> Found {
    let found: Found
    do { found = try read(id, on: connection) } catch let error where isDamage(error) { found = .damaged }
    switch found {
    case .chunk(let chunk):
      report.chunks += 1
      report.bytes += Int64(chunk.knownCount)
    case .damaged: report.chunks += 1
    case .missing, .busy: break
    }
    return found
  }

  /// Deletes everything that is not leased, some renditions at a time, and gives the space back. What is pinned stays
  /// unless it is meant too; the pins themselves stay.
  func clear(includingPinned: Bool = false) throws {
    let leased = ledger.leased
    let which = includingPinned ? "" : "WHERE pinned = 0"
    while true {
      let ids = try list { connection in
        try connection.rows("SELECT id FROM renditions \(which) ORDER BY used") { $0.int64(0) }
      }.filter { !leased.contains($0) }
      guard !ids.isEmpty else { break }
      for start in stride(from: 0, to: ids.count, by: 50) {
        try write { transaction in
          for id in ids[start..<min(start + 50, ids.count)] { try delete(id, in: &transaction) }
        }
      }
    }
    while try shrink(keeping: 0, slice: 4096) {}
    try writer.withLock { try $0.connection?.checkpoint() }
  }
}
