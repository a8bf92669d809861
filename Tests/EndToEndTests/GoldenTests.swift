import Fixtures
import Foundation
import Testing

/// Each view at each tier, as it was looked at and found good: over the demo music, and over titles that nobody should
/// have.
extension EndToEnd {
  @Suite(.serialized, .enabled(if: Golden.areThere, "GOLDENS=record makes them"))
  struct Goldens {
    let profile = Profile()

    private func visit(_ columns: Int, _ rows: Int, music: String = DemoMusic.folder) async throws -> (
      DemoServer, Visit
    ) {
      let server = try await DemoServer(music: music)
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit(
        "\(player) --output silent", columns: columns, rows: rows, environment: profile.environment)
      return (server, visit)
    }

    /// Music at ten seconds, paused and wholly here; nothing that is still to be told.
    private func pause(_ words: String, _ visit: Visit) async throws {
      try await profile.play(words)
      try await profile.wait(for: "music") { $0.state == "playing" && $0.position > 0 }
      try await profile.say("pause", "on")
      try await profile.say("seek", "10")
      try await eventually("the track is here") { try await profile.cache().whole >= 1 }
    }

    /// Takes notices and popups away, and shows a view.
    private func show(_ name: String, _ visit: Visit) async throws {
      try await profile.say("view", "library")
      for _ in 0..<3 { try await visit.tmux.press("Escape") }
      try await profile.say("view", name)
    }

    @Test("each view at each tier", arguments: [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10)])
    func views(columns: Int, rows: Int) async throws {
      let (server, visit) = try await visit(columns, rows)
      defer { server.stop() }
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await pause("Harbour Lights", visit)
      try await profile.say("radio", "add", "http://127.0.0.1:9/live", "Loopback FM")
      try await profile.say("playlist", "new", "Evening")
      for name in ["library", "queue", "playlists", "downloads", "radio", "help", "settings", "changes", "outbox"] {
        try await show(name, visit)
        try await Golden(name: "\(name)-\(columns)x\(rows)").expect(visit.tmux)
      }
      try await show("library", visit)
      try await visit.tmux.press("/")
      try await visit.tmux.type("harb")
      try await Golden(name: "search-\(columns)x\(rows)").expect(visit.tmux)
      try await visit.tmux.press("Escape")
      try await profile.say("view", "library")
      try await visit.tmux.press("l", "l", "i")
      try await Golden(name: "details-\(columns)x\(rows)").expect(visit.tmux)
      try await visit.tmux.press("Escape", "C-p")
      try await Golden(name: "palette-\(columns)x\(rows)").expect(visit.tmux)
      try await visit.tmux.press("Escape")
      try await profile.say("quit")
      #expect(try await visit.end() == 0)
    }

    @Test("titles that nobody should have", arguments: [(120, 40), (80, 24), (40, 10)])
    func torture(columns: Int, rows: Int) async throws {
      let music = TemporaryDirectory()
      try TortureLibrary.write(to: music.path)
      let (server, visit) = try await visit(columns, rows, music: music.path)
      defer { server.stop() }
      try await visit.tmux.wait(forText: "Torture")
      try await visit.tmux.press("l", "l")
      for page in 1...(rows > 30 ? 2 : 3) {
        try await Golden(name: "torture\(page)-\(columns)x\(rows)").expect(visit.tmux)
        try await visit.tmux.press("C-f")
      }
      try await profile.say("quit")
      #expect(try await visit.end() == 0)
    }

    @Test("a window that is too small says so")
    func small() async throws {
      let (server, visit) = try await visit(39, 9)
      defer { server.stop() }
      try await Golden(name: "small-39x9").expect(visit.tmux)
      try await profile.say("quit")
      #expect(try await visit.end() == 0)
    }

    @Test("a first start", arguments: [(120, 40), (80, 24), (40, 10)])
    func signIn(columns: Int, rows: Int) async throws {
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit(
        "\(player) --output silent", columns: columns, rows: rows, environment: profile.environment)
      try await Golden(name: "sign-in-\(columns)x\(rows)").expect(visit.tmux)
      try await profile.say("quit")
      #expect(try await visit.end() == 0)
    }
  }
}
