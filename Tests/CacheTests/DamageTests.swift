import Audio
import Foundation
import Music
import SQLite
import Testing
import Threading

@testable import Cache

func fileSize(_ path: String) -> Int {
  (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
}

@Suite("A damaged cache")
struct DamageTests {
  /// Fills a cache with one track, closes it, and returns the track's bytes.
  private func filled(_ rig: Rig, size: Int = 2_000_000) throws -> Blob {
    let bytes = rig.file("a", size: size)
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    return bytes
  }

  /// Flips a bit of the file where it holds these bytes.
  private func flip(_ path: String, at pattern: Blob) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    let place = try #require(data.range(of: Data(pattern.bytes)))
    data[place.lowerBound] ^= 0x10
    try data.write(to: URL(fileURLWithPath: path))
  }

  @Test("drops a chunk whose bits flipped and fetches it again, and nothing else")
  func flippedBit() throws {
    let rig = Rig()
    let bytes = try filled(rig)
    try flip(rig.path, at: bytes[600_000..<600_032])
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes() == bytes)
    #expect(again.heard(.damaged(rig.key("a"))))
    #expect(again.heard(.completed(rig.key("a"))))
    #expect(rig.server.requests.last == .init(key: rig.key("a"), offset: 524_288, end: 786_432, validator: "v1"))
    #expect(rig.server.served(rig.key("a")) == (262_144, bytes.count))
    #expect(again.cache.summary().whole == 1)
    again.cache.close()
  }

  @Test("is found by reading every checksum")
  func verify() throws {
    let rig = Rig()
    let bytes = try filled(rig)
    try flip(rig.path, at: bytes[600_000..<600_032])
    let again = Rig(after: rig)
    let report = again.cache.verify()
    #expect(report.chunks == 8 && report.damaged == 1 && !report.isUnfinished)
    #expect(report.bytes == 2_000_000 - 262_144)
    #expect(again.cache.verify().damaged == 0)
    #expect(again.cache.status(of: [rig.key("a")]) == [.partial(Double(report.bytes) / 2_000_000)])
    #expect(again.cache.verify { _, _ in false }.isUnfinished)
    again.cache.close()
  }

  @Test("that is no database is moved aside and begun anew, and says so")
  func garbage() throws {
    let rig = Rig()
    let bytes = try filled(rig)
    try Data("this is not a database, but long enough to look at".utf8).write(to: URL(fileURLWithPath: rig.path))
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes() == bytes)
    #expect(again.heard(.rebuilt))
    #expect(FileManager.default.fileExists(atPath: rig.path + ".damaged"))
    again.cache.close()
    #expect(Rig(after: rig).cache.status(of: [rig.key("a")]) == [.whole])
  }

  @Test("that was cut short is moved aside while it is in use, and playing goes on", .timeLimit(.minutes(40)))
  func truncated() throws {
    let rig = Rig()
    let bytes = try filled(rig)
    truncate(rig.path, 16384 * 20)
    let again = Rig(after: rig)
    #expect(try again.source("a").bytes() == bytes)
    #expect(again.heard(.completed(rig.key("a"))))
    again.cache.close()
    let last = Rig(after: rig)
    #expect(last.cache.status(of: [rig.key("a")]) == [.whole])
    #expect(last.cache.verify().damaged == 0)
    last.cache.close()
  }

  @Test("whose rows another process took away fetches anew")
  func clearedByAnother() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 2_000_000)
    let source = rig.source("a")
    #expect(try source.bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    let other = ChunkStore(path: rig.path)
    try other.clear()
    #expect(try source.bytes() == bytes)
    #expect(rig.eventually { rig.cache.summary().whole == 1 })
    rig.cache.close()
  }

  @Test("in a place that cannot be opened plays from memory, and says so once")
  func unopenable() throws {
    let rig = Rig()
    rig.cache.close()
    try FileManager.default.removeItem(atPath: rig.path)
    try FileManager.default.createDirectory(atPath: rig.path, withIntermediateDirectories: false)
    let bytes = rig.file("a", size: 1_000_000)
    let again = Rig(after: rig)
    #expect(again.store.failure != nil)
    let source = again.source("a")
    #expect(try source.bytes() == bytes)
    #expect(try source.bytes() == bytes)
    #expect(again.events.count { $0 == .diskFull } == 1)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    again.cache.close()
  }
}

@Suite("A full disk")
struct DiskFullTests {
  private func limitPages(_ rig: Rig, to count: Int) throws {
    try rig.store.writer.withLock { try $0.connection!.execute("PRAGMA max_page_count = \(count)") }
  }

  @Test("does not stop playing: what comes stays in memory; one notice; stored when there is room again")
  func playsOn() throws {
    // What comes is written together, and so fails together, however slowly it comes.
    var tuning = Tuning.quick
    tuning.writePause = .seconds(2)
    let rig = Rig(tuning: tuning)
    let bytes = rig.file("a", size: 2_000_000)
    try limitPages(rig, to: 60)
    let source = rig.source("a")
    #expect(try source.bytes() == bytes)
    #expect(try source.bytes() == bytes)
    #expect(rig.heard(.diskFull))
    #expect(rig.events.count { $0 == .diskFull } == 1)
    #expect(rig.server.served(rig.key("a")) == (0, bytes.count))
    #expect(rig.cache.status(of: [rig.key("a")]) == [.whole])
    try limitPages(rig, to: 100_000)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    let again = Rig(after: rig)
    #expect(again.cache.verify().bytes == 2_000_000)
    again.cache.close()
  }

  @Test("bounds the memory: only a window around the reader is held")
  func window() throws {
    var tuning = Tuning.quick
    tuning.memoryWindow = 1 << 20
    tuning.keptBehind = 512 << 10
    tuning.writePause = .seconds(1000)
    tuning.backlog = 2
    let rig = Rig(tuning: tuning)
    let bytes = rig.file("a", size: 8_000_000)
    try limitPages(rig, to: 60)
    let source = rig.source("a")
    var most = 0
    var got = Blob([])
    while true {
      let more = try source.bytes(from: Int64(got.count), count: 100_000)
      if more.count == 0 { break }
      got = Blob(got.bytes + more.bytes)
      most = max(most, rig.cache.engine.state.withLock { $0.fills[rig.key("a")]!.buffers.count })
    }
    #expect(got == bytes)
    // Of 31 pieces; how far the server is ahead of the reader when one looks differs.
    #expect(most <= 15)
    rig.cache.close()
  }
}
