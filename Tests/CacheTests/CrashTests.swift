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
    .timeLimit(.minutes(10)), arguments: [[1, 9, 20], [17, 1000, 310], [64, 65, 1100]])
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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("CacheCrashProbe")
    process.arguments = [path, "\(Self.size)", "\(Self.seed)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    var begun: Int64 = -1
    var last: Int64 = 0
    var text = ""
    var isKilled = false
    while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty {
      text += String(decoding: data, as: UTF8.self)
      var lines = text.components(separatedBy: "\n")
      text = lines.removeLast()
      for line in lines {
        if line.hasPrefix("from ") { begun = Int64(line.dropFirst(5))! }
        if let position = Int64(line) { last = position }
        if last >= begun + Int64(count) || line == "end", !isKilled {
          kill(process.processIdentifier, SIGKILL)
          isKilled = true
        }
      }
    }
    process.waitUntilExit()
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
