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

    private static let sizes = [(120, 40), (80, 24), (56, 16), (40, 10)]

    /// Half of a short track was heard, so that there is a history; then ten seconds in, paused and wholly here.
    private func listen(_ words: String) async throws {
      try await profile.play(words)
      try await profile.wait(for: "half of it") { $0.state == "playing" && $0.position > 12 }
      try await profile.say("pause", "on")
      try await profile.say("seek", "10")
      try await eventually("the track is here") { try await profile.cache().whole >= 1 }
    }

    /// Takes notices, marks and popups away, and shows a view.
    private func show(_ line: String...) async throws {
      try await profile.say("view", "queue")
      try await profile.say("back")
      let program = try profile.start(line)
      #expect(try await program.finish() == 0, "\(line): \(program.errors)")
    }

    /// What the screen shows now, at each tier.
    private func look(
      _ name: String, _ visit: Visit, at sizes: [(Int, Int)] = sizes, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
      for (columns, rows) in sizes {
        try await visit.tmux.resize(columns: columns, rows: rows)
        try await Golden(name: "\(name)-\(columns)x\(rows)").expect(visit.tmux, sourceLocation: sourceLocation)
      }
    }

    @Test("each view at each tier")
    func views() async throws {
      let (server, visit) = try await visit(120, 40)
      defer { server.stop() }
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await listen("Ebb")
      try await profile.say("playlist", "new", "Evening")
      try await show("view", "changes")
      try await look("changes", visit)
      try await profile.say("radio", "add", "http://127.0.0.1:9/live", "Loopback FM")
      for name in ["queue", "playlists", "downloads", "history", "radio", "settings", "help", "outbox", "registers"] {
        try await show("view", name)
        try await look(name, visit)
      }
      try await visit.tmux.resize(columns: 120, rows: 40)
      try await show("view", "queue")
      try await visit.tmux.press("j", "f", "i")
      try await look("details", visit)
      try await show("view", "queue")
      try await visit.tmux.press("M")
      try await look("menu", visit)
      try await visit.tmux.press("Escape")
      try await show("view", "queue")
      try await visit.tmux.press("C-p")
      try await look("palette", visit)
      try await visit.tmux.press("Escape")
      try await show("view", "queue")
      try await visit.tmux.press("/")
      try await visit.tmux.type("harb")
      try await look("search", visit)
      try await visit.tmux.press("Enter")
      try await profile.say("quit")
      #expect(try await visit.end(keepsLines: false) == 0)
    }

    @Test("each view of the library at each tier")
    func library() async throws {
      let (server, visit) = try await visit(120, 40)
      defer { server.stop() }
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await listen("Ebb")
      try await profile.say("star", "playing")
      try await profile.say("view", "library")
      try await look("library", visit)
      try await visit.tmux.press("l", "l")
      try await look("library-tracks", visit)
      // What is thrown by chance looks different each time.
      for view in ["album", "genre", "year", "decade", "folder", "added", "played", "recent", "starred"] {
        try await show("library", view)
        try await look("library-\(view)", visit, at: [(120, 40), (80, 24), (40, 10)])
      }
      try await show("library")
      try await look("library-views", visit)
      try await profile.say("quit")
      #expect(try await visit.end(keepsLines: false) == 0)
    }

    @Test("titles that nobody should have")
    func torture() async throws {
      let music = TemporaryDirectory()
      try TortureLibrary.write(to: music.path)
      let (server, visit) = try await visit(120, 40, music: music.path)
      defer { server.stop() }
      try await visit.tmux.wait(forText: "Torture")
      try await visit.tmux.press("l", "l")
      for size in [(120, 40), (80, 24), (56, 16), (40, 10)] {
        try await visit.tmux.press("g", "g")
        for page in 1...(size.1 > 30 ? 2 : 3) {
          try await look("torture\(page)", visit, at: [size])
          try await visit.tmux.press("C-f")
        }
      }
      try await profile.say("quit")
      #expect(try await visit.end(keepsLines: false) == 0)
    }

    @Test("a window that is too small says so")
    func small() async throws {
      let (server, visit) = try await visit(39, 9)
      defer { server.stop() }
      try await Golden(name: "small-39x9").expect(visit.tmux)
      try await profile.say("quit")
      #expect(try await visit.end() == 0)
    }

    @Test("a first start")
    func signIn() async throws {
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit(
        "\(player) --output silent", columns: 120, rows: 40, environment: profile.environment)
      try await look("sign-in", visit)
      try await profile.say("quit")
      #expect(try await visit.end(keepsLines: false) == 0)
    }
  }
}
