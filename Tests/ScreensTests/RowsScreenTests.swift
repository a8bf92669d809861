import Core
import Foundation
import Music
import Screens
import TUI
import Testing

@Suite("Rows on the screen")
struct RowsScreenTests {
  private func column(of text: String, in evening: Evening) -> Int? {
    evening.lines.lazy.compactMap { line in
      line.range(of: text).map { columnWidth(of: String(line[..<$0.lowerBound])) }
    }.first
  }

  @Test("artists stand below one another, whether their album has a year, a star, or is kept")
  func artists() {
    var evening = Evening(columns: 120, rows: 28)
    evening.allAlbums = [
      Album(id: AlbumID(1), remoteID: "1", name: "First", artist: "Aurora", year: 1999),
      Album(id: AlbumID(2), remoteID: "2", name: "Debut", artist: "Björk"),
      Album(id: AlbumID(3), remoteID: "3", name: "Third", artist: "Cantor", isStarred: true),
      Album(id: AlbumID(4), remoteID: "4", name: "Kept", artist: "Dido"),
    ]
    evening.run("panel off")
    evening.run("library album")
    evening.press("G", "w")
    let places = ["Aurora", "Björk", "Cantor", "Dido"].map { column(of: $0, in: evening) }
    #expect(places.allSatisfy { $0 != nil && $0 == places[0] }, "\(places)")
  }

  @Test("positions count rows that the cursor can stand on, not headings")
  func positions() {
    var evening = Evening(columns: 80, rows: 24)
    evening.press("6")
    #expect(evening.screen.contains("History  1/3"))
    evening.press("G")
    #expect(evening.screen.contains("History  3/3"))
    evening.press("&")
    evening.type("two")
    #expect(evening.screen.contains("1/1 of 3"))
    evening.press("enter", "8")
    let place = evening.lines[2].split(separator: " ").last!.split(separator: "/")
    #expect(place[0] == "1")
    evening.press("G")
    #expect(evening.lines[2].hasSuffix(" \(place[1])/\(place[1])"))
  }

  @Test(
    "what a list is narrowed to, how many rows are left and how all come back is told, whatever room there is",
    arguments: [(160, 50), (120, 40), (100, 28), (80, 24), (70, 20), (56, 16), (40, 10)])
  func narrowed(columns: Int, rows: Int) {
    var evening = Evening(columns: columns, rows: rows)
    evening.press("enter", "2", "&")
    evening.type("that is much")
    #expect(rows == 10 || evening.lines.last!.hasSuffix("1 of 6"), "\(evening.lines.last!)")
    evening.press("enter")
    #expect(evening.screen.contains("& that is much"), "\(evening.screen)")
    #expect(evening.screen.contains("1/1"), "\(evening.screen)")
    if rows > 10 {
      #expect(evening.lines.last!.hasPrefix(" escape all rows "), "\(evening.lines.last!)")
      #expect(!evening.lines.last!.contains(" J "))
    }
    evening.press("escape")
    #expect(evening.screen.contains("/6"))
  }

  @Test(
    "how many rows are marked is told, also where columns have headings",
    arguments: [(120, 40), (100, 28), (80, 24), (70, 20), (56, 16), (40, 10)])
  func marked(columns: Int, rows: Int) {
    var evening = Evening(columns: columns, rows: rows)
    let name = "An album whose name is longer than most columns of most lists of tracks are wide"
    evening.allAlbums = [Album(id: AlbumID(1), remoteID: "1", name: name, artist: "A", year: 1999)]
    evening.press("enter", "2", "^a")
    #expect(evening.screen.contains("6 marked"))
    evening.run("library album")
    evening.press("l", "^a")
    #expect(evening.screen.contains("3 marked"))
    evening.press("6", "^a")
    #expect(evening.screen.contains("3 marked"))
  }

  @Test("a station's name has the room that its address leaves")
  func stations() {
    let name = "The rather long name of a station of the coast"
    let station = RadioStation(id: StationID(1), origin: .local, name: name, streamURL: "http://a.example/s")
    var evening = Evening(columns: 80, rows: 14, stations: [station] + Evening.stations)
    evening.press("7")
    #expect(evening.screen.contains(name + "  http://a.example/s"))
    #expect(evening.screen.contains("Radio One"))
  }

  @Test("in a small window the name of an album has more room, and the year's where it needs that")
  func albums() {
    var evening = Evening(columns: 56, rows: 16)
    evening.allAlbums = [
      Album(id: AlbumID(1), remoteID: "1", name: "Album of Artist 12", artist: "A", year: 1999),
      Album(id: AlbumID(2), remoteID: "2", name: "Album of Art", artist: "B", year: 2001),
    ]
    evening.run("library album")
    #expect(evening.lines.contains { $0.hasPrefix("  Album of Artist 12  ") && !$0.contains("1999") })
    #expect(evening.lines.contains { $0.hasPrefix("  Album of Art ") && $0.contains(" 2001") })
  }

  @Test(
    "a sheet breaks what has no spaces, and all of it can be scrolled to",
    arguments: [(40, 10), (56, 16), (80, 24)])
  func sheets(columns: Int, rows: Int) {
    let address = "http://radio.example/" + (0..<24).map { "folder\($0)/" }.joined() + "stream.mp3"
    let title = "とても長い題名の歌を夜の港で聞きながら遠い灯りが波の上で揺れているのを誰もいない桟橋でひとり眺めていた"
    let station = RadioStation(id: StationID(1), origin: .local, name: title, streamURL: address)
    var evening = Evening(columns: columns, rows: rows, stations: [station])
    evening.press("7", "i")
    var seen = Set<String>()
    var text = ""
    for _ in 0..<40 {
      let body = evening.state.layout.body
      for line in evening.lines[(body.row + 1)..<body.endRow] where seen.insert(line).inserted { text += line }
      evening.press("j")
    }
    let whole = text.filter { $0 != " " }
    #expect(!whole.contains("…"))
    #expect(whole.contains(address))
    #expect(whole.contains(title))
  }
}
