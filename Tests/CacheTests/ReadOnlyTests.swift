import Fixtures
import Foundation
import Music
import SQLite
import Testing

@testable import Cache

/// In a process of its own that is not root's, since root may write everything.
@Suite("A cache that may not be written")
struct ReadOnlyTests {
  private static let size = 1_000_000
  private static let seed: UInt64 = 5

  /// Fills a cache with the track `a` and gives the probe's lines once files have the modes.
  private func lines(folder: Int, file: Int, edit: (String) throws -> Void = { _ in }) async throws -> [String] {
    let rig = Rig()
    rig.server.put(rig.key("a"), ScriptedServer.File(bytes: noise(Self.size, seed: Self.seed)))
    #expect(try rig.source("a").bytes().count == Self.size)
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    try edit(rig.path)
    let tools = TemporaryDirectory()
    let probe = tools.file("probe")
    // By another process: a file that a child of this one inherits open for writing cannot be run (execve(2), ETXTBSY).
    _ = try await Program.run("cp", [try #require(Repository.product("CacheCrashProbe")), probe])
    chmod(rig.path, mode_t(file))
    chmod(rig.directory.path, mode_t(folder))
    defer { chmod(rig.directory.path, 0o755) }
    var words = [probe, rig.path, "\(Self.size)", "\(Self.seed)", "read"]
    if getuid() == 0 { words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + words }
    let program = try await Program.run(words[0], Array(words[1...]))
    withExtendedLifetime(rig.directory) {}
    return program.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("from ") && Int($0) == nil }
      .filter { $0 != "end" }
  }

  @Test(
    "plays what it holds, and the rest from the network, and says so once", arguments: [(0o555, 0o444), (0o777, 0o444)])
  func plays(folder: Int, file: Int) async throws {
    #expect(
      try await lines(folder: folder, file: file) == [
        "read-only", "diskFull", "a: its bytes", "b: none", "b: its bytes", "status: 1",
      ])
  }

  @Test("is not read while it stands in the middle of a change that nobody undid")
  func interrupted() async throws {
    let found = try await lines(folder: 0o555, file: 0o444) { path in
      let connection = try Connection(path: path, options: ChunkStore.options(.readWrite))
      try connection.execute("PRAGMA cache_size = 10; BEGIN IMMEDIATE; DELETE FROM chunks")
      try connection.execute("UPDATE renditions SET seek = zeroblob(2000000)")
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: path + ".kept" + suffix)
      }
      try connection.execute("ROLLBACK")
      withExtendedLifetime(connection) {}
      for suffix in ["", "-journal"] { rename(path + ".kept" + suffix, path + suffix) }
    }
    #expect(found == ["writable", "diskFull", "a: none", "b: none", "b: its bytes", "status: 0"])
  }

  @Test("is not moved aside when it is of an older version")
  func older() async throws {
    let found = try await lines(folder: 0o777, file: 0o444) { try asFirstVersion($0) }
    #expect(found.contains("diskFull") && !found.contains("rebuilt") && found.contains("b: its bytes"))
  }
}
