import Fixtures
import Library
import Music
import Testing

@Suite("Queries that many tracks match")
struct ManyMatchesTests {
  /// More than are sorted.
  private static let count = 9000

  private let filled: FilledByRecords
  private var catalogue: Catalogue { filled.catalogue }
  private var records: [TrackRecord] { filled.records }

  init() throws {
    let records = (0..<Self.count).map { number in
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
    filled = try FilledByRecords(records)
  }

  @Test(
    "find what matches and nothing else, album by album and years year by year, whether they go along the albums or an index",
    arguments: [
      ("year:>1", 1000), ("year:1990..1999", 50), ("year:1990", 1000), ("year:1990", 5), ("year:1990 year:>1980", 50),
      ("year:1990 -genre:rock", 100), ("year:0", 10), ("genre:pop", 1000), ("genre:o", 30),
      ("genre:pop year:1960..2010", 700), ("length:>150 year:1955", 1000), ("year:3000", 10),
      ("rating:>3 genre:rock", 10),
      ("is:starred year:>1", 10), ("plays:>2", 10), ("is:local", 64), ("-year:>1960", 1000), ("-genre:rock", 10),
    ])
  func conditions(text: String, limit: Int) throws {
    let query = Query(parsing: text)
    let matching = records.filter { fits($0, query) }
    let isOfYears = query.ranges.contains { $0.number == .year && !$0.isExcluded }
    let byYear = matching.enumerated().sorted { ($0.element.year, $0.offset) < ($1.element.year, $1.offset) }
    let expected = (isOfYears ? byYear.map(\.element) : matching).map(\.title).prefix(limit)
    let found = try catalogue.tracks(matching: query, limit: limit)
    #expect(found.map(\.title) == Array(expected))
    // In no time the first are told; in much all are known by then, or come at once.
    for patience in [Duration.zero, .seconds(60)] {
      catalogue.patience = patience
      var told: [(first: [Track], count: Int?)] = []
      let all = try catalogue.tracks(matching: query, limit: limit, enough: 5) { told.append(($0, $1)) }
      #expect(all.map(\.title) == Array(expected))
      #expect(told.count <= 1 && (patience > .zero || expected.count < 16 || told.count == 1))
      for (first, count) in told {
        #expect(first.map(\.title) == Array(expected.prefix(first.count)) && first.count >= 5)
        #expect(count == nil ? patience == .zero : count == expected.count)
      }
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
      var first: [Track] = []
      catalogue.patience = .zero
      let all = try catalogue.tracks(matching: query, limit: 500, enough: 3) { tracks, _ in first = tracks }
      #expect(all.map(\.title) == Array(expected))
      #expect(first.map(\.title) == Array(expected.prefix(first.count)) && first.count >= 3)
      try catalogue.readWords()
    }
  }

  @Test(
    "are sorted along an index as they are without one, in both directions, whatever has no value at all",
    arguments: ["rating", "plays", "added", "played", "artist", "album"])
  func sorted(key: String) throws {
    let ids = try catalogue.tracks(matching: Query(parsing: "year:>1"), limit: 9000).map(\.id).sorted()
    for (place, number) in [17, 5, 4000, 8999, 300].enumerated() {
      try catalogue.rate(.track(ids[number]), place % 3 + 1)
      for _ in 0...place % 2 {
        try catalogue.recordPlay(of: ids[number], at: Timestamp(seconds: Int64(place % 4) * 100))
      }
    }
    for (direction, limit) in [("", 1000), ("-", 1000), ("", 3), ("-", 3), ("-", 9000), ("", 9000)] {
      // With a condition that has no index everything is sorted.
      let quick = try catalogue.tracks(matching: Query(parsing: "sort:\(key)\(direction)"), limit: limit)
      let slow = try catalogue.tracks(matching: Query(parsing: "sort:\(key)\(direction) length:>0"), limit: limit)
      #expect(quick.map(\.id) == slow.map(\.id) && quick.count == limit)
      let query = Query(parsing: "sort:\(key)\(direction)")
      var told: Int?
      let whole = try catalogue.tracks(matching: query, limit: limit, enough: 5) { _, count in told = count }
      #expect(whole == quick && told == (limit > 5 ? limit : nil))
    }
  }

  @Test("are sorted by artist with those of no artist among them, and with those of other origins")
  func withoutArtist() throws {
    for (origin, artist) in [(Origin.local, ""), (.remote(ServerID("home")), "New Ones")] {
      catalogue.scope = [.local, origin]
      var track = TrackRecord(remoteID: "x", title: "X")
      (track.artist, track.album, track.duration) = (artist, "Z", 100)
      try catalogue.pull(records + [track], of: origin)
      for order in ["sort:artist", "sort:artist-", "sort:album", "sort:album-"] {
        let quick = try catalogue.tracks(matching: Query(parsing: order), limit: 20_000)
        let slow = try catalogue.tracks(matching: Query(parsing: order + " length:>0"), limit: 20_000)
        #expect(quick.map(\.id) == slow.map(\.id) && quick.count == (artist.isEmpty ? 9001 : 18_002))
      }
    }
  }

  @Test(
    "take away what other words find",
    arguments: ["number -even", "artist:ones -title:\"number 1\" -artist:odd", "-odd"])
  func takenAway(text: String) throws {
    let query = Query(parsing: text)
    let expected = records.filter { track in
      query.words.allSatisfy { words in
        let text =
          words.field == .artist ? track.artist : words.field == .title ? track.title : "\(track.title) \(track.artist)"
        return text.holds(words.text) != words.isExcluded
      }
    }
    #expect(try catalogue.tracks(matching: query, limit: 9000).map(\.title) == expected.map(\.title))
    #expect(!expected.isEmpty)
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
