import Fixtures
import Foundation
import Testing

/// Two players that are started on one data folder.
extension EndToEnd {
  @Suite(.serialized)
  struct TwoPlayers {
    let profile = Profile()

    private func first() async throws -> (server: DemoServer, player: Program) {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "silent")
      // However long a test takes: the same track plays.
      try await profile.say("repeat", "one")
      try await profile.play(DemoMusic.tracks[3].title)
      return (server, player)
    }

    @Test("the second one on a screen is the first one's remote control, and leaves it playing")
    func attached() async throws {
      let (server, player) = try await first()
      let title = DemoMusic.tracks[3].title
      let second = try await profile.open(columns: 100, rows: 24)
      try await second.wait(forText: "this is its remote control")
      try await second.wait(for: "what plays") { $0.line(with: title) != nil }
      try await second.press("Space")
      try await profile.wait(for: "the first one pauses") { $0.state == "paused" }
      try await second.press("Space")
      try await profile.wait(for: "it goes on") { $0.state == "playing" }
      try await second.type("-")
      try await profile.wait(for: "it is quieter") { $0.volume == 95 }
      try await second.wait(forText: "volume 95")
      try await second.type(":play \(DemoMusic.tracks[0].title)")
      try await second.press("Enter")
      try await profile.wait(for: "another track") { $0.track?.title == DemoMusic.tracks[0].title }
      try await second.wait(for: "it is shown") { $0.line(with: DemoMusic.tracks[0].title) != nil }
      try await second.press("1")
      try await second.wait(forText: "That needs the player's own screen.")
      try await second.press("q")
      #expect(try await second.finish() == 0)
      #expect(try await profile.status().state == "playing")
      #expect(player.exitStatus == nil)
      withExtendedLifetime(server) {}
    }

    @Test("a remote control has the keys of the listener's configuration")
    func attachedKeys() async throws {
      let (server, player) = try await first()
      try profile.configure("set keymap emacs\nunbind space\nbind Y pause\n")
      let second = try await profile.open(columns: 100, rows: 24)
      try await second.wait(forText: "^c leaves")
      try await second.press("q", "Space", "Y")
      try await profile.wait(for: "the first one pauses") { $0.state == "paused" }
      try await second.press("C-x", "C-c")
      #expect(try await second.finish() == 0)
      #expect(player.exitStatus == nil)
      withExtendedLifetime(server) {}
    }

    @Test("the second one without a screen says which process runs and how it is steered; a kill leaves no lock")
    func refusedAndFreed() async throws {
      let (server, player) = try await first()
      let second = try await profile.dulcet("--headless")
      #expect(second.exitStatus == 1)
      #expect(second.errors.contains("dulcet runs already (process \(player.processID))"))
      #expect(second.errors.contains("Steer it with"))
      // Another runtime directory, as after `su` or over ssh, is no way around.
      let other = try profile.start(["--headless"], environment: ["XDG_RUNTIME_DIR": profile.file("elsewhere")])
      #expect(try await other.finish() == 1)
      #expect(other.errors.contains("runs already"))

      player.signal(SIGKILL)
      _ = try await player.finish()
      let third = try await profile.headless(output: "silent")
      #expect(third.exitStatus == nil)
      #expect(third.end() == 0)
      withExtendedLifetime(server) {}
    }

    @Test("a remote control ends with an error when its player does")
    func orphaned() async throws {
      let (server, player) = try await first()
      let second = try await profile.open(columns: 100, rows: 24)
      try await second.wait(forText: "this is its remote control")
      player.signal(SIGKILL)
      _ = try await player.finish()
      #expect(try await second.finish() == 1)
      withExtendedLifetime(server) {}
    }

    @Test("kept offline it asks no server for anything, and says so; what is cached plays")
    func keptOffline() async throws {
      let (server, player) = try await first()
      let (known, unknown) = (DemoMusic.tracks[3], DemoMusic.tracks[0])
      try await eventually("it is cached") { try await profile.cache().whole >= 1 }
      #expect(player.end() == 0)
      try await server.waitUntilLeft()
      let before = server.log.count

      let terminal = try await profile.open("--offline", "--output", "silent", columns: 120, rows: 30)
      try await terminal.wait(forText: "kept offline")
      try await profile.play(known.title)
      try await profile.wait(for: "what is cached plays") { $0.state == "playing" && $0.offline && $0.position > 0.2 }
      try await profile.say("play", unknown.title)
      try await terminal.wait(forText: "is not cached")
      _ = try await profile.dulcet("sync")
      try await server.waitUntilLeft()
      #expect(server.log.count == before)

      // Back online by a word; the wish of the command line was for one run.
      try await profile.say("offline", "off")
      try await profile.wait(for: "online") { !$0.offline }
      try await eventually("the server is asked again") { server.log.count > before }
      try await profile.say("offline", "on")
      try await profile.wait(for: "offline") { $0.offline }
      try await terminal.press("q")
      #expect(try await terminal.finish() == 0)
      // The setting is kept.
      try await server.waitUntilLeft()
      let later = server.log.count
      let again = try await profile.headless(output: "silent")
      #expect(try await profile.status().offline)
      #expect(again.end() == 0)
      try await server.waitUntilLeft()
      #expect(server.log.count == later)
    }
  }
}
