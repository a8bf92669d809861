import Fixtures
import Library
import Music
import Testing

@Suite("Conditions together")
struct QueryWayTests {
  private static let count = 3000
  private static let home = Origin.remote(ServerID("home"))
  private let filled: FilledByRecords
  private var catalogue: Catalogue { filled.catalogue }

  /// Genres and years that many have, and few; marks that some have.
  init() throws {
    var numbers = SmallNumbers(seed: 9)
    filled = try FilledByRecords(
      (0..<Self.count).map { number in
        var track = TrackRecord(remoteID: RemoteID("t\(number)"), title: "Number \(number)")
        track.albumArtist = "Ones"
        track.album = "Album \(number / 10)"
        track.trackNumber = number % 10 + 1
        track.genre = number % 300 < 40 ? "Folk" : ["Rock", "Pop", "Folk Rock", "Hip-Hop", ""][number / 10 % 5]
        track.year = numbers.next(3) == 0 ? 1990 : numbers.next(9) == 0 ? 0 : 1950 + numbers.next(70)
        track.duration = 60 + numbers.next(300)
        track.rating = max(0, numbers.next(12) - 6)
        (track.playCount, track.lastPlayed) =
          numbers.next(4) == 0 ? (1 + numbers.next(9), Timestamp(seconds: Int64(number))) : (0, nil)
        track.starred = numbers.next(200) == 0 ? Timestamp(seconds: 5) : nil
        return track
      })
  }

  @Test("find what fits them all and nothing else, in order, whichever of them leads the way", arguments: 0..<40)
  func reference(seed: Int) throws {
    var numbers = SmallNumbers(seed: UInt64(seed))
    for _ in 0..<5 {
      let text = (0...numbers.next(4)).map { _ in condition(&numbers) }.joined(separator: " ")
      let query = Query(parsing: text)
      let limit = [3, 100, Self.count][numbers.next(3)]
      var expected = filled.records.filter { fits($0, query) }
      if query.ranges.contains(where: { $0.number == .year && !$0.isExcluded }) {
        let places = expected.enumerated().sorted { ($0.element.year, $0.offset) < ($1.element.year, $1.offset) }
        expected = places.map(\.element)
      }
      let found = try catalogue.tracks(matching: query, limit: limit).map(\.title)
      #expect(found == expected.prefix(limit).map(\.title), "“\(text)”, \(limit) at most")
      // In another order none is lost.
      let sorted = try catalogue.tracks(matching: Query(parsing: text + " sort:title"), limit: Self.count).map(\.title)
      #expect(Set(sorted) == Set(expected.map(\.title)) && sorted.count == expected.count, "“\(text)” by title")
    }
  }

  @Test("of a genre’s tracks see those of each origin in scope, and of no other")
  func origins() throws {
    try catalogue.pull(
      filled.records.map { record in
        var other = record
        other.title = "Theirs " + record.title
        return other
      }, of: Self.home)
    let folk = filled.records.filter { $0.genre == "Folk" }.map(\.title)
    for (scope, count) in [([Origin.local], 1), ([Self.home], 1), ([.local, Self.home], 2)] {
      catalogue.scope = scope
      let found = try catalogue.tracks(matching: Query(parsing: "genre:folk -genre:rock"), limit: 9000).map(\.title)
      #expect(found.count == folk.count * count)
      #expect(scope.contains(.local) == found.contains(folk[0]))
      #expect(scope.contains(Self.home) == found.contains("Theirs " + folk[0]))
    }
    catalogue.scope = []
    #expect(try catalogue.tracks(matching: Query(parsing: "genre:folk"), limit: 10).isEmpty)
  }

  private func condition(_ numbers: inout SmallNumbers) -> String {
    let all = [
      "genre:folk", "genre:hip", "genre:rock", "genre:o", "-genre:pop", "year:1990", "year:1960..1991", "year:<1955",
      "-year:1990", "rating:>3", "rating:>0", "plays:>2", "plays:>0", "is:played", "is:rated", "is:starred",
      "-is:starred", "length:>200", "is:local", "played:>1d",
    ]
    return all[numbers.next(all.count)]
  }

  private func fits(_ track: TrackRecord, _ query: Query) -> Bool {
    let words = query.words.allSatisfy { words in
      Folding.fold(track.genre).contains(words.text) != words.isExcluded
    }
    let ranges = query.ranges.allSatisfy { range in
      // What is not known is in no range.
      let value: Int64? =
        switch range.number {
        case .year: track.year > 0 ? Int64(track.year) : nil
        case .rating: Int64(track.rating)
        case .plays: Int64(track.playCount)
        case .length: Int64(track.duration)
        // All were heard long ago.
        case .played: track.lastPlayed == nil ? nil : range.lower
        case .bitrate, .added: nil
        }
      guard let value else { return range.isExcluded }
      return (value >= range.lower ?? .min && value <= range.upper ?? .max) != range.isExcluded
    }
    return words && ranges
      && query.qualities.allSatisfy { quality in
        let fits =
          switch quality.trait {
          case .starred: track.starred != nil
          case .played: track.playCount > 0
          case .rated: track.rating > 0
          case .cached, .local: true
          }
        return fits != quality.isExcluded
      }
  }
}
