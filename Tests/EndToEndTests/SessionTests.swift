import Fixtures
import Foundation
import Testing

/// Queue, place and modes outlive the player, however it ends.
extension EndToEnd {
  @Suite(.serialized)
  struct Session {
    let profile = Profile()

    @Test("after kill -9, and after quitting, the queue is there again, paused at the place")
    func comesBack() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      var player = try await profile.headless(output: "silent")
      try await profile.play("Harbour Lights")
      try await profile.say("shuffle", "albums")
      try await profile.say("repeat", "all")
      try await profile.say("next")
      try await profile.say("seek", "7")
      try await profile.wait(for: "music at the place") { $0.place == 2 && $0.position > 7.1 && $0.state == "playing" }
      // A pause is kept at once, a changed queue after a moment.
      try await Task.sleep(for: .seconds(3))
      try await profile.say("pause", "on")
      var before = try await profile.status()
      try await eventually("it is written") {
        before = try await profile.status()
        return try placeIsKept(Int((before.position * 1000).rounded()))
      }
      #expect(player.end(with: SIGKILL) == 128 + SIGKILL)

      player = try await profile.headless(output: "silent")
      let after = try await profile.wait(for: "the session") { $0.entries == 4 }
      #expect(after.state == "paused" && after.place == 2 && after.shuffle)
      #expect(after.track?.title == before.track?.title)
      #expect(abs(after.position - before.position) < 0.01)
      try await profile.say("play")
      try await profile.wait(for: "it goes on there") { $0.state == "playing" && $0.position > before.position + 0.2 }
      try await profile.say("previous")
      try await profile.wait(for: "its start") { $0.place == 2 && $0.position < before.position }
      #expect(player.end() == 0)

      player = try await profile.headless(output: "silent")
      let again = try await profile.wait(for: "the session again") { $0.entries == 4 }
      #expect(again.state == "paused" && again.place == 2)
      #expect(player.end() == 0)
      server.stop()
    }

    /// Whether the database holds this position, in ms.
    private func placeIsKept(_ position: Int) throws -> Bool {
      let program = try Program(
        "python3",
        [
          "-c",
          "import sqlite3,sys;print(sqlite3.connect(sys.argv[1]).execute('SELECT position FROM session_place').fetchone())",
          profile.file("data/dulcet/library.sqlite"),
        ])
      program.end(with: 0)
      return program.text.contains("(\(position),)")
    }

    @Test("dragging over a long track asks the server for the place where it ends, not for those between")
    func dragging() async throws {
      let music = MadeMusic()
      let path = try await music.add("Long Noise", seconds: 300)
      let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
      let server = try await DemoServer(music: music.folder, options: ["--limit-rate", "64"])
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "silent")
      try await profile.play("Long Noise")
      try await profile.wait(for: "sound") { $0.position > 0.2 }
      let answers = try saying((60...200).map { "seek \($0)" })
      #expect(answers == 141)
      try await profile.wait(for: "the place") { $0.position > 200 && $0.state == "playing" && $0.position < 230 }
      #expect(player.end() == 0)
      try await server.waitUntilLeft()
      try await eventually("the requests are logged") { server.mediaRequests.count >= 2 }
      // One from the start, one from the place; a third where they meet.
      let starts = server.mediaRequests.map(\.range.lowerBound).sorted()
      #expect(starts.count <= 3, "\(starts)")
      #expect(starts.filter { $0 > size / 10 && $0 < size / 2 }.isEmpty, "\(starts) of \(size)")
      server.stop()
    }

    /// Says all of it at once; returns how many lines were answered.
    private func saying(_ lines: [String]) throws -> Int {
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = Array(profile.file("run/dulcet/control").utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(connected == 0)
      let text = Array(lines.map { $0 + "\n" }.joined().utf8)
      try #require(send(descriptor, text, text.count, 0) == text.count)
      var answers = 0
      var buffer = [UInt8](repeating: 0, count: 4096)
      while answers < lines.count {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        answers += buffer[..<count].count { $0 == UInt8(ascii: "\n") }
      }
      return answers
    }
  }
}
