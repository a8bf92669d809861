import Fixtures
import Library
import Music
import Testing

@Suite("Searches that are typed")
struct OvertakenTests {
  private static let count = 1500
  private let filled: FilledByRecords
  private var catalogue: Catalogue { filled.catalogue }

  init() throws {
    var numbers = SmallNumbers(seed: 3)
    let words = ["Bell", "bright", "Élan", "east", "Moon", "moth", "夜", "road", "77", "of"]
    func text() -> String {
      (0..<2 + numbers.next(2)).map { _ in words[numbers.next(words.count)] }.joined(separator: " ")
    }
    let records = (0..<Self.count).map { number in
      // What stands in every row, and in no title.
      var record = TrackRecord(remoteID: RemoteID("t\(number)"), title: text() + " \(number)")
      record.artist = "Artist " + text() + (number % 7 == 0 ? " Mølle" : "")
      record.albumArtist = record.artist
      record.album = "Album " + text()
      record.year = 1950 + number % 70
      return record
    }
    filled = try FilledByRecords(records)
  }

  @Test("find the same as looking at every track, in one part or in two, and the second only adds behind the first")
  func reference() throws {
    var numbers = SmallNumbers(seed: 11)
    let starts = ["a", "b", "e", "el", "m", "mo", "r", "7", "夜", "al", "art", "be", "x", "o", "1"]
    var unfinished = 0
    for round in 0..<120 {
      let text = (0...numbers.next(2)).map { _ in starts[numbers.next(starts.count)] }.joined(separator: " ")
      // As if the second look took long, and as it is.
      catalogue.patience = round % 4 < 2 ? .zero : .seconds(60)
      for limit in [3, 40, 2000] {
        let first = try catalogue.searchBeginnings(text, limit: limit, screenful: [1, 30, .max][round % 3])
        let whole = try catalogue.completed(first, for: text, limit: limit, waitsForWords: false)
        let expected = Array(filled.titles(of: text).prefix(limit))
        #expect(whole.tracks.map(\.title) == expected, "“\(text)”, \(limit) at most")
        #expect(first.tracks.map(\.title) == Array(expected.prefix(first.tracks.count)), "“\(text)”, at first")
        unfinished += first.isUnfinished ? 1 : 0
        #expect(first.isUnfinished || first.tracks.count == expected.count)
        #expect(!whole.isUnfinished && whole.artists == first.artists && whole.albums == first.albums)
      }
      // Halfway it is found out which letters begin no title.
      if round == 60 { while try !catalogue.learnSomeLetters() {} }
    }
    #expect(unfinished > 10)
  }

  @Test("a letter that no title began with is found in one that comes later")
  func learned() throws {
    while try !catalogue.learnSomeLetters() {}
    #expect(try catalogue.searchBeginnings("zebra", limit: 5).tracks.isEmpty)
    var record = TrackRecord(remoteID: "z", title: "Zebra")
    record.album = "Album"
    try Catalogue(path: filled.path).pull([record])
    #expect(try catalogue.searchBeginnings("z", limit: 5).tracks.map(\.title) == ["Zebra"])
    #expect(try catalogue.searchBeginnings("alb z", limit: 5).tracks.map(\.title) == ["Zebra"])
  }

  @Test("end once nobody waits for them, at whichever moment, and the next finds all", arguments: 0..<40)
  func overtaken(patience: Int) throws {
    let query = Query(parsing: "-bell sort:title")
    var asked = 0
    func isUnwanted() -> Bool {
      asked += 1
      return asked > patience
    }
    func read() throws -> [Track] {
      try catalogue.searchBeginnings("a", limit: 500).tracks + catalogue.tracks(matching: query, limit: 100)
    }
    do {
      let found = try catalogue.reading(unless: isUnwanted, read)
      #expect(try found == read())
    } catch let error as CatalogueError {
      #expect(error == .overtaken && asked > patience)
    }
    #expect(try read().count == 600)
    #expect(try catalogue.reading(unless: { false }, read) == read())
  }

  @Test("that nobody wants end at once, and errors of others are told as they are")
  func unwanted() throws {
    #expect(throws: CatalogueError.overtaken) {
      try catalogue.reading(unless: { true }) { try catalogue.searchBeginnings("b", limit: 5) }
    }
    #expect(throws: CatalogueError.noSuchPlaylist(PlaylistID(7))) {
      try catalogue.reading(unless: { false }) { throw CatalogueError.noSuchPlaylist(PlaylistID(7)) }
    }
    try catalogue.star(.track(#require(try catalogue.trackID("t1", from: .local))), true)
    #expect(try catalogue.starredTracks().count == 1)
  }

  @Test("the file is read ahead to its end, and not beyond")
  func readAhead() throws {
    var place: Int? = 0
    var pieces = 0
    while let next = place {
      place = catalogue.readAhead(from: next)
      pieces += 1
    }
    #expect(pieces >= 1 && pieces < 1000)
    #expect(try catalogue.trackCount() == Self.count)
  }
}
