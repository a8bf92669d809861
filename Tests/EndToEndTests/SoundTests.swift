import Fixtures
import Foundation
import Testing

/// What reaches the card is what the `mpg123` program decodes from the same files, sample for sample.
extension EndToEnd {
  @Suite(.serialized)
  struct Sound {
    /// The queue of each album, as the sound of one format after another.
    static func expected(_ album: [DemoTrack]) async throws -> [(format: String, samples: Data)] {
      var runs: [(format: String, samples: Data)] = []
      for track in album {
        let format = "\(track.rate)-\(track.channels)-S16_LE"
        let samples = try await decodedByMpg123(track.path)
        if runs.last?.format == format {
          runs[runs.count - 1].samples += samples
        } else {
          runs.append((format, samples))
        }
      }
      return runs
    }

    /// Recordings of one format that follow each other, as one.
    private static func joined(_ recordings: [(format: String, samples: Data)]) -> [(format: String, samples: Data)] {
      recordings.reduce(into: []) { runs, next in
        if runs.last?.format == next.format {
          runs[runs.count - 1].samples += next.samples
        } else {
          runs.append(next)
        }
      }
    }

    static let albums = [DemoMusic.harbourLights, DemoMusic.nightTrain, DemoMusic.moonGarden]

    @Test("what ALSA gets is what mpg123 decodes, tracks joined without a sample between", arguments: albums)
    func throughALSA(album: [DemoTrack]) async throws {
      let server = try await DemoServer()
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = try SoundCapture()
      let player = try await profile.headless(environment: card.environment)
      try await profile.play(album[0].album)
      try await profile.wait(for: "the album is over") { $0.state == "stopped" && $0.entries == album.count }
      player.end()
      // Nothing paces this card: a track can be over before the next is named, and the device is then opened once more.
      let heard = Self.joined(card.recordings.map { ($0.format, $0.samples) })
      let expected = try await Self.expected(album)
      try #require(heard.map(\.format) == expected.map(\.format))
      for (heard, expected) in zip(heard, expected) {
        #expect(heard.samples.count == expected.samples.count)
        #expect(heard.samples == expected.samples)
      }
    }

    @Test("the gapless pair is one piece: nothing added or lost at its joint")
    func gaplessPair() async throws {
      let (first, second) = DemoMusic.gaplessPair
      let joined = try await Self.expected([first, second])
      #expect(joined.count == 1)
      // What the album's test compares is the composed length to the frame.
      #expect(joined[0].samples.count == (first.frames + second.frames) * 4)
    }

    @Test("a WAV file holds the same samples, one file for each format", arguments: albums)
    func throughWAV(album: [DemoTrack]) async throws {
      let server = try await DemoServer()
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "wav:" + profile.file("heard.wav"))
      try await profile.play(album[0].album)
      try await profile.wait(for: "the album is over") { $0.state == "stopped" && $0.entries == album.count }
      player.end()
      for (index, run) in try await Self.expected(album).enumerated() {
        let name = index == 0 ? "heard.wav" : "heard-\(index + 1).wav"
        let file = try Data(contentsOf: URL(fileURLWithPath: profile.file(name)))
        #expect(file.dropFirst(44) == run.samples)
        // The header says how much there is.
        #expect(file[40..<44].reversed().reduce(0) { $0 << 8 | Int($1) } == run.samples.count)
      }
    }

    @Test("a card paced by the clock gets an album as one piece")
    func throughPacedCard() async throws {
      let server = try await DemoServer()
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)
      let card = PacedCard(file: profile.file("heard"))
      let player = try await profile.headless(output: card.output, environment: card.environment)
      let album = DemoMusic.harbourLights
      try await profile.play(album[0].album)
      let status = try await profile.wait(for: "the album is over") {
        $0.state == "stopped" && $0.entries == album.count
      }
      #expect(player.end() == 0)
      #expect(status.output?.kind == "alsa")
      let expected = try await Self.expected(album)
      #expect(expected.count == 1 && card.samples == expected[0].samples)
    }
  }
}

/// The fake card at twenty times the usual pace, for a player that runs beside the test.
struct PacedCard {
  let file: String
  var speed = 20.0

  var output: String { "alsa:" + SoundCards.shared.card(capturing: file, speed: speed) }
  var environment: [String: String] { ["ALSA_CONFIG_PATH": SoundCards.shared.configurationPath] }
  var samples: Data { (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data() }
}
