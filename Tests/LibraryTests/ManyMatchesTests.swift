import Fixtures
import Library
import Music
import Testing

@Suite("Queries that many tracks match")
struct ManyMatchesTests {
  /// More than are sorted.
  private static let count = 9000

  private let directory = TemporaryDirectory()
  private let catalogue: Catalogue
  private let records: [TrackRecord]

  init() throws {
    catalogue = try Catalogue(path: directory.file("library.sqlite"))
    records = (0..<Self.count).map { number in
      var track = TrackRecord(remoteID: RemoteID("t\(number)"), title: "Number \(number)")
      track.artist = number % 2 == 0 ? "Even Ones" : "Odd Ones"
      track.albumArtist = "Ones"
      track.album = "Album \(number / 10)"
      track.trackNumber = number % 10 + 1
      track.year = 1950 + number % 70
      track.genre = ["Rock", "Pop"][number / 10 % 2]
      track.duration = 100 + number % 200
      return track
    }
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
  }

  @Test(
    "find what matches and nothing else, album by album, whether they go along the albums or along an index",
    arguments: [
      ("year:>1", 1000), ("year:1990..1999", 50), ("year:1990", 1000), ("genre:pop", 1000), ("genre:o", 30),
      ("genre:pop year:1960..2010", 700), ("length:>150 year:1955", 1000), ("year:3000", 10),
      ("rating:>3 genre:rock", 10),
      ("is:starred year:>1", 10), ("plays:>2", 10), ("is:local", 64), ("-year:>1960", 1000), ("-genre:rock", 10),
    ])
  func conditions(text: String, limit: Int) throws {
    let query = Query(parsing: text)
    let expected = records.filter { fits($0, query) }.map(\.title).prefix(limit)
    let found = try catalogue.tracks(matching: query, limit: limit)
    #expect(found.map(\.title) == Array(expected))
    if let first = try catalogue.firstTracks(matching: query, limit: min(5, limit)) {
      #expect(first.map(\.title) == Array(expected.prefix(5)))
    }
  }

  @Test(
    "find words of fields in the order of their tracks, before the words of the index are read and after it",
    arguments: [
      "artist:even", "artist:\"even ones\" year:1990..2000", "title:numb genre:pop", "artist:ones -artist:even",
    ])
  func words(text: String) throws {
    let query = Query(parsing: text)
    let expected = records.filter { fits($0, query) }.map(\.title).prefix(500)
    for _ in 0..<2 {
      #expect(try catalogue.tracks(matching: query, limit: 500).map(\.title) == Array(expected))
      #expect(try catalogue.firstTracks(matching: query, limit: 3)?.map(\.title) == Array(expected.prefix(3)))
      try catalogue.readWords()
    }
    #expect(try catalogue.firstTracks(matching: Query(parsing: text + " sort:title-"), limit: 3) == nil)
  }

  private func fits(_ track: TrackRecord, _ query: Query) -> Bool {
    let words = query.words.allSatisfy { words in
      let text =
        switch words.field {
        case .artist: track.artist
        case .title: track.title
        case .genre: track.genre
        default: ""
        }
      return Folding.fold(text).contains(words.text.lowercased()) != words.isExcluded
    }
    let ranges = query.ranges.allSatisfy { range in
      let value =
        switch range.number {
        case .year: Int64(track.year)
        case .length: Int64(track.duration)
        default: Int64(0)
        }
      return (value >= range.lower ?? .min && value <= range.upper ?? .max) != range.isExcluded
    }
    return words && ranges && query.qualities.allSatisfy { ($0.trait == .local) != $0.isExcluded }
  }
}
