import Fixtures
import Foundation
import Testing

/// An evening with a server that others wrote: signed in by the keys of the login screen, steered by keys alone.
extension EndToEnd {
  @Suite(.serialized, .enabled(if: Supysonic.isInstalled, "make test fetches it"))
  struct WithSupysonic {
    let profile = Profile()

    @Test("login screen, library, search, playing, seeking, playlists: by keys, and seen on the server")
    func evening() async throws {
      let server = try await Supysonic()
      let terminal = try await profile.open("--output", "silent", columns: 120, rows: 30)
      try await signIn(to: server, terminal)
      try await browseAndPlay(terminal)
      try await searchAndSeek(terminal)
      try await editPlaylists(server, terminal)
      try await terminal.press("q")
      #expect(try await terminal.finish() == 0)
      // supysonic knows no tokens: what is stored is for the user alone, and stands in no other file.
      for name in try FileManager.default.subpathsOfDirectory(atPath: profile.path) {
        guard let contents = try? Data(contentsOf: URL(fileURLWithPath: profile.file(name))) else { continue }
        if name.hasSuffix("accounts.json") {
          let attributes = try FileManager.default.attributesOfItem(atPath: profile.file(name))
          #expect(attributes[.posixPermissions] as? Int == 0o600)
        } else {
          #expect(contents.range(of: Data(server.password.utf8)) == nil, "\(name)")
        }
      }
    }

    @Test("dulcet login from the shell, then music without a screen")
    func fromTheShell() async throws {
      let server = try await Supysonic()
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = PacedCard(file: profile.file("heard"))
      let player = try await profile.headless(output: card.output, environment: card.environment)
      let track = DemoMusic.tracks[6]
      try await profile.play(track.title)
      try await profile.wait(for: "the track is over") { $0.state == "stopped" && $0.entries == 1 }
      #expect(card.samples == (try await decodedByMpg123(track.path)))
      #expect(player.end() == 0)
    }

    /// First with a wrong password: the screen says so and stays usable.
    private func signIn(to server: Supysonic, _ terminal: Tmux) async throws {
      try await terminal.wait(forText: "Your music server")
      try await terminal.type(server.url)
      try await terminal.press("Enter")
      try await terminal.type(server.user)
      try await terminal.press("Enter")
      try await terminal.type("wrong")
      try await terminal.wait(forText: "•••••")
      try await terminal.press("Enter")
      try await terminal.wait(forText: "! The server does not know this user with this password.")
      try await terminal.press("C-u")
      try await terminal.type(server.password)
      let screen = try await terminal.wait(forText: "•••••••")
      #expect(!screen.text.contains(server.password))
      try await terminal.press("Enter")
      try await terminal.wait(for: "the library") { screen in
        ["Lantern Quay Ensemble", "Трио «Синева»", "三日月小楽団", "bob@127.0.0.1"].allSatisfy { screen.contains($0) }
      }
    }

    private func browseAndPlay(_ terminal: Tmux) async throws {
      // Without the panel there is room for three columns.
      try await terminal.press("T", "g", "g", "j")
      try await terminal.wait(for: "the second artist's album and tracks") {
        $0.contains("Ночной поезд") && $0.contains("Снег над рекой")
      }
      try await terminal.press("l", "l", "j", "j", "Enter")
      try await terminal.wait(for: "the clock moves") { $0.contains("▸ Белые ночи") && ($0.clock ?? 0) >= 1 }
      #expect(try await profile.status().entries == 3)
    }

    private func searchAndSeek(_ terminal: Tmux) async throws {
      try await terminal.type("/etoile")
      try await terminal.wait(for: "a track found without its accents") {
        $0.line(with: "Café étoilé à Orléans")?.contains("0:26") ?? false
      }
      try await terminal.press("Enter", "Enter")
      try await terminal.wait(for: "music") { $0.contains("▸ Café étoilé à Orléans") && ($0.clock ?? 0) >= 1 }
      // It comes again, however late somebody looks.
      try await profile.say("repeat", "one")
      try await terminal.press("Right", "Right")
      try await terminal.wait(for: "ten seconds on") { (10...20).contains($0.clock ?? 0) }
      try await terminal.press("Left")
      try await profile.wait(for: "music after the jumps") { $0.state == "playing" && (5...24).contains($0.position) }
      try await terminal.press("Space")
      try await terminal.wait(forText: "paused")
      try await profile.say("repeat", "off")
    }

    private func see(_ expected: [String: [String]], on server: Supysonic) async throws {
      var seen: [String: [String]] = [:]
      do {
        try await eventually("the playlists on the server") {
          seen = try await server.playlists()
          return seen == expected
        }
      } catch { throw TimedOut("\(expected) on the server", after: .seconds(30), seen: "\(seen)") }
    }

    private func editPlaylists(_ server: Supysonic, _ terminal: Tmux) async throws {
      try await terminal.press("3")
      try await terminal.wait(forText: "No playlists yet")
      try await terminal.press("N")
      try await terminal.wait(forText: "Name of the new playlist")
      try await terminal.type("Вечер ☾")
      try await terminal.press("Enter")
      try await terminal.wait(forText: "The playlist “Вечер ☾” is made.")
      try await see(["Вечер ☾": []], on: server)

      // Two tracks of the third artist's album go to its end.
      try await terminal.press("1", "h", "h", "G", "l", "l")
      try await terminal.wait(forText: "שיר ערש")
      try await terminal.press("g", "g", "v", "v", "b")
      try await terminal.wait(forText: "▸ Вечер ☾")
      try await terminal.press("Enter")
      try await terminal.wait(forText: "Added 2 tracks to “Вечер ☾”.")
      try await see(["Вечер ☾": ["月の庭", "مقام الليل"]], on: server)

      try await terminal.press("3")
      try await terminal.wait(for: "its rows") { screen in
        ["月の庭", "مقام الليل"].allSatisfy { title in
          screen.lines.dropFirst(3).prefix(3).contains { $0.contains(title) }
        }
      }
      try await terminal.press("l", "g", "g", "J")
      try await see(["Вечер ☾": ["مقام الليل", "月の庭"]], on: server)
      try await terminal.press("d")
      try await see(["Вечер ☾": ["مقام الليل"]], on: server)

      try await terminal.press("h", "R")
      try await terminal.wait(forText: "New name")
      try await terminal.press("C-u")
      try await terminal.type("Night")
      try await terminal.press("Enter")
      try await see(["Night": ["مقام الليل"]], on: server)

      try await terminal.press("D")
      try await terminal.wait(forText: "Delete the playlist “Night”?")
      try await terminal.press("y")
      try await see([:], on: server)
      try await terminal.wait(forText: "No playlists yet")
    }
  }
}
