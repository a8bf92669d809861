import Audio
import Music
import SQLite
import Testing
import Threading

@testable import Cache

@Suite("Pinned tracks")
struct DownloadTests {
  private func pins(_ rig: Rig, _ names: [String]) -> [Pin] { names.map { Pin(key: rig.key($0)) } }

  @Test("are fetched in their order, and told as whole")
  func order() throws {
    let rig = Rig()
    rig.cache.setDownloadSlots(1)
    for name in ["a", "b", "c"] { rig.file(name, size: 400_000) }
    #expect(rig.cache.pin(pins(rig, ["c", "a", "b"])))
    for name in ["a", "b", "c"] { #expect(rig.heard(.completed(rig.key(name)))) }
    #expect(rig.server.requests.map(\.key.track) == ["c", "a", "b"])
    #expect(rig.eventually { rig.cache.downloads().whole == 3 && rig.cache.downloads().active.isEmpty })
    let report = rig.cache.downloads()
    #expect(report.count == 3 && report.bytes == 1_200_000 && report.missingBytes == 0)
    #expect(report.waiting.isEmpty && report.failures.isEmpty)
    rig.cache.close()
  }

  @Test("come at most so many at a time")
  func slots() throws {
    let rig = Rig()
    let names = (0..<20).map { "track \($0)" }
    for name in names { rig.file(name, size: 300_000) }
    rig.cache.setDownloadSlots(3)
    rig.server.state.update { $0.tap = 100_000 }
    rig.cache.pin(pins(rig, names))
    #expect(rig.eventually { rig.server.state.withLock { $0.running } == 3 })
    #expect(rig.cache.downloads().active.count == 3)
    #expect(rig.cache.downloads().waiting == names.dropFirst(3).map { rig.key($0) })
    rig.server.state.update { $0.tap = nil }
    #expect(rig.eventually { rig.cache.downloads().whole == 20 })
    #expect(rig.server.state.withLock { $0.mostRunning } == 3)
    rig.cache.close()
  }

  @Test("are kept beyond the cap, and the cap holds for the rest while 20 of them come")
  func beyondCap() throws {
    let rig = Rig(cap: 1_500_000)
    let names = (0..<20).map { "track \($0)" }
    for name in names + ["x", "y", "z"] { rig.file(name, size: 500_000) }
    rig.cache.pin(pins(rig, names))
    for name in ["x", "y", "z", "x"] { #expect(try rig.source(name).bytes().count == 500_000) }
    #expect(rig.eventually { rig.cache.downloads().whole == 20 })
    let summary = rig.cache.summary()
    #expect(summary.pinned == 20 && summary.pinnedBytes == 10_000_000)
    #expect(summary.bytes - summary.pinnedBytes <= 1_500_000)
    #expect(!rig.events.contains { if case .evicted(let key) = $0 { names.contains(key.track) } else { false } })
    rig.cache.close()
  }

  @Test("become evictable once they are not pinned any more")
  func unpinned() throws {
    let rig = Rig(cap: 600_000)
    for name in ["a", "b"] { rig.file(name, size: 500_000) }
    rig.cache.pin(pins(rig, ["a", "b"]))
    #expect(rig.eventually { rig.cache.downloads().whole == 2 })
    rig.cache.pin(pins(rig, ["b"]))
    rig.cache.pin([])
    #expect(rig.eventually { rig.cache.summary().bytes == 500_000 })
    #expect(rig.cache.summary().pinned == 0)
    rig.cache.close()
  }

  @Test("go on by range after the program ended in the middle, also after a kill")
  func resume() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 2_000_000)
    rig.server.state.update { $0.tap = 900_000 }
    rig.cache.pin(pins(rig, ["a"]))
    #expect(rig.heard(.progress(rig.key("a")), times: 3))
    rig.cache.close()
    rig.server.state.update { $0.tap = nil }
    let again = Rig(after: rig)
    #expect(again.heard(.completed(again.key("a"))))
    #expect(try again.source("a").bytes() == bytes)
    #expect(again.server.requests(for: rig.key("a")).last.map { $0.offset > 0 } ?? false)
    again.cache.close()
  }

  @Test("wait while what plays is fetched, and while they are paused")
  func playFirst() throws {
    let rig = Rig()
    rig.file("a", size: 1_000_000)
    rig.file("b", size: 300_000)
    rig.server.state.update { $0.tap = 100_000 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 10_000).count == 10_000)
    rig.cache.setDownloadsPaused(true)
    rig.cache.pin(pins(rig, ["b"]))
    #expect(rig.server.requests.map(\.key.track) == ["a"])
    rig.server.state.update { $0.tap = nil }
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.cache.downloads().isPaused && rig.cache.downloads().waiting.count == 1)
    #expect(rig.server.requests.map(\.key.track) == ["a"])
    rig.cache.setDownloadsPaused(false)
    #expect(rig.heard(.completed(rig.key("b"))))
    rig.cache.close()
    withExtendedLifetime(source) {}
  }

  @Test("that are refused say why, the others come, and can be tried again")
  func refused() throws {
    let rig = Rig()
    rig.file("b", size: 100_000)
    rig.cache.pin(pins(rig, ["gone", "b"]))
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(rig.eventually { !rig.cache.downloads().failures.isEmpty })
    #expect(rig.cache.downloads().failures == [.init(key: rig.key("gone"), reason: "no such track")])
    rig.file("gone", size: 50_000)
    rig.cache.retryDownloads()
    #expect(rig.heard(.completed(rig.key("gone"))))
    #expect(rig.cache.downloads().failures.isEmpty)
    rig.cache.close()
  }

  @Test("that fail are remembered, and do not stop those behind them in the next run")
  func rememberedFailure() throws {
    let rig = Rig()
    rig.cache.pin(pins(rig, ["gone"]))
    #expect(rig.eventually { !rig.cache.downloads().failures.isEmpty })
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(again.eventually { again.cache.downloads().failures.count == 1 })
    let before = again.server.requests.count
    again.file("b", size: 1000)
    again.cache.pin(pins(again, ["gone", "b"]))
    #expect(again.heard(.completed(again.key("b"))))
    #expect(again.server.requests.count == before + 1)
    again.cache.close()
  }

  @Test("survive clearing, unless they are meant too")
  func clearing() throws {
    let rig = Rig()
    for name in ["a", "b"] { rig.file(name, size: 100_000) }
    rig.cache.pin(pins(rig, ["a"]))
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(try rig.source("b").bytes().count == 100_000)
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    rig.cache.clear()
    #expect(rig.cache.status(of: ["a", "b"].map { rig.key($0) }) == [.whole, .none])
    rig.cache.clear(includingPinned: true)
    #expect(rig.cache.status(of: [rig.key("a")]) == [.none])
    rig.cache.close()
  }

  @Test("of another rendition or one played meanwhile are not fetched twice")
  func alreadyHere() throws {
    let rig = Rig()
    rig.file("a", size: 300_000)
    #expect(try rig.source("a").bytes().count == 300_000)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.pin(pins(rig, ["a"]))
    #expect(rig.eventually { rig.cache.downloads().whole == 1 })
    #expect(rig.server.requests.count == 1)
    rig.cache.close()
  }

  @Test("can be put before the others")
  func first() throws {
    let rig = Rig()
    for name in ["a", "b", "c", "d"] { rig.file(name, size: 100_000) }
    rig.cache.setDownloadsPaused(true)
    rig.cache.pin(pins(rig, ["a", "b", "c", "d"]))
    rig.cache.downloadFirst([rig.key("d"), rig.key("c")])
    #expect(rig.cache.downloads().waiting.map(\.track) == ["d", "c", "a", "b"])
    rig.cache.close()
  }

  @Test("that a file of an older version knows nothing of can be pinned there")
  func migrated() throws {
    let rig = Rig()
    rig.file("a", size: 100_000)
    #expect(try rig.source("a").bytes().count == 100_000)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    try asFirstVersion(rig.path)
    let again = Rig(after: rig)
    #expect(again.cache.status(of: [again.key("a")]) == [.whole])
    again.cache.pin(pins(again, ["a"]))
    #expect(again.eventually { again.cache.downloads().whole == 1 })
    again.cache.close()
  }
}

/// Makes the file what it was before there were pins.
func asFirstVersion(_ path: String) throws {
  let connection = try Connection(path: path, options: ChunkStore.options(.readWrite))
  try connection.execute(
    """
    DROP TABLE facts; ALTER TABLE renditions DROP COLUMN stale;
    DROP INDEX renditions_by_use; DROP TABLE pins; ALTER TABLE renditions DROP COLUMN pinned;
    CREATE INDEX renditions_by_use ON renditions(used); PRAGMA user_version = 1;
    """)
}

@Suite("The download list")
struct DownloadListTests {
  private let keys = (0..<10).map { RenditionKey(server: ServerID("s"), track: "\($0)", rendition: .raw) }

  @Test("gives up one that fails again and again while others come")
  func oneBad() {
    var list = Downloads()
    list.slots = 1
    _ = list.replace(Array(keys.prefix(2)))
    var gaveUp = false
    for round in 0..<20 where !gaveUp {
      let now = Duration.seconds(round * 1000)
      guard let key = list.begin(now: now).first else { break }
      if key == keys[0] {
        gaveUp = !list.postpone(key, now: now)
      } else {
        list.arrived(1, now: now)
        list.end(key)
        _ = list.replace([keys[0], keys[1]].filter { $0 != key } + [key])
      }
    }
    #expect(gaveUp)
  }

  @Test("rests longer and longer while the network brings nothing at all, and gives up nothing")
  func networkGone() {
    var list = Downloads()
    _ = list.replace(keys)
    var now = Duration.zero
    var rests: [Duration] = []
    for _ in 0..<200 {
      let begun = list.begin(now: now)
      if begun.isEmpty {
        guard let until = list.restsUntil else { break }
        rests.append(until - now)
        now = until
        continue
      }
      for key in begun { _ = list.postpone(key, now: now) }
    }
    #expect(rests.first.map { $0 <= .seconds(4) } ?? false)
    #expect(rests.last == .seconds(240))
    #expect(list.waiting.count + list.active.count == keys.count)
  }

  @Test("tells the mean rate of the last seconds, and none after a silence")
  func rate() {
    var meter = Downloads.Meter()
    for second in 1...5 { meter.add(1000, now: .seconds(second)) }
    #expect(meter.rate(now: .seconds(5)) == 1000)
    #expect(meter.rate(now: .seconds(7)) == 600)
    #expect(meter.rate(now: .seconds(60)) == 0)
  }
}
