import Core
import Music
import TUI
import Testing

@Suite("Keeping music here")
struct DownloadsTests {
  private func report(_ pins: Set<PinTarget>, rows: Int = 0) -> DownloadsReport {
    var report = DownloadsReport()
    report.pins = pins
    report.count = rows
    report.rows = Listener.tracks.prefix(rows).map {
      .init(id: $0.id, title: $0.title, artist: $0.artist, progress: .waiting)
    }
    return report
  }

  @Test("w pins the row, whatever it is, and takes the pin away again")
  func toggle() {
    var listener = Listener()
    #expect(listener.press("w") == [.pin([.artist(ArtistID(1))], on: true)])
    listener.send(.downloads(report([.artist(ArtistID(1))])))
    #expect(listener.press("w") == [.pin([.artist(ArtistID(1))], on: false)])
    #expect(listener.press("l", "w") == [.pin([.album(AlbumID(10))], on: true)])
    listener.press("3")
    #expect(listener.press("w") == [.pin([.playlist(PlaylistID(1))], on: true)])
  }

  @Test("of several marked rows pins those that are not yet")
  func several() {
    var listener = Listener()
    listener.send(.downloads(report([.track(TrackID(1))])))
    listener.press("l", "l", "v", "v")
    #expect(listener.press("w") == [.pin([.track(TrackID(2))], on: true)])
    #expect(listener.run("pin off") == [])
  }

  @Test("of everything starred is one command")
  func starred() {
    var listener = Listener()
    #expect(listener.run("pin starred") == [.pin([.starred], on: true)])
    listener.send(.downloads(report([.starred])))
    #expect(listener.run("pin starred on") == [])
    #expect(listener.run("pin starred") == [.pin([.starred], on: false)])
  }

  @Test("follows the catalogue only while something is pinned")
  func following() {
    var listener = Listener()
    #expect(!listener.send(.catalogueChanged).contains(.refreshPins))
    listener.send(.downloads(report([.playlist(PlaylistID(1))])))
    #expect(listener.send(.catalogueChanged).contains(.refreshPins))
    #expect(listener.send(.edited(.star(.track(TrackID(1)), true), created: nil)).contains(.refreshPins))
  }

  @Test("keeps the cursor on its row while others come to their end, and steers the list")
  func steering() {
    var listener = Listener()
    listener.send(.downloads(report([.track(TrackID(3)), .album(AlbumID(10))], rows: 5)))
    listener.press("5", "j", "j")
    var fewer = report([.track(TrackID(3)), .album(AlbumID(10))], rows: 5)
    fewer.rows.removeFirst()
    listener.send(.downloads(fewer))
    #expect(listener.state.downloads.list.cursor == 1)
    #expect(listener.press("enter") == [.downloadFirst([TrackID(3)])])
    #expect(listener.press("d") == [.pin([.track(TrackID(3))], on: false)])
    listener.press("j")
    #expect(listener.press("d") == [])
    #expect(listener.notice?.contains("because its album") == true)
    #expect(listener.press("^t") == [.downloads(.pause)])
    #expect(listener.press("^t") == [.downloads(.resume)])
    #expect(listener.run("downloads retry") == [.downloads(.retry)])
  }

  @Test("one key lets all transfers wait and go on, also while nothing is pinned; the bar says so")
  func pausing() {
    var listener = Listener()
    #expect(listener.press("^t") == [.downloads(.pause)])
    #expect(listener.state.outboxWord == "transfers wait")
    listener.press("w")
    #expect(listener.notice == "It will be downloaded, once transfers go on, and kept on this computer.")
    #expect(listener.press("^t") == [.downloads(.resume)])
    #expect(listener.state.outboxWord == nil)
  }

  @Test(
    "reads and prints its commands",
    arguments: [
      "pin", "pin on", "pin starred", "pin starred off", "downloads retry", "downloads first", "view downloads",
    ])
  func texts(line: String) throws {
    #expect(try Command(parsing: line).description == line)
  }

  @Test("refuses what it does not know", arguments: ["pin everything", "pin starred perhaps", "downloads faster"])
  func badTexts(line: String) {
    #expect(throws: CommandError.self) { try Command(parsing: line) }
  }
}
