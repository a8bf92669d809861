import Fixtures
import Foundation
import Testing

/// Lists are packed for a journey, and written as files for a device.
extension EndToEnd {
  @Suite(.serialized)
  struct Packing {
    let profile = Profile()

    @Test("a pack fetches what fits and says what does not; an export writes what is cached, with its tags and a list")
    func packAndExport() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "silent")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: DemoMusic.folder).filter { $0.hasSuffix(".mp3") }
        .sorted()
      func size(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: DemoMusic.folder + "/" + path)[.size] as? Int)
      }
      let list = profile.file("Trip.m3u8")
      try paths.prefix(3).joined(separator: "\n").write(toFile: list, atomically: true, encoding: .utf8)
      try await eventually("the list is here", within: .seconds(60)) {
        try await profile.dulcet("playlist", "import", list).exitStatus == 0
      }
      let budget = try size(paths[0]) + size(paths[1]) + 1000
      try #require(try size(paths[2]) > 1000)
      let dry = try await profile.dulcet("pack", "trip", "--size", "\(budget)", "--dry-run")
      #expect(dry.exitStatus == 1 && dry.text.contains("2 tracks"), "\(dry.text) \(dry.errors)")
      #expect(try await profile.cache().whole == 0)
      let pack = try await profile.dulcet("pack", "trip", "--size", "\(budget)")
      #expect(pack.exitStatus == 1 && pack.text.contains("does not fit"))
      try await eventually("both came") { try await profile.cache().whole == 2 }

      let folder = profile.file("device")
      let export = try await profile.dulcet("export", "Trip", folder)
      #expect(export.exitStatus == 1, "\(export.text) \(export.errors)")
      #expect(export.text.contains("written     2 files") && export.text.contains("not cached  1"))
      let written = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mp3") }
      #expect(written.count == 2)
      #expect(written.allSatisfy { $0.split(separator: "/").count == 3 })
      // Byte by byte the server's, which have their tags.
      let originals = try Set(
        paths.prefix(2).map { try Data(contentsOf: URL(fileURLWithPath: DemoMusic.folder + "/" + $0)) })
      #expect(try Set(written.map { try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)) }) == originals)
      let lines = try String(contentsOfFile: folder + "/Trip.m3u8", encoding: .utf8).split(separator: "\n")
      #expect(Set(lines.filter { !$0.hasPrefix("#") }.map(String.init)) == Set(written))
      let again = try await profile.dulcet("export", "Trip", folder)
      #expect(again.text.contains("there       2 already"))
      #expect(player.end() == 0)
    }
  }
}
