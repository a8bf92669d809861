import Audio
import Fixtures
import Music
import SQLite
import Testing
import Threading

@testable import Cache

@Suite("The size cap")
struct RoomTests {
  /// Plays a track to its end and lets it go.
  private func play(_ rig: Rig, _ name: String, size: Int = 1_000_000) throws {
    rig.file(name, size: size)
    #expect(try rig.source(name).bytes().count == size)
    #expect(rig.heard(.completed(rig.key(name))))
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
  }

  @Test("evicts what was played longest ago")
  func order() throws {
    let rig = Rig(cap: 3_500_000)
    for name in ["a", "b", "c"] { try play(rig, name) }
    // "a" is heard again: now "b" is the oldest.
    #expect(try rig.source("a").bytes().count == 1_000_000)
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    try play(rig, "d")
    #expect(rig.events.contains(.evicted(rig.key("b"))))
    #expect(
      rig.cache.status(of: ["a", "b", "c", "d"].map { rig.key($0) }) == [.whole, .none, .whole, .whole])
    #expect(rig.cache.summary().bytes == 3_000_000)
    rig.cache.close()
  }

  @Test("never evicts what is open or comes next, and is met again when they are done")
  func leases() throws {
    let rig = Rig(cap: 1_500_000)
    rig.file("a", size: 1_000_000)
    rig.file("b", size: 1_000_000)
    rig.file("c", size: 1_000_000)
    var open: CachedSource? = rig.source("a")
    #expect(try open?.bytes().count == 1_000_000)
    rig.cache.prefetch([rig.key("b")])
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(try rig.source("c").bytes().count == 1_000_000)
    #expect(rig.eventually { rig.cache.status(of: [rig.key("c")]) == [.none] })
    #expect(rig.cache.status(of: ["a", "b"].map { rig.key($0) }) == [.whole, .whole])
    open = nil
    #expect(rig.heard(.evicted(rig.key("a"))))
    #expect(rig.cache.status(of: [rig.key("b")]) == [.whole])
    #expect(rig.cache.summary().bytes <= 1_500_000)
    rig.cache.close()
  }

  @Test("holds prefetching back when what is open fills it")
  func noRoom() throws {
    let rig = Rig(cap: 500_000)
    rig.file("a", size: 1_000_000)
    rig.file("b", size: 1_000_000)
    let open = rig.source("a")
    #expect(try open.bytes().count == 1_000_000)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.prefetch([rig.key("b")])
    #expect(
      rig.eventually { rig.cache.engine.state.withLock { $0.fills[rig.key("b")]?.isHeldBack ?? false } })
    #expect(rig.server.requests(for: rig.key("b")).isEmpty)
    rig.store.setCap(5_000_000)
    #expect(rig.heard(.completed(rig.key("b"))))
    rig.cache.close()
    withExtendedLifetime(open) {}
  }

  @Test("evicts and shrinks the file when it is lowered")
  func lowered() throws {
    let rig = Rig()
    for name in 0..<12 { try play(rig, "\(name)", size: 3_000_000) }
    let before = fileSize(rig.path)
    #expect(before > 30_000_000)
    rig.store.setCap(4_000_000)
    #expect(rig.eventually { rig.cache.summary().bytes == 3_000_000 })
    #expect(rig.cache.status(of: [rig.key("11")]) == [.whole])
    // Some free space is kept for what comes next.
    #expect(rig.eventually { try! rig.store.freePages() <= 1024 })
    rig.cache.close()
    #expect(fileSize(rig.path) < 21_000_000)
  }

  @Test("leaves nothing of many tracks when they are cleared, in a file as small as a new one")
  func clearMany() throws {
    let rig = Rig()
    let small = fileSize(rig.path)
    for number in 0..<60 {
      let row = try rig.store.rendition(rig.key("\(number)"), isPlay: false)
      let chunk = ChunkBuffer(bytes: noise(50_000, seed: UInt64(number)), known: RangeSet(0..<50_000))
      _ = try rig.store.store([ChunkStore.Deposit(rendition: row.id, chunks: [(0, chunk)])])
    }
    #expect(fileSize(rig.path) > 3_000_000)
    #expect(rig.cache.clear())
    #expect(rig.cache.summary().bytes == 0)
    #expect(try rig.store.freePages() == 0)
    #expect(fileSize(rig.path) <= small + 5 * 16384)
    rig.cache.close()
  }

  @Test("is met by clearing, but for what is open")
  func clear() throws {
    let rig = Rig()
    try play(rig, "a")
    rig.file("b", size: 100_000)
    let open = rig.source("b")
    #expect(try open.bytes().count == 100_000)
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(rig.cache.clear())
    #expect(rig.cache.summary().whole == 1)
    #expect(try open.bytes().count == 100_000)
    #expect(rig.cache.status(of: ["a", "b"].map { rig.key($0) }) == [.none, .whole])
    rig.cache.close()
  }
}

extension ChunkStore {
  func freePages() throws -> Int { try list { try $0.first("PRAGMA freelist_count") { $0.int(0) } ?? 0 } }
}
