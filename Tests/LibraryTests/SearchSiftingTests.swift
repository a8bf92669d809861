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
    let filled = try FilledByRecords((0..<Self.count).map(Self.track))
    try expectMatches(in: filled)
    // With the words of the index at hand whole ones are asked for.
    try filled.catalogue.readWords()
    try expectMatches(in: filled)
  }

  private func expectMatches(in filled: FilledByRecords) throws {
    for text in [
      "number 2", "number 24", "2499 number", "number 2499", "album 7", "number album", "paper number 11",
      "number zzz", "electricite number", "夜 nu 3", "album 3 number", "artist alb num", "albu", "arti 1", "numb pape",
    ] {
      let expected = filled.titles(of: text)
      for limit in [1, 50, 3000] {
        let found = try filled.catalogue.searchBeginnings(text, limit: limit).tracks.map(\.title)
        #expect(found == Array(expected.prefix(limit)), "“\(text)”, \(limit) at most")
      }
    }
  }

  @Test("what came after the words were read is found like all else, also by words that were known")
  func later() throws {
    let directory = TemporaryDirectory()
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let writer = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try writer.beginPull(of: .local)
    func add(_ id: String, _ title: String) throws {
      var track = TrackRecord(remoteID: RemoteID(id), title: title)
      track.album = "Walking"
      try writer.ingest(tracks: [track], in: pull)
    }
    func found(_ text: String) throws -> [String] { try catalogue.search(text, limit: 10).tracks.map(\.title) }
    try add("1", "Morning")
    #expect(try found("walk") == ["Morning"] && found("alking") == ["Morning"] && found("mornin walki") == ["Morning"])
    try add("2", "Walkings")
    #expect(try found("walki") == ["Walkings", "Morning"])
    #expect(try found("alkings") == ["Walkings"])
    #expect(try found("walk mor") == ["Morning"] && found("walking walkings") == ["Walkings"])
  }

  @Test("the words are read piece by piece, and other questions may come in between")
  func pieces() throws {
    let filled = try FilledByRecords((0..<Self.count).map(Self.track))
    let catalogue = filled.catalogue
    var pieces = 1
    while try !catalogue.readSomeWords(), pieces < 10_000 {
      pieces += 1
      #expect(try catalogue.search("2499", limit: 5, waitsForWords: false).tracks.count == 1)
    }
    #expect(pieces < 10_000)
    #expect(try catalogue.readSomeWords())
    #expect(try catalogue.search("umber 2499", limit: 5, waitsForWords: false).tracks.count == 1)
    let forgiven = try catalogue.search("numbr 2499", limit: 500, waitsForWords: false).tracks
    #expect(forgiven.contains { $0.title.hasSuffix(" 2499") })
  }

  private static func track(_ number: Int) -> TrackRecord {
    var track = TrackRecord(remoteID: "t\(number)", title: "\(nouns[number % nouns.count]) number \(number)")
    track.artist = "Artist \(number / 50)"
    track.album = "Album \(number / 10)"
    return track
  }
}
