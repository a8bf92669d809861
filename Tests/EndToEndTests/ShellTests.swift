import Fixtures
import Foundation
import Testing

/// The player without a screen, steered from the shell.
extension EndToEnd {
  @Suite(.serialized)
  struct Shell {
    let profile = Profile()

    /// A player with the demo music, silent and at the usual pace.
    private func player() async throws -> (DemoServer, Program) {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      return (server, try await profile.headless(output: "silent"))
    }

    @Test("play, pause, seek, next, previous, volume, queue and status, from another program")
    func steering() async throws {
      let (server, player) = try await player()
      #expect(try await profile.dulcet("status").text.hasPrefix("stopped"))
      try await profile.play("Harbour Lights")
      try await profile.wait(for: "the first track sounds") { $0.track?.title == "Ebb" && $0.position > 0.3 }
      try await profile.say("pause")
      let paused = try await profile.wait(for: "a pause") { $0.state == "paused" }
      #expect(paused.entries == 4 && paused.place == 1 && paused.duration.rounded() == 21)
      try await profile.say("seek", "15")
      try await profile.wait(for: "the place") { $0.position == 15 && $0.state == "paused" }
      try await profile.say("seek", "-5")
      try await profile.wait(for: "the place before it") { $0.position == 10 && $0.state == "paused" }
      try await profile.say("play")
      try await profile.wait(for: "music again") { $0.state == "playing" && $0.position > 10.2 }
      try await profile.say("next")
      try await profile.wait(for: "the second track") { $0.track?.title == "Flow" && $0.place == 2 }
      // Three seconds into a track it is that one's start: said again at once, it is the one before.
      try await eventually("the first track") {
        try await profile.say("previous")
        return try await profile.status().place == 1
      }
      // It goes on however slow the machine is.
      try await profile.say("repeat", "one")
      try await profile.say("volume", "80")
      try await profile.say("volume", "-15")
      #expect(try await profile.status().volume == 65)
      try await profile.say("shuffle", "on")
      #expect(try await profile.status().shuffle)

      let queue = try await profile.dulcet("queue").text.split(separator: "\n")
      #expect(queue.count == 4)
      #expect(queue.contains { $0.hasPrefix("> ") && $0.hasSuffix("Ebb – Lantern Quay Ensemble") })
      let words = try await profile.dulcet("status").text
      #expect(words.hasPrefix("playing: Ebb – Lantern Quay Ensemble\n") && words.contains(" of 0:21, "))
      try await profile.say("stop")
      try await profile.wait(for: "silence") { $0.state == "stopped" }
      try await profile.say("quit")
      #expect(try await player.finish() == 0)
      server.stop()
    }

    @Test("exit codes: 0 done, 1 failed, 2 not understood")
    func exitCodes() async throws {
      #expect(try await profile.dulcet("--help").exitStatus == 0)
      #expect(try await profile.dulcet("--version").text == "dulcet 0.1.0\n")
      for words in [["dance"], ["seek", "soon"], ["--colour"], ["cache", "polish"], ["login"], ["status", "please"]] {
        let program = try profile.start(words)
        #expect(try await program.finish() == 2, "\(words)")
        #expect(program.errors.hasPrefix("dulcet: ") && program.text == "", "\(words): \(program.errors)")
      }
      let nobody = try await profile.dulcet("next")
      #expect(nobody.exitStatus == 1)
      #expect(nobody.errors == "dulcet: No player is running. Start one with “dulcet”, or “dulcet --headless”.\n")
    }

    @Test("what fails in the player fails in the shell, with the player's words")
    func failures() async throws {
      let (server, player) = try await player()
      let found = try await profile.dulcet("play", "no such thing")
      #expect(found.exitStatus == 1)
      #expect(found.errors == "dulcet: Nothing in the library matches “no such thing”.\n")
      let seek = try await profile.dulcet("seek", "+5")
      #expect(seek.exitStatus == 1)
      #expect(seek.errors == "dulcet: Nothing is playing.\n")
      #expect(player.end() == 0)
      server.stop()
    }

    @Test("there is one player: a second is refused, and SIGTERM ends the first and takes its socket away")
    func onePlayer() async throws {
      let first = try await profile.headless(output: "silent")
      let second = try await profile.dulcet("--headless")
      #expect(second.exitStatus == 1)
      #expect(second.errors.hasPrefix("dulcet: dulcet runs already"))
      let socket = profile.file("run/dulcet/control")
      let attributes = try FileManager.default.attributesOfItem(atPath: socket)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(first.end(with: SIGTERM) == 0)
      #expect(!FileManager.default.fileExists(atPath: socket))
      // One that was killed leaves its socket behind: that keeps nobody from starting.
      let third = try await profile.headless(output: "silent")
      #expect(third.end(with: SIGKILL) == 128 + SIGKILL)
      let fourth = try await profile.headless(output: "silent")
      #expect(fourth.end() == 0)
    }

    @Test("the cache is told, verified and cleared")
    func cache() async throws {
      let (server, player) = try await player()
      try await profile.play("Ebb")
      try await eventually("it is cached") { try await profile.cache().whole == 1 }
      #expect(player.end() == 0)
      server.stop()
      let facts = try await profile.cache()
      #expect(facts.partial == 0 && facts.bytes > 200_000 && facts.description.contains("of 10.0 GiB"))
      let verified = try await profile.dulcet("cache", "verify")
      #expect(verified.exitStatus == 0)
      #expect(verified.text.contains("0 damaged"))
      let refused = try await profile.dulcet("cache", "clear", input: "n\n")
      #expect(refused.exitStatus == 1)
      #expect(try await profile.cache().whole == 1)
      #expect(try await profile.dulcet("cache", "clear", input: "y\n").exitStatus == 0)
      #expect(try await profile.cache().whole == 0)
      #expect(try await profile.dulcet("cache", "clear", "--yes").exitStatus == 0)
    }

    @Test("the doctor finds nothing wrong but the missing sound card, and says when the server is gone")
    func doctor() async throws {
      let (server, player) = try await player()
      let card = ["ALSA_CONFIG_PATH": SoundCards.shared.configurationPath]
      try await eventually("the library is here") {
        try await profile.dulcet("doctor", environment: card).text.contains("library: 10 tracks")
      }
      let well = try await profile.dulcet("doctor", environment: card)
      #expect(well.exitStatus == 0, "\(well.text)")
      for line in ["ok    locale: UTF-8", "ok    player: runs and answers", "lets us in"] {
        #expect(well.text.contains(line), "\(line) in \(well.text)")
      }
      #expect(well.text.contains("ok    configuration: nothing wrong"))
      let configuration = profile.file("config/dulcet/config")
      try FileManager.default.createDirectory(
        atPath: profile.file("config/dulcet"), withIntermediateDirectories: true)
      try "bind gz next\nbind g stop\nfly away\n".write(toFile: configuration, atomically: true, encoding: .utf8)
      let puzzled = try await profile.dulcet("doctor", environment: card)
      #expect(puzzled.exitStatus == 0, "\(puzzled.text)")
      for line in ["line 2: “g” hides “gz”", "line 3: There is no command “fly”"] {
        #expect(puzzled.text.contains(line), "\(line) in \(puzzled.text)")
      }
      let deaf = try await profile.dulcet("doctor")
      #expect(deaf.exitStatus == 1)
      #expect(deaf.text.contains("FAIL  sound:"))
      player.end()
      server.stop()
      let alone = try await profile.dulcet("doctor", environment: card)
      #expect(alone.exitStatus == 1)
      #expect(alone.text.contains("FAIL  account ada@127.0.0.1: the server refuses connections"))
    }
  }
}
