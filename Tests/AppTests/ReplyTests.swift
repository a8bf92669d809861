import Music
import Testing

@testable import App
@testable import Core

@Suite("What the shell is answered")
struct ReplyTests {
  private var report: StatusReport {
    StatusReport(
      state: .playing, track: Track(id: TrackID(1), origin: .local, remoteID: "a", title: "東京の\"夜\"", artist: "A\nB"),
      position: .milliseconds(61_250), duration: .seconds(240), isBuffering: false, volume: 80, shuffleMode: .tracks,
      repeatMode: .all, isOffline: true, underruns: 2,
      output: OutputDescription(kind: .alsa, device: "default", rate: 44100, channels: 2, format: "S16_LE"), place: 3,
      entryCount: 12, account: "bob@m.example.org")
  }

  @Test("a status is one line of JSON that reads back the same")
  func roundTrip() throws {
    let line = ReplyLine(.status(report)).text
    #expect(!line.contains("\n"))
    let status = try #require(ReplyLine(parsing: line)?.status)
    #expect(status == StatusLine(report))
    #expect(status.position == 61.25)
    #expect(status.track?.title == "東京の\"夜\"")
    #expect(status.output?.rate == 44100)
  }

  @Test("for people it is two lines of words")
  func words() {
    #expect(
      StatusLine(report).text
        == "playing: 東京の\"夜\" – A B\n1:01 of 4:00, 3 of 12, volume 80, shuffle, repeat all, offline, 2 underruns")
  }

  @Test("an error carries its sentence")
  func failure() {
    #expect(ReplyLine(parsing: ReplyLine(.failed("No.")).text)?.error == "No.")
    #expect(ReplyLine(parsing: "{") == nil)
  }
}
