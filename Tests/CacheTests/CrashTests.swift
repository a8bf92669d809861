import Fixtures
import Foundation
import Music
import Testing

@testable import Cache

@Suite("A cache whose process is killed")
struct CrashTests {
  private static let size = 40_000_000
  private static let seed: UInt64 = 77

  @Test(
    "holds every byte but those of the chunk in flight and of those that waited for the disk, and fetches no stored byte again",
    .timeLimit(.minutes(40)), arguments: [[1, 9, 20], [17, 1000, 310], [64, 65, 1100]])
  func killed(pieces: [Int]) throws {
    let directory = TemporaryDirectory()
    let path = directory.file("chunks.db")
    let key = RenditionKey(server: ServerID("home"), track: "a", rendition: .raw)
    var stored: Int64 = 0
    for count in pieces {
      let probe = try run(path, killedAfter: count * (16 << 10))
      // What was stored is not asked for again…
      #expect(probe.begun == stored)
      let left = ChunkStore(path: path)
      #expect(left.failure == nil)
      let report = left.verify { _, _ in true }
      #expect(report.damaged == 0 && !report.isUnfinished)
      stored = report.bytes
      // … and of what had come, only the chunk in flight is missing, and those that waited for the disk.
      #expect(stored <= probe.handedOver + 16 << 10)
      #expect(stored > probe.handedOver - Int64((1 + 2 * Tuning().backlog) * Chunk.size))
      #expect(left.heldRanges(of: key)?.held ?? RangeSet() == RangeSet(0..<stored))
      #expect(left.summary().bytes == stored)
      left.close()
    }
    try checkBytes(directory, from: stored)
  }

  /// Starts the probe, lets it bring at least so many bytes more than it found, and kills it.
  private func run(_ path: String, killedAfter count: Int) throws -> (begun: Int64, handedOver: Int64) {
    let words = [path, "\(Self.size)", "\(Self.seed)", "\(count + 4 * Chunk.size)"]
    let program = try Program(try #require(Repository.product("CacheCrashProbe")), words)
    /// Where it began, the last place that it told of, and whether it has nothing more to tell.
    func told() -> (begun: Int64, last: Int64, isOver: Bool) {
      // The last line may be written at this moment.
      let lines = program.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let begun = lines.first { $0.hasPrefix("from ") }.flatMap { Int64($0.dropFirst(5)) }
      return (begun ?? -1, lines.compactMap { Int64($0) }.last ?? 0, lines.last == "end")
    }
    while program.exitStatus == nil, case let (begun, last, isOver) = told(), begun < 0 || last < begun + Int64(count),
      !isOver
    {
      usleep(200)
    }
    program.end(with: SIGKILL)
    let (begun, last, _) = told()
    return (begun, last)
  }

  private func checkBytes(_ directory: TemporaryDirectory, from stored: Int64) throws {
    let rig = Rig(in: directory)
    let bytes = noise(Self.size, seed: Self.seed)
    rig.server.put(rig.key("a"), ScriptedServer.File(bytes: bytes))
    #expect(try rig.source("a").bytes() == Blob(bytes))
    #expect(rig.server.requests.map(\.offset) == [stored])
    rig.cache.close()
  }
}
