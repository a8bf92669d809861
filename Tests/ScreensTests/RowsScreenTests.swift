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
}
