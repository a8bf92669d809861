import Foundation
import Music
import SQLite
import Testing
import Threading

@testable import Cache

@Suite("Inspecting the cache while nobody does anything")
struct InspectionTests {
  /// What the listener does.
  private final class World: Sendable {
    /// So many looks find nothing done; those after them do.
    let looks = Monitor(Int.max)
    let asked = Monitor(0)

    func leisure() -> Duration {
      asked.withLock { $0 += 1 }
      return looks.withLock { left in
        guard left > 0 else { return .zero }
        left -= 1
        return .seconds(3600)
      }
    }
  }

  private let world = World()

  private func inspection(of rig: Rig) -> Inspection {
    var pace = Inspection.Pace()
    pace.rest = .zero
    pace.leisure = .milliseconds(20)
    return Inspection(
      of: rig.cache, pace: pace, now: { 1_000_000 }, leisure: { [world] in world.leisure() })
  }

  private func filled(_ names: [String], size: Int = 3_000_000) throws -> Rig {
    let rig = Rig()
    for name in names {
      rig.file(name, size: size)
      #expect(try rig.source(name).bytes().count == size)
      #expect(rig.heard(.completed(rig.key(name))))
    }
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty && !rig.cache.isFetching })
    return rig
  }

  /// So many chunks were told to have been damaged.
  private func mended(_ rig: Rig) -> Int {
    rig.events.reduce(0) { sum, event in if case .mended(let count) = event { sum + count } else { sum } }
  }

  /// What is said of a round that is over.
  private func told(damaged: Int) -> InspectionReport {
    var report = InspectionReport()
    report.ended = 1_000_000
    report.damaged = damaged
    return report
  }

  /// Spoils so many stored chunks.
  private func spoil(_ count: Int, in rig: Rig) throws {
    try rig.store.writer.withLock { link in
      try link.connection?.run(
        "UPDATE chunks SET checksum = checksum + 1 WHERE id IN (SELECT id FROM chunks ORDER BY id * 7919 % 1009 LIMIT ?)",
        count)
    }
  }

  @Test("finds every damaged chunk, says so once, and has those of pins fetched again")
  func mends() throws {
    let rig = try filled(["a", "b", "c"])
    rig.cache.pin([Pin(key: rig.key("a")), Pin(key: rig.key("b")), Pin(key: rig.key("c"))])
    try spoil(5, in: rig)
    let inspection = inspection(of: rig)
    inspection.start()
    #expect(rig.eventually { mended(rig) == 5 })
    #expect(rig.eventually { rig.cache.downloads().whole == 3 })
    inspection.stop()
    #expect(rig.cache.summary().inspection == told(damaged: 5))
    #expect(rig.cache.verify().damaged == 0)
    #expect(rig.events.count { if case .mended = $0 { true } else { false } } == 1)
    #expect(!rig.events.contains(.rebuilt))
    rig.cache.close()
  }

  @Test("ends between two chunks when something is done, remembers where, and goes on from there")
  func interrupted() throws {
    let rig = try filled(["a", "b", "c", "d"], size: 4_000_000)
    // One look before each step of four chunks.
    world.looks.withLock { $0 = 5 }
    let first = inspection(of: rig)
    first.start()
    let read: Int64 = 4_000_000 + 4 * 262_144
    #expect(rig.eventually { rig.cache.summary().inspection.readBytes == read })
    #expect(rig.cache.summary().inspection.ended == nil)
    first.stop()
    try spoil(64, in: rig)
    world.looks.withLock { $0 = .max }
    let second = inspection(of: rig)
    second.start()
    // The first twenty chunks are not read again.
    #expect(rig.eventually { mended(rig) == 44 })
    second.stop()
    #expect(rig.cache.summary().inspection == told(damaged: 44))
    rig.cache.close()
  }

  @Test("does not begin while something is done")
  func busy() throws {
    let rig = try filled(["a"])
    world.looks.withLock { $0 = 0 }
    let inspection = inspection(of: rig)
    inspection.start()
    #expect(rig.eventually { world.asked.withLock { $0 } > 3 })
    inspection.stop()
    #expect(try rig.store.facts()[.inspectedRow] == nil && rig.store.facts()[.roundEnded] == nil)
    rig.cache.close()
  }

  @Test("one round a month: not again before, again after, and at once where the clock was set back behind the last")
  func rounds() throws {
    let rig = try filled(["a"])
    try rig.store.note([.roundEnded: 1_000_000 - 29 * 86_400])
    let inspection = inspection(of: rig)
    inspection.start()
    inspection.stop()
    #expect(world.asked.withLock { $0 } == 0)
    #expect(rig.cache.summary().inspection.ended == 1_000_000 - 29 * 86_400)
    for ended in [1_000_000 - 31 * 86_400, 2_000_000] {
      try rig.store.note([.roundEnded: Int64(ended)])
      let later = self.inspection(of: rig)
      later.start()
      #expect(rig.eventually { rig.cache.summary().inspection.ended == 1_000_000 })
      later.stop()
    }
    rig.cache.close()
  }

  @Test("sets a wrong count of held bytes right")
  func recounts() throws {
    let rig = try filled(["a", "b"])
    try rig.store.writer.withLock { try $0.connection!.execute("UPDATE renditions SET held = 5 WHERE track = 'b'") }
    let inspection = inspection(of: rig)
    inspection.start()
    #expect(rig.eventually { rig.cache.summary().inspection.ended != nil })
    inspection.stop()
    #expect(rig.cache.summary().bytes == 6_000_000 && rig.cache.summary().whole == 2)
    rig.cache.close()
  }

  @Test("what is open learns of it, too: no wrong byte is given")
  func open() throws {
    let rig = try filled(["a"])
    let source = rig.source("a")
    let bytes = try source.bytes()
    try spoil(3, in: rig)
    let inspection = inspection(of: rig)
    inspection.start()
    // What is dropped is fetched at once, so it may be told in parts.
    #expect(rig.eventually { mended(rig) == 3 })
    inspection.stop()
    #expect(try source.bytes() == bytes)
    #expect(rig.eventually { rig.cache.status(of: [rig.key("a")]) == [.whole] })
    rig.cache.close()
  }
}

@Suite("The cache in numbers")
struct StatisticsTests {
  @Test("held bytes by rendition and pin, and what had to go")
  func shares() throws {
    let rig = Rig(cap: 2_500_000)
    for name in ["a", "b", "c"] {
      rig.file(name, size: 1_000_000)
      #expect(try rig.source(name).bytes().count == 1_000_000)
      #expect(rig.heard(.completed(rig.key(name))))
      #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    }
    let small = rig.key("p", .mp3(bitRate: 128))
    rig.server.put(small, ScriptedServer.File(bytes: Array(repeating: 1, count: 300_000)))
    rig.cache.pin([Pin(key: small)])
    #expect(rig.heard(.completed(small)))
    #expect(rig.eventually { rig.cache.summary().bytes == 2_300_000 })
    let summary = rig.cache.summary()
    #expect(
      summary.shares == [
        .init(rendition: .mp3(bitRate: 128), isPinned: true, whole: 1, partial: 0, bytes: 300_000),
        .init(rendition: .raw, isPinned: false, whole: 2, partial: 0, bytes: 2_000_000),
      ])
    #expect(summary.pinnedBytes == 300_000 && summary.evicted == 1_000_000 && summary.pinned == 1)
    rig.cache.close()
  }

  @Test("of what was played, what was here before is told from what came for it; across runs")
  func hits() throws {
    let rig = Rig()
    rig.file("a", size: 1_000_000)
    #expect(try rig.source("a").bytes().count == 1_000_000)
    #expect(rig.eventually { rig.cache.summary().played == 1_000_000 })
    #expect(rig.cache.summary().playedFromHere == 0)
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    #expect(try rig.source("a").bytes().count == 1_000_000)
    #expect(rig.eventually { rig.cache.summary().played == 2_000_000 })
    #expect(rig.cache.summary().playedFromHere == 1_000_000)
    let source = rig.source("a")
    #expect(try source.bytes(count: 500_000).count == 500_000)
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(again.cache.summary().countedSince != nil)
    #expect(again.cache.summary().playedFromHere == 1_000_000)
    // Played twice without being let go: the second time it is here.
    again.file("b", size: 100_000)
    let key = again.key("b")
    again.cache.prefetch([key])
    #expect(again.heard(.completed(key)))
    #expect(try again.source("b").bytes().count == 100_000)
    #expect(again.eventually { again.cache.summary().played == 2_100_000 })
    #expect(again.cache.summary().playedFromHere == 1_000_000)
    #expect(try again.source("b").bytes().count == 100_000)
    #expect(again.eventually { again.cache.summary().playedFromHere == 1_100_000 })
    again.cache.close()
  }

  @Test("reads no chunk: with forty thousand of them it looks at renditions only")
  func cheap() throws {
    let rig = Rig()
    try rig.store.writer.withLock { link in
      try link.connection?.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
        INSERT INTO renditions(server, track, name, size, held, used, seek)
          SELECT 'home', 't' || i, 'raw', 4194304, 4194304, i, zeroblob(6000) FROM n;
        """)
    }
    let plan = try rig.store.list { connection in
      try connection.rows("EXPLAIN QUERY PLAN \(ChunkStore.sharesText)") { $0.text(3) }
    }
    #expect(!plan.joined().contains("chunks"))
    let start = ContinuousClock.now
    #expect(rig.cache.summary().whole == 2500)
    print("summary of 10 GiB: \(ContinuousClock.now - start)")
    rig.cache.close()
  }

  @Test("clearing gives the file's space back")
  func clearing() throws {
    let rig = Rig()
    for name in 0..<8 {
      rig.file("\(name)", size: 3_000_000)
      #expect(try rig.source("\(name)").bytes().count == 3_000_000)
      #expect(rig.heard(.completed(rig.key("\(name)"))))
    }
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    #expect(rig.cache.clear())
    #expect(try rig.store.freePages() == 0)
    rig.cache.close()
    #expect(fileSize(rig.path) < 1_000_000)
  }
}

@Suite("A file that the server has replaced")
struct ReplacedFileTests {
  @Test("plays from here until the new one can come, then the new one is fetched")
  func stale() throws {
    let rig = Rig()
    let old = rig.file("a", size: 1_000_000)
    #expect(try rig.source("a").bytes() == old)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    let new = rig.file("a", size: 1_200_000, salt: 9)
    let file = ReplacedFile(server: ServerID("home"), track: "a", size: 1_200_000)
    rig.cache.setOnline(false)
    #expect(rig.cache.markStale([file, .init(server: ServerID("home"), track: "never held", size: 5)]) == 1)
    #expect(rig.cache.markStale([file]) == 0)
    #expect(try rig.source("a").bytes() == old)
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    rig.cache.setOnline(true)
    #expect(try rig.source("a").bytes() == new)
    #expect(rig.heard(.completed(rig.key("a")), times: 2))
    // Told again after it came, it is the new one already.
    #expect(rig.cache.markStale([file]) == 0)
    rig.cache.close()
  }

  @Test("that is pinned is fetched anew by itself; its smaller rendition, too")
  func pinned() throws {
    let rig = Rig()
    rig.file("a", size: 500_000)
    let small = rig.key("a", .mp3(bitRate: 128))
    rig.server.put(small, ScriptedServer.File(bytes: Array(repeating: 1, count: 100_000)))
    rig.cache.pin([Pin(key: rig.key("a")), Pin(key: small)])
    #expect(rig.eventually { rig.cache.downloads().whole == 2 })
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    let new = rig.file("a", size: 600_000, salt: 3)
    rig.server.put(small, ScriptedServer.File(bytes: Array(repeating: 2, count: 120_000)))
    #expect(rig.cache.markStale([ReplacedFile(server: ServerID("home"), track: "a", size: 600_000)]) == 1)
    #expect(rig.eventually { rig.cache.summary().bytes == 720_000 && rig.cache.downloads().whole == 2 })
    #expect(try rig.source("a").bytes() == new)
    rig.cache.close()
  }
}
