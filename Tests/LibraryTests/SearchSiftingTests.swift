import Fixtures
import Library
import Music
import Testing

@Suite("Search where a word is in every row")
struct SearchSiftingTests {
  private static let nouns = ["Paper", "Winter", "Électricité", "夜", "Number"]
  private static let count = 2500

  @Test("finds what holds all words, own titles first, whatever is asked for and however many rows a word has")
  func words() throws {
    let directory = TemporaryDirectory()
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: (0..<Self.count).map(Self.track), in: pull)
    _ = try catalogue.finishPull(pull)
    let all = (0..<Self.count).map(Self.track)
    for text in [
      "number 2", "number 24", "2499 number", "number 2499", "album 7", "number album", "paper number 11",
      "number zzz", "electricite number", "夜 nu 3", "album 3 number", "artist alb num",
    ] {
      let words = text.split(separator: " ")
      func holds(_ text: String) -> Bool {
        let own = Folding.fold(text).split(separator: " ")
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
      }
      let own = all.filter { holds($0.title) }
      let rest = all.filter { !holds($0.title) && holds("\($0.title) \($0.artist) \($0.album)") }
      let expected = (own + rest).map(\.title)
      for limit in [1, 50, 3000] {
        let found = try catalogue.searchBeginnings(text, limit: limit).tracks.map(\.title)
        #expect(found == Array(expected.prefix(limit)), "“\(text)”, \(limit) at most")
      }
    }
  }

  private static func track(_ number: Int) -> TrackRecord {
    var track = TrackRecord(remoteID: "t\(number)", title: "\(nouns[number % nouns.count]) number \(number)")
    track.artist = "Artist \(number / 50)"
    track.album = "Album \(number / 10)"
    return track
  }
}
