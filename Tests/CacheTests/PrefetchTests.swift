import Audio
import Fixtures
import Music
import Testing
import Threading

@testable import Cache

@Suite("Prefetching")
struct PrefetchTests {
  @Test("fetches in the order of the list, one at a time")
  func order() throws {
    let rig = Rig()
    for name in ["a", "b", "c"] { rig.file(name, size: 400_000) }
    rig.cache.prefetch(["b", "c", "a"].map { rig.key($0) })
    for name in ["a", "b", "c"] { #expect(rig.heard(.completed(rig.key(name)))) }
    #expect(rig.server.requests.map(\.key.track) == ["b", "c", "a"])
    #expect(rig.cache.status(of: ["a", "b", "c", "d"].map { rig.key($0) }) == [.whole, .whole, .whole, .none])
    rig.cache.close()
  }

  @Test("waits while what is played is still fetched")
  func playFirst() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_000_000)
    rig.file("b", size: 400_000)
    rig.server.state.update { $0.tap = 100_000 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 10_000).count == 10_000)
    rig.cache.prefetch([rig.key("b")])
    #expect(rig.server.requests.map(\.key.track) == ["a"])
    rig.server.state.update { $0.tap = nil }
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(rig.server.requests.map(\.key.track) == ["a", "b"])
    #expect(try source.bytes() == bytes)
    rig.cache.close()
  }

  @Test("goes on when its track is played: no byte comes twice, nor after another track went between")
  func handOver() throws {
    let rig = Rig()
    let next = rig.file("b", size: 2_000_000)
    let urgent = rig.file("c", size: 500_000)
    rig.server.state.update { $0.tap = 700_000 }
    rig.cache.prefetch([rig.key("b")])
    #expect(rig.heard(.progress(rig.key("b")), times: 2))
    let other = rig.source("c")
    rig.server.state.update { $0.tap = nil }
    #expect(try other.bytes() == urgent)
    #expect(try rig.source("b").bytes() == next)
    #expect(rig.server.served(rig.key("b")) == (0, next.count))
    #expect(rig.server.state.withLock { $0.mostRunning } <= 2)
    rig.cache.close()
  }

  @Test("stops for what left the list, and keeps what came")
  func leftList() throws {
    let rig = Rig()
    let bytes = rig.file("b", size: 2_000_000)
    rig.server.state.update { $0.tap = 600_000 }
    rig.cache.prefetch([rig.key("b")])
    #expect(rig.heard(.progress(rig.key("b")), times: 2))
    rig.cache.prefetch([])
    #expect(rig.eventually { rig.server.state.withLock { $0.running == 0 } })
    rig.server.state.update { $0.tap = nil }
    guard case .partial(let share) = rig.cache.status(of: [rig.key("b")])[0] else {
      Issue.record("nothing was kept")
      return
    }
    #expect(share > 0.2 && share < 0.4)
    #expect(try rig.source("b").bytes() == bytes)
    #expect(rig.server.served(rig.key("b")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("stops in the middle when all transfers are paused, as downloads do, and goes on at the same byte")
  func paused() throws {
    let rig = Rig()
    let bytes = rig.file("b", size: 2_000_000)
    let pinned = rig.file("p", size: 2_000_000)
    let played = rig.file("a", size: 300_000)
    rig.server.state.update { $0.tap = 600_000 }
    rig.cache.prefetch([rig.key("b")])
    rig.cache.pin([Pin(key: rig.key("p"))])
    // Who gets how much of what is let through is chance: both are under way.
    #expect(rig.eventually { rig.server.state.withLock { $0.running } == 2 })
    rig.cache.setDownloadsPaused(true)
    #expect(rig.eventually { rig.server.state.withLock { $0.running } == 0 })
    rig.server.state.update { $0.tap = nil }
    // What plays is fetched as ever.
    #expect(try rig.source("a").bytes() == played)
    #expect(!rig.events.contains(.completed(rig.key("b"))) && !rig.events.contains(.completed(rig.key("p"))))
    rig.cache.setDownloadsPaused(false)
    #expect(rig.heard(.completed(rig.key("b"))) && rig.heard(.completed(rig.key("p"))))
    #expect(rig.server.served(rig.key("b")).1 == bytes.count)
    #expect(try rig.source("b").bytes() == bytes && rig.source("p").bytes() == pinned)
    rig.cache.close()
  }

  @Test("of a refused track leaves the others alone")
  func refused() throws {
    let rig = Rig()
    rig.file("b", size: 100_000)
    rig.cache.prefetch([rig.key("gone"), rig.key("b")])
    #expect(rig.heard(.completed(rig.key("b"))))
    #expect(throws: ByteSourceError.refused("no such track")) { try rig.source("gone").bytes() }
    rig.cache.close()
    #expect(Rig(after: rig).cache.summary().partial == 0)
  }

  @Test("shows held parts as fractions while they arrive")
  func heldRanges() throws {
    let rig = Rig()
    rig.file("a", size: 1_600_000)
    rig.server.state.update { $0.tap = 16 << 10 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 1000).count == 1000)
    #expect(rig.cache.heldRanges(of: rig.key("a")) == [0..<0.01024])
    #expect(rig.cache.heldRanges(of: rig.key("nothing")).isEmpty)
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(again.cache.heldRanges(of: rig.key("a")) == [0..<0.01024])
    again.cache.close()
  }

  @Test("of the same track for two renditions keeps them apart")
  func renditions() throws {
    let rig = Rig()
    rig.file("a", size: 300_000)
    let small = rig.key("a", .mp3(bitRate: 64))
    rig.server.put(small, ScriptedServer.File(bytes: noise(50_000, seed: 9)))
    #expect(try rig.cache.source(for: small, expectedSize: nil).bytes() == Blob(noise(50_000, seed: 9)))
    #expect(try rig.source("a").bytes().count == 300_000)
    #expect(rig.eventually { rig.cache.summary().whole == 2 })
    rig.cache.close()
  }
}
