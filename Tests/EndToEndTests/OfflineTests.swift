import Fixtures
import Foundation
import Testing

/// What was heard plays again with no network; what was not is refused in words.
extension EndToEnd {
  @Suite(.serialized)
  struct Offline {
    let profile = Profile()

    /// A player on a screen, whose sound goes to a file at twenty times the usual pace.
    private func open(_ card: PacedCard) async throws -> Tmux {
      try await profile.open("--output", card.output, columns: 120, rows: 30, environment: card.environment)
    }

    private func hear(_ title: String, on card: PacedCard) async throws -> Data {
      try? FileManager.default.removeItem(atPath: card.file)
      try await profile.play(title)
      try await profile.wait(for: "“\(title)” is over") { $0.state == "stopped" }
      return card.samples
    }

    @Test("a track heard once plays again without the server; one never fetched is refused; the server comes back")
    func serverGoesAndComesBack() async throws {
      var server = try await DemoServer(port: freePort())
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = PacedCard(file: profile.file("heard"))
      let terminal = try await open(card)
      let (known, unknown) = (DemoMusic.tracks[3], DemoMusic.tracks[0])
      let expected = try await decodedByMpg123(known.path)
      #expect(try await hear(known.title, on: card) == expected)

      server.stop()
      #expect(try await hear(known.title, on: card) == expected)
      try await profile.say("play", unknown.title)
      try await terminal.wait(forText: "“Ebb” is not cached, and the server cannot be reached.")
      try await profile.wait(for: "it is offline and plays nothing") { $0.offline && $0.state == "paused" }
      try await profile.say("stop")
      try await terminal.wait(for: "the bar says offline") { $0.lines.suffix(5).contains { $0.contains(" offline") } }
      #expect(try await hear(known.title, on: card) == expected)

      server = try await DemoServer(port: server.port)
      try await terminal.wait(forText: "The server is back: online again.", within: .seconds(120))
      try await profile.wait(for: "it is online") { !$0.offline }
      let other = try await decodedByMpg123(unknown.path)
      #expect(try await hear(unknown.title, on: card) == other)
      try await terminal.press("q")
      #expect(try await terminal.finish() == 0)
    }

    @Test("with no network from the start the library is there, and what is cached plays")
    func noNetworkAtStart() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = PacedCard(file: profile.file("heard"))
      let player = try await profile.headless(output: card.output, environment: card.environment)
      let track = DemoMusic.tracks[5]
      let expected = try await decodedByMpg123(track.path)
      #expect(try await hear(track.title, on: card) == expected)
      #expect(player.end() == 0)
      server.stop()

      let terminal = try await open(card)
      try await terminal.wait(for: "library and state") { screen in
        screen.contains("Lantern Quay Ensemble") && screen.contains("三日月小楽団") && screen.contains("offline")
      }
      #expect(try await hear(track.title, on: card) == expected)
      // Rows: the cached one has its mark, the others a sign that they cannot be had.
      try await terminal.type("/Снег")
      try await terminal.wait(for: "the cached track") { $0.line(with: "Снег над рекой")?.contains("●") ?? false }
      try await terminal.press("C-u")
      try await terminal.type("Ebb")
      try await terminal.wait(for: "the other track") { $0.line(with: "Harbour Lights")?.contains("×") ?? false }
      try await terminal.press("Enter", "q")
      #expect(try await terminal.finish() == 0)
    }

    @Test("a half-fetched track plays as far as it goes, and says why it stops there")
    func halfFetched() async throws {
      let music = MadeMusic()
      let path = try await music.add("Long Noise", seconds: 60)
      let server = try await DemoServer(music: music.folder, options: ["--limit-rate", "128"])
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = PacedCard(file: profile.file("heard"))
      let terminal = try await open(card)
      try await profile.play("Long Noise")
      try await eventually("two chunks are stored") { try await profile.cache().bytes >= 512 * 1024 }
      server.stop()
      let whole = try await decodedByMpg123(path)
      try await checkCut(terminal, card, whole)
      #expect(try await profile.cache().partial == 1)
      try await terminal.press("q")
      #expect(try await terminal.finish() == 0)

      // And again in a player that never saw the server.
      try FileManager.default.removeItem(atPath: card.file)
      let second = try await open(card)
      try await profile.play("Long Noise")
      try await checkCut(second, card, whole)
    }

    /// The notice names the second up to which it played; the samples up to there are the track's.
    private func checkCut(_ terminal: Tmux, _ card: PacedCard, _ whole: Data) async throws {
      let screen = try await terminal.wait(forText: "“Long Noise” stops at 0:", within: .seconds(120))
      #expect(screen.contains("the rest is not cached, and the server cannot be reached."))
      try await profile.wait(for: "it stopped") { $0.state == "paused" && $0.offline }
      let heard = card.samples
      #expect(heard == whole.prefix(heard.count))
      let line = try #require(screen.line(with: "stops at 0:"))
      let second = try #require(Int(line.components(separatedBy: "stops at 0:")[1].prefix(2)))
      #expect(second == heard.count / 4 / 44100)
      // Two chunks and more were there: 13 seconds and more.
      #expect(second >= 512 * 1024 / 40000 && second < 60)
    }
  }
}
