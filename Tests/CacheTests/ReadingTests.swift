import Audio
import Fixtures
import Testing
import Threading

@testable import Cache

@Suite("A cached source")
struct ReadingTests {
  @Test("gives every byte of the file, with one request and no byte twice")
  func readThrough() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 1_900_001)
    let source = rig.source("a")
    #expect(try source.bytes() == bytes)
    #expect(source.size == 1_900_001)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.server.requests.count == 1)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("gives bytes before their chunk is whole")
  func partialChunk() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 600_000)
    rig.server.state.update { $0.tap = 32 << 10 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 20_000) == bytes[..<20_000])
    rig.server.state.update { $0.tap = nil }
    #expect(try source.bytes() == bytes)
    rig.cache.close()
  }

  @Test("gives the same bytes after 50 seeks to and fro, and no byte was fetched twice")
  func seeks() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 6_000_000)
    let source = rig.source("a")
    var random = noise(100, seed: 4).makeIterator()
    for _ in 0..<50 {
      let place = (Int(random.next()!) << 8 | Int(random.next()!)) * (bytes.count - 50_000) / 65_536
      #expect(try source.bytes(from: Int64(place), count: 40_000) == bytes[place..<place + 40_000])
    }
    #expect(try source.bytes() == bytes)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("goes on where it was after closing and opening again, in the middle of a chunk")
  func reopen() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 2_000_000)
    rig.server.state.update { $0.tap = 700_000 }
    let first = rig.source("a")
    #expect(try first.bytes(count: 650_000) == bytes[..<650_000])
    rig.cache.close()
    #expect(throws: ByteSourceError.cancelled) { try first.bytes(count: 1) }

    rig.server.state.update { $0.tap = nil }
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes() == bytes)
    #expect(again.heard(.completed(again.key("a"))))
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    #expect(rig.server.requests.count == 2)
    again.cache.close()

    rig.server.state.update { $0.isDown = true }
    let last = Rig(after: rig)
    #expect(try last.source("a").bytes() == bytes)
    #expect(rig.server.requests.count == 2)
    last.cache.close()
  }

  @Test("resumes at the exact byte after each of ten broken connections")
  func interruptions() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 3_000_000)
    rig.server.script(rig.key("a"), (1...10).map { .cut(after: 100_000 + $0 * 12_345) })
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    #expect(rig.server.requests.count == 11)
    rig.cache.close()
  }

  @Test("seeks far ahead with a request for that place, then fills what was passed over")
  func farSeek() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 5_000_000)
    rig.server.state.update { $0.tap = 100_000 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 1000) == bytes[..<1000])
    rig.server.state.update { $0.tap = nil }
    let place = 4_000_123
    #expect(try source.bytes(from: Int64(place)) == bytes[place...])
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(try source.bytes() == bytes)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("is freed from waiting by cancel, and stays cancelled")
  func cancel() throws {
    let rig = Rig()
    rig.file("a", size: 600_000)
    rig.server.script(rig.key("a"), [.stall(after: 1000)])
    let source = rig.source("a")
    #expect(try source.bytes(count: 1000).count == 1000)
    let canceller = OSThread("canceller") { source.cancel() }
    #expect(throws: ByteSourceError.cancelled) { try source.bytes(from: 1000) }
    #expect(throws: ByteSourceError.cancelled) { try source.bytes(count: 1) }
    canceller.join()
    rig.cache.close()
  }

  @Test("says so at once when the bytes are missing and the network is gone")
  func offline() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 600_000)
    rig.server.state.update { $0.tap = 300_000 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 200_000) == bytes[..<200_000])
    rig.cache.setOnline(false)
    #expect(throws: ByteSourceError.offline) { try source.bytes(from: 400_000) }
    #expect(try source.bytes(count: 200_000) == bytes[..<200_000])
    rig.cache.setOnline(true)
    rig.server.state.update { $0.tap = nil }
    #expect(try source.bytes() == bytes)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    rig.cache.close()
  }

  @Test("finds out by itself that the network is gone, and does not ask in a hot loop")
  func unreachable() throws {
    var tuning = Tuning.quick
    (tuning.limits.firstPause, tuning.limits.longestPause) = (.milliseconds(500), .seconds(30))
    let rig = Rig(tuning: tuning)
    rig.file("a", size: 600_000)
    rig.server.state.update { $0.isDown = true }
    #expect(throws: ByteSourceError.offline) { try rig.source("a").bytes() }
    #expect(rig.server.requests.count == 3)
    rig.cache.close()
  }

  @Test("passes the server's refusal on")
  func refused() throws {
    let rig = Rig()
    rig.file("a", size: 600_000)
    rig.server.script(rig.key("a"), [.refuse("not allowed")])
    #expect(throws: ByteSourceError.refused("not allowed")) { try rig.source("a").bytes() }
    rig.cache.close()
  }

  @Test("keeps a decoder's index with the rendition")
  func seekIndex() throws {
    let rig = Rig()
    rig.file("a", size: 1000)
    let source = rig.source("a")
    _ = try source.bytes()
    #expect(source.seekIndex == nil)
    source.seekIndex = [1, 2, 3]
    #expect(source.seekIndex == [1, 2, 3])
    rig.cache.close()
  }

  @Test("reads an empty file as empty")
  func empty() throws {
    let rig = Rig()
    rig.file("a", size: 0)
    #expect(try rig.source("a").bytes() == Blob([]))
    rig.cache.close()
  }
}
