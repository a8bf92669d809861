import Fixtures
import Foundation
import Testing

/// Playlists go into files and come back, with and without a player.
extension EndToEnd {
  @Suite(.serialized)
  struct PlaylistFiles {
    let profile = Profile()

    @Test("a list is exported in each format and imported again; what is not here is listed, kept and an error")
    func thereAndBack() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "silent")
      let titles = [3, 0, 5].map { DemoMusic.tracks[$0].title }
      try await profile.play(titles[0])
      try await profile.wait(for: "the library is here") { $0.state == "playing" }
      let list = profile.file("wish.m3u8")
      let lines = titles.map { "#EXTINF:-1,\($0)\n/elsewhere/\($0).mp3\n" }
      // Titles alone say too little: the paths of the server are what counts.
      let names = try FileManager.default.subpathsOfDirectory(atPath: DemoMusic.folder).filter { $0.hasSuffix(".mp3") }
      let some = names.sorted().prefix(3)
      let text = "#EXTM3U\n#PLAYLIST:Wishes\n" + some.map { "/mnt/usb/\($0)\r\n" }.joined() + lines[0]
      try text.write(toFile: list, atomically: true, encoding: .utf8)

      let program = try await profile.dulcet("playlist", "import", list)
      #expect(program.exitStatus == 1)
      #expect(program.text.contains("“Wishes”: 3 of 4 tracks found"), "\(program.text) \(program.errors)")
      #expect(program.text.contains("not found  \(titles[0])"))
      let kept = profile.file("state/dulcet/not-found/Wishes.m3u8")
      #expect(try String(contentsOfFile: kept, encoding: .utf8).contains("/elsewhere/\(titles[0]).mp3"))
      // The player that runs has heard of it, and told the server.
      try await eventually("the server has it") { server.log.contains { $0.contains("POST createPlaylist") } }

      for ending in ["m3u8", "xspf", "json"] {
        let file = profile.file("out.\(ending)")
        let written = try await profile.dulcet("playlist", "export", "wishes", file)
        #expect(written.exitStatus == 0, "\(written.errors)")
        let again = try await profile.dulcet("playlist", "import", file, "Again \(ending)")
        #expect(again.exitStatus == 0, "\(again.text) \(again.errors)")
        #expect(again.text.contains("3 of 3 tracks found"))
      }
      // The same in the language of the player, whose answer comes from the player.
      let said = try await profile.dulcet("import", profile.file("out.xspf"))
      #expect(said.text.contains("“Wishes 2”: 3 of 3 tracks found."), "\(said.text) \(said.errors)")
      #expect(try await profile.dulcet("export", profile.file("queue.json")).exitStatus == 0)
      #expect(try await profile.dulcet("import", profile.file("missing.json")).exitStatus == 1)
      #expect(player.end() == 0)

      let nothing = try await profile.dulcet("playlist", "import", profile.file("nothing.m3u8"))
      #expect(nothing.exitStatus == 1 && nothing.errors.contains("No such file"))
      #expect(try await profile.dulcet("playlist", "export", "Wishes", profile.file("x.doc")).exitStatus == 1)
      #expect(try await profile.dulcet("playlist", "export", "Nobody", profile.file("x.json")).exitStatus == 1)
      #expect(try await profile.dulcet("playlist", "import").exitStatus == 2)
    }
  }
}
