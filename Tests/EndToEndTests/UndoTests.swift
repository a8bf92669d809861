import Fixtures
import Foundation
import Testing

/// What was done is taken back: after a restart, with no network, and on the server when it is back.
extension EndToEnd {
  @Suite(.serialized)
  struct Undoing {
    let profile = Profile()

    /// How many tracks the server's playlist holds; nil where there is no such list.
    private func count(of name: String, on server: DemoServer) async throws -> Int? {
      let query = "?u=\(server.user)&p=analytical%20engine&c=test&v=1.16.1&f=json"
      let answer = try await Program.run("curl", ["-sf", server.url + "/rest/getPlaylists" + query]).text
      let parts = answer.components(separatedBy: "\"name\":\"\(name)\"")
      guard parts.count > 1, let number = parts[1].components(separatedBy: "\"songCount\":").dropFirst().first else {
        return parts.count > 1 ? 0 : nil
      }
      return Int(number.prefix { $0.isNumber })
    }

    private func see(_ expected: Int?, _ server: DemoServer) async throws {
      try await eventually("the server’s playlist holds \(expected.map(String.init) ?? "nothing: it is gone")") {
        try await count(of: "Road", on: server) == expected
      }
    }

    @Test("what was done online is undone offline after a restart, and on the server when it is back")
    func acrossRestarts() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let first = try await profile.open(columns: 100, rows: 30)
      try await first.wait(forText: "Lantern Quay Ensemble")
      try await profile.say("playlist", "new", "Road")
      try await first.wait(forText: "The playlist “Road” is made.")
      try await first.type("/Ebb")
      try await first.wait(for: "the track") { $0.line(with: "Lantern Quay Ensemble")?.contains("Ebb") ?? false }
      try await first.press("Enter", "y")
      try await first.wait(forText: "is noted")
      try await profile.say("view", "playlists")
      try await first.wait(forText: "Nothing in it yet")
      try await first.press("p")
      try await first.wait(forText: "Added 1 track to “Road”.")
      try await see(1, server)
      try await first.wait(for: "its row") { $0.lines.dropFirst(3).contains { $0.contains("Ebb") } }
      try await first.press("l", "d")
      try await see(0, server)
      try await first.press("q")
      #expect(try await first.finish() == 0)

      let second = try await profile.open("--offline", columns: 100, rows: 30)
      try await second.wait(forText: "offline")
      try await second.press("u")
      try await second.wait(forText: "1 track is in “Road” again.")
      try await second.type(":outbox")
      try await second.press("Enter")
      try await second.wait(forText: "The tracks of “Road”")
      try await second.type(":history")
      try await second.press("Enter")
      try await second.wait(forText: "Removed 1 track from “Road”")
      try await second.press("q")
      #expect(try await second.finish() == 0)
      #expect(try await count(of: "Road", on: server) == 0)

      let third = try await profile.open(columns: 100, rows: 30)
      try await third.wait(forText: "Lantern Quay Ensemble")
      try await see(1, server)
      try await third.press("u", "u")
      try await third.wait(forText: "The playlist “Road” is gone again.")
      try await see(nil, server)
      try await third.press("C-r", "C-r", "C-r")
      try await see(0, server)
      try await third.press("q")
      #expect(try await third.finish() == 0)
    }

    @Test("a queue that was emptied is back after a restart, where the music was")
    func queue() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let first = try await profile.open("--output", "silent", columns: 100, rows: 30)
      try await first.wait(forText: "Lantern Quay Ensemble")
      try await first.press("l", "l", "Enter")
      try await profile.wait(for: "it plays") { $0.state == "playing" }
      let before = try await profile.status()
      try await profile.say("clear")
      try await profile.wait(for: "it is empty") { $0.entries == 0 }
      try await first.press("q")
      #expect(try await first.finish() == 0)

      let second = try await profile.open("--output", "silent", columns: 100, rows: 30)
      try await second.wait(forText: "Lantern Quay Ensemble")
      try await second.press("u")
      try await profile.wait(for: "the queue is back") { $0.entries == before.entries && $0.place == before.place }
      try await second.press("q")
      #expect(try await second.finish() == 0)
    }

    @Test("a list goes to the editor, and the terminal comes back whole")
    func editor() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let turned = profile.file("turned")
      let script =
        "#!/bin/sh\ntput clear\nprintf 'the editor is here'\nread answer\n"
        + "{ grep '^##' \"$1\"; grep -v '^##' \"$1\" | tac; } > \(turned) && cat \(turned) > \"$1\"\n"
      let editor = profile.file("editor")
      try script.write(toFile: editor, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
      let terminal = try await profile.open(
        "--output", "silent", columns: 100, rows: 30, environment: ["EDITOR": editor, "VISUAL": ""])
      try await terminal.wait(forText: "Lantern Quay Ensemble")
      try await terminal.press("l", "l", "Enter")
      try await profile.wait(for: "it plays") { $0.state == "playing" }
      let before = try await profile.status()
      // However long the editor takes: the same track plays.
      try await profile.say("repeat", "one")
      try await profile.say("view", "queue")
      try await terminal.type(":edit")
      try await terminal.press("Enter")
      try await terminal.wait(forText: "the editor is here")
      try await profile.say("volume", "70")
      try await terminal.press("Enter")
      try await terminal.wait(forText: "tracks now. u takes that back.")
      let last = before.entries
      try await profile.wait(for: "the list is turned round") { $0.place == last && $0.volume == 70 }
      try await terminal.press("u")
      try await profile.wait(for: "and back") { $0.place == before.place }
      try await terminal.press("q")
      #expect(try await terminal.finish() == 0)
    }
  }
}
