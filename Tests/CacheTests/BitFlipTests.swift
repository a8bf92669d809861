import Audio
import Fixtures
import Foundation
import Music
import Testing

@testable import Cache

@Suite("A thousand flipped bits")
struct BitFlipTests {
  private static let names = ["first-0a11", "second-77c2", "third-e93f"]
  private static let size = 300_000

  private func filled() throws -> (rig: Rig, bytes: [Blob], file: Data) {
    let rig = Rig()
    let bytes = Self.names.map { rig.file($0, size: Self.size) }
    for name in Self.names {
      _ = try rig.source(name).bytes()
      #expect(rig.heard(.completed(rig.key(name))))
    }
    rig.cache.close()
    return (rig, bytes, try Data(contentsOf: URL(fileURLWithPath: rig.path)))
  }

  @Test(
    "anywhere in the file: each is found and fetched again, or the file is begun anew; no wrong byte is ever played",
    .timeLimit(.minutes(40)))
  func anywhere() throws {
    let (rig, bytes, pristine) = try filled()
    var random = Seeded(state: 40)
    var damaged = 0
    var rebuilt = 0
    for _ in 0..<40 {
      var file = pristine
      let places = (0..<25).map { _ in Int.random(in: 0..<file.count * 8, using: &random) }
      for place in places { file[place / 8] ^= 1 << UInt8(place % 8) }
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: rig.path + suffix) }
      try file.write(to: URL(fileURLWithPath: rig.path))
      let again = Rig(after: rig)
      for (name, expected) in zip(Self.names, bytes) {
        let got = try again.source(name).bytes()
        #expect(got == expected, "\(name) with bits \(places)")
      }
      damaged += again.events.count { if case .damaged = $0 { true } else { false } }
      rebuilt += again.events.count { $0 == .rebuilt }
      again.cache.close()
    }
    // Most places hold music; some flips hit what holds the file together.
    #expect(damaged > 0)
    print("1000 bits flipped: \(damaged) chunks dropped and fetched again, \(rebuilt) files begun anew")
  }

  @Test("in an index, so that it leads to another track: the file is begun anew, and that track is not played instead")
  func misled() throws {
    let (rig, bytes, pristine) = try filled()
    // An entry of the index: how long its head is, the kinds of what follows, names, row. Kind 9 is the number 1.
    let entry = Data([5, 21, 33, 19, 1]) + Data("homethird-e93fraw".utf8)
    var file = pristine
    let place = try #require(file.range(of: entry))
    file[place.lowerBound + 4] = 9
    try file.write(to: URL(fileURLWithPath: rig.path))
    let again = Rig(after: rig)
    for (name, expected) in zip(Self.names, bytes).reversed() {
      let got = try again.source(name).bytes()
      #expect(got == expected)
    }
    #expect(again.heard(.rebuilt))
    again.cache.close()
  }

  @Test("reading every checksum finds each of a hundred damaged chunks, and drops no other")
  func verified() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 100 * Chunk.size)
    _ = try rig.source("a").bytes()
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    var file = try Data(contentsOf: URL(fileURLWithPath: rig.path))
    var flipped: Set<Int> = []
    for index in stride(from: 0, to: 100, by: 3) {
      let start = index * Chunk.size
      let pattern = Data(bytes.bytes[start + 200..<start + 232])
      // Free pages may hold an older copy: every one of them is hit.
      var rest = file.startIndex..<file.endIndex
      while let place = file.range(of: pattern, in: rest) {
        file[place.lowerBound + Int.random(in: 0..<32)] ^= 1 << UInt8.random(in: 0..<8)
        rest = place.upperBound..<file.endIndex
      }
      flipped.insert(index)
    }
    try file.write(to: URL(fileURLWithPath: rig.path))
    let again = Rig(after: rig)
    let report = again.cache.verify()
    #expect(report.damaged == flipped.count && report.chunks == 100 && !report.isUnfinished)
    #expect(try again.source("a").bytes() == bytes)
    #expect(rig.server.served(rig.key("a")).twice == flipped.count * Chunk.size)
    again.cache.close()
  }
}
