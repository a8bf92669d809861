import Fixtures
import Foundation
import Testing

/// The player without a screen to draw on: commands in, sentences out.
extension EndToEnd {
  @Suite(.serialized)
  struct LineMode {
    let profile = Profile()

    private func visit() async throws -> Visit {
      let player = try #require(Repository.product("dulcet"))
      return try await Visit(
        // The shell around it outlives a ^C.
        "trap : INT; \(player) --plain --output silent", columns: 100, rows: 40, terminal: "dumb",
        environment: profile.environment)
    }

    @Test("lines from a pipe are done one after another, and told in sentences")
    func pipe() async throws {
      let lines = ["demo", "search étoilé", "add 1", "queue", "view library", "show 2", "dance", "status"]
      let program = try profile.start(["--plain", "--output", "silent"], input: lines.joined(separator: "\n"))
      #expect(try await program.finish() == 0)
      let told = program.text.split(separator: "\n").map(String.init)
      let expected = [
        "The library is up to date: 10 new.", "Found for “étoilé”, 1 row:",
        "1. Track Café étoilé à Orléans by Lantern Quay Ensemble, from Harbour Lights, 0:26",
        "Added “Café étoilé à Orléans” to the queue.", "Queue, 1 row:", "Artists, 3 rows:",
        "Albums of Трио «Синева», 1 row:", "There is no command “dance”. “help” tells which there are.",
        "Nothing is playing. The queue has 1 track.",
      ]
      let places = expected.map { told.firstIndex(of: $0) }
      #expect(!places.contains(nil), "\(program.text)")
      #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted(), "\(program.text)")
      #expect(!program.output.contains { $0 < 0x20 && $0 != 0x0A })
      #expect(program.errors.isEmpty)
    }

    @Test("music that a pipe asks for plays to its end, then the player ends; what was played is kept")
    func music() async throws {
      let lines = "demo\nplay шить\nplay Ebb\nvolume 30\n"
      let program = try profile.start(["--plain", "--output", "silent"], input: lines)
      try await eventually("the player answers") {
        guard program.exitStatus == nil else { throw Program.Failed(description: program.text + program.errors) }
        return try await profile.dulcet("status").exitStatus == 0
      }
      do {
        try await profile.wait(for: "music") { $0.state == "playing" && $0.track?.title == "Ebb" }
        try await profile.say("seek", "95%")
      } catch {
        Issue.record("What it said:\n\(program.text)\(program.errors)")
        throw error
      }
      #expect(try await program.finish() == 0)
      #expect(program.text.contains("Nothing in the library matches “шить”."))
      #expect(program.text.contains("Playing “Ebb” by Lantern Quay Ensemble, from “Harbour Lights”.\n"))
      let again = try await profile.dulcet("--plain", "--output", "silent", input: "queue\nstatus\n")
      #expect(again.text.contains("1. Ebb by Lantern Quay Ensemble, 0:21"))
    }

    @Test("a damaged library is told of once, is not taken for an empty one, and is a failure")
    func damaged() async throws {
      #expect(try await profile.dulcet("--plain", "--output", "silent", input: "demo\n").exitStatus == 0)
      let library = profile.file("data/dulcet/library.sqlite")
      var bytes = try Data(contentsOf: URL(fileURLWithPath: library))
      for place in 0..<min(65_536, bytes.count) { bytes[place] = UInt8.random(in: 0...255) }
      try bytes.write(to: URL(fileURLWithPath: library))
      let told = try await profile.dulcet("--plain", "--output", "silent", input: "search flow\n")
      #expect(told.exitStatus == 1)
      #expect(told.text.components(separatedBy: "The database is damaged").count == 2, "\(told.text)")
      #expect(told.text.contains("Found for “flow”: this could not be read."))
      #expect(!told.text.contains("SQLite"))
    }

    @Test("without Unicode it keeps to ASCII")
    func ascii() async throws {
      let program = try profile.start(
        ["--plain", "--output", "silent"], input: "demo\nsearch ebb\nplay \u{1B}[31m\n", environment: ["LC_ALL": "C"])
      #expect(try await program.finish() == 0)
      #expect(program.text.contains("Found for \"ebb\", 1 row:"))
      #expect(!program.output.contains { $0 > 0x7E || ($0 < 0x20 && $0 != 0x0A) })
    }

    @Test("a listener types, on the simplest of terminals; the password is not seen")
    func typed() async throws {
      let server = try await DemoServer()
      let visit = try await visit()
      let tmux = visit.tmux
      func type(_ line: String) async throws {
        try await tmux.type(line)
        try await tmux.press("Enter")
      }
      try await tmux.wait(forText: "There is no account yet.")
      try await type("login")
      try await tmux.wait(forText: "Address of the server")
      try await type(server.url)
      try await tmux.wait(forText: "User name")
      try await type(server.user)
      try await tmux.wait(forText: "Password:")
      try await type(server.password)
      try await tmux.wait(forText: "The library is up to date: 10 new.")
      #expect(try await !tmux.screen().contains("engine"))
      try await type("play flow")
      try await tmux.wait(forText: "Playing “Flow” by Lantern Quay Ensemble")
      try await type("clear")
      try await tmux.wait(forText: "Empty the queue of 1 track? (y/n)")
      try await type("y")
      try await tmux.wait(forText: "The queue has 0 tracks.")
      try await tmux.press("C-d")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("^C and a signal end it cleanly, also while a password is typed", arguments: ["C-c", "TERM"])
    func ends(how: String) async throws {
      let visit = try await visit()
      try await visit.tmux.wait(forText: "There is no account yet.")
      for line in ["login", "127.0.0.1:1", "bob"] {
        try await visit.tmux.type(line)
        try await visit.tmux.press("Enter")
      }
      try await visit.tmux.wait(forText: "Password:")
      if how == "TERM" {
        kill(try await visit.commandID(), SIGTERM)
      } else {
        try await visit.tmux.press(how)
      }
      #expect(try await visit.end() == 0)
    }

    @Test("a terminal that cannot draw is told of it")
    func dumb() async throws {
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit("TERM=dumb \(player)", environment: profile.environment)
      try await visit.tmux.wait(forText: "“dulcet --plain”")
      #expect(try await visit.end() == 1)
    }
  }
}
