import Fixtures
import Foundation
import Testing

/// What the other tests lean on.
extension EndToEnd {
  @Suite(.serialized)
  struct Harness {
    @Test("the demo music decodes to exactly the frames that were composed", arguments: DemoMusic.tracks)
    func composedFrames(track: DemoTrack) async throws {
      let samples = try await decodedByMpg123(track.path)
      #expect(samples.count == track.frames * track.channels * 2)
    }

    @Test("the gapless pair is one piece of 44.5 seconds")
    func gaplessPair() {
      let (first, second) = DemoMusic.gaplessPair
      #expect(first.frames + second.frames == 44100 * 89 / 2)
    }

    @Test("a card that keeps what it is given keeps every sample of every opening")
    func soundCapture() async throws {
      let card = try SoundCapture()
      let (stereo, mono) = (DemoMusic.tracks[3], DemoMusic.tracks[5])
      for track in [stereo, mono] {
        _ = try await Program.run(
          "mpg123", ["-q", "-o", "alsa", track.path], environment: card.environment.mapValues { $0 })
      }
      let heard = card.recordings
      try #require(heard.map(\.format) == ["44100-2-S16_LE", "22050-1-S16_LE"])
      #expect(heard[0].samples == (try await decodedByMpg123(stereo.path)))
      #expect(heard[1].samples == (try await decodedByMpg123(mono.path)))
    }

    @Test("a terminal shows what a program writes, takes keys, changes its size and knows how it ended")
    func terminal() async throws {
      let terminal = try await Tmux(
        ["sh", "-c", "echo \"$TERM\"; read word; echo got 月 $word; stty size; exit 3"], columns: 60, rows: 12,
        terminal: "xterm")
      try await terminal.wait(forText: "xterm")
      try await terminal.resize(columns: 44, rows: 9)
      try await terminal.type("naïve 庭")
      try await terminal.press("Enter")
      let screen = try await terminal.wait(forText: "9 44")
      #expect(screen.lines.count == 9)
      #expect(screen.contains("got 月 naïve 庭"))
      #expect(try await terminal.finish() == 3)
    }

    @Test("a program's output, errors, input and end are known; one that runs on is ended")
    func programs() async throws {
      let program = try Program("sh", ["-c", "cat; echo $WORD >&2; exit 7"], environment: ["WORD": "x"], input: "in")
      #expect(try await program.finish() == 7)
      #expect(program.text == "in")
      #expect(program.errors == "x\n")
      let endless = try Program("sleep", ["1000"])
      await #expect(throws: TimedOut.self) { try await endless.finish(within: .milliseconds(100)) }
      #expect(endless.exitStatus == 137)
      #expect(throws: Program.Failed.self) { try Program("/no/such/program") }
    }

    @Test("supysonic serves the demo music", .enabled(if: Supysonic.isInstalled, "make test fetches it"))
    func supysonic() async throws {
      let server = try await Supysonic()
      let query = "?u=\(server.user)&p=\(server.password)&c=test&v=1.12.0&f=json&query="
      let answer = try await Program.run("curl", ["-sf", server.url + "/rest/search3" + query + "&songCount=500"]).text
      #expect(answer.components(separatedBy: "\"contentType\":\"audio/mpeg\"").count == DemoMusic.tracks.count + 1)
      server.stop()
      try await eventually("nobody listens there any more") {
        try await Program("curl", ["-sf", server.url]).finish() == 7
      }
    }

    @Test("the server serves the demo music to its user and logs what it sent")
    func embeddedServer() async throws {
      let server = try await DemoServer()
      let query = "?u=\(server.user)&p=analytical%20engine&c=test&v=1.16.1&f=json&query=&songCount=500"
      try await eventually("the folder is scanned") {
        let answer = try await Program.run("curl", ["-sf", server.url + "/rest/search3" + query]).text
        return answer.components(separatedBy: "\"contentType\":\"audio/mpeg\"").count == DemoMusic.tracks.count + 1
      }
      try await eventually("it is logged") { server.log.contains { $0.contains("GET search3 user=ada status=200") } }
    }
  }
}
