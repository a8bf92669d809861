import Core
import Music
import Testing

@Suite("The downloads' screen")
struct DownloadsScreenTests {
  private func evening(columns: Int, rows: Int = 24) -> Evening {
    var evening = Evening(columns: columns, rows: rows)
    var report = DownloadsReport()
    report.pins = [.album(AlbumID(1))]
    report.count = 12
    report.whole = 3
    report.bytes = 31 << 20
    report.missingBytes = 90 << 20
    report.bytesPerSecond = 1 << 20
    report.rows = [
      .init(id: TrackID(1), title: "One", artist: "Aurora", progress: .active(held: 4_000_000, size: 8_000_000)),
      .init(id: TrackID(2), title: "Two", artist: "Aurora", progress: .failed("the server refused it: no such file")),
      .init(id: TrackID(4), title: "夜の散歩", artist: "Björk", progress: .waiting),
    ]
    evening.send(.downloads(report))
    evening.press("5")
    return evening
  }

  @Test("tells how much is here, how fast the rest comes, and why some cannot")
  func wide() {
    let screen = evening(columns: 80).screen
    #expect(screen.contains("Downloads · 3 of 12 tracks · 31.0 MiB · 1.0 MiB/s · 1:30 left"))
    #expect(screen.contains("↓ One"))
    #expect(screen.contains("50 %"))
    #expect(screen.contains("! Two"))
    #expect(screen.contains("the server refused it"))
    #expect(screen.contains("夜の散歩"))
  }

  @Test("promises no end and no bytes once transfers wait, the server is away, or nothing was heard for some seconds")
  func nothingComes() {
    var paused = evening(columns: 80)
    paused.run("downloads pause")
    #expect(paused.screen.contains("Downloads · 3 of 12 tracks · 31.0 MiB · waiting"))
    #expect(!paused.screen.contains("↓") && paused.screen.contains("One"))
    var offline = evening(columns: 80)
    offline.send(.connectivity(.offline(reason: "no answer")))
    #expect(offline.screen.contains("Downloads · 3 of 12 tracks · 31.0 MiB · offline"))
    #expect(!offline.screen.contains("↓") && !offline.screen.contains("left"))
    var silent = evening(columns: 80)
    let start = silent.state.now
    silent.send(.clock(Timestamp(seconds: start.seconds + 4)))
    #expect(silent.screen.contains("1.0 MiB/s · 1:30 left"))
    #expect(silent.state.wantsClock)
    silent.send(.clock(Timestamp(seconds: start.seconds + 5)))
    #expect(!silent.screen.contains("left") && !silent.screen.contains("MiB/s"))
  }

  @Test("fits forty columns")
  func narrow() {
    let lines = evening(columns: 40, rows: 10).lines
    #expect(lines.contains { $0.contains("3 of 12 tracks · 31.0 MiB") })
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test("says how to begin where nothing is kept")
  func empty() {
    var evening = Evening()
    evening.press("5")
    #expect(evening.screen.contains("w on a track, album, artist or playlist fetches it"))
  }

  @Test("pinned albums and kept tracks carry a sign")
  func signs() {
    var evening = evening(columns: 120, rows: 30)
    evening.press("1")
    #expect(evening.screen.contains("◆"))
  }
}
