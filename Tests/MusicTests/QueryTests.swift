import Testing

@testable import Music

@Suite("A query")
struct QueryTests {
  @Test("without conditions is its words")
  func words() {
    let query = Query(parsing: "  night   train ")
    #expect(query.words == [.init(field: .any, text: "night train")])
    #expect(!query.isAboutTracks && query.problems.isEmpty)
    #expect(Query(parsing: "   ").isEmpty)
  }

  @Test("looks for words in fields, in quotes where they have spaces")
  func fields() {
    let query = Query(parsing: #"artist:björk album:"abbey road" -live -genre:pop hunter format:flac"#)
    #expect(
      query.words == [
        .init(field: .any, text: "hunter"), .init(field: .artist, text: "björk"),
        .init(field: .album, text: "abbey road"),
        .init(field: .any, text: "live", isExcluded: true), .init(field: .genre, text: "pop", isExcluded: true),
        .init(field: .format, text: "flac"),
      ])
    #expect(query.isAboutTracks)
  }

  @Test(
    "reads numbers, bounds, ages and lengths",
    arguments: [
      ("year:1990..1999", Query.Number.year, 1990, 1999), ("year:1995", .year, 1995, 1995),
      ("rating:>3", .rating, 4, nil),
      ("rating:<=2", .rating, nil, 2), ("plays:10..", .plays, 10, nil), ("year:..1969", .year, nil, 1969),
      ("added:<30d", .added, nil, 2_592_000), ("added:7", .added, nil, 604_800),
      ("played:>1y", .played, 31_557_600, nil),
      ("length:>10m", .length, 600, nil), ("length:3:30..4:00", .length, 210, 240),
      ("bitrate:>=256", .bitrate, 256, nil),
    ] as [(String, Query.Number, Int64?, Int64?)])
  func ranges(text: String, number: Query.Number, lower: Int64?, upper: Int64?) {
    #expect(Query(parsing: text).ranges == [.init(number: number, lower: lower, upper: upper)])
  }

  @Test("knows what tracks can be, in what order and how many of them")
  func rest() {
    let query = Query(parsing: "is:starred -is:cached sort:added- limit:100")
    #expect(query.qualities == [.init(trait: .starred), .init(trait: .cached, isExcluded: true)])
    #expect(query.order == .init(key: .added, isDescending: true))
    #expect(query.limit == 100)
  }

  @Test(
    "says which conditions it does not understand, and ignores them",
    arguments: [
      "year:abc", "year:", "rating:>", "is:great", "sort:colour", "limit:0", "limit:x", "added:<30q", "artist:",
      "year:..", "length:3:99", "ratng:>3", "yaer:1990..1999", "hits:>=5", "stars:..3",
    ])
  func problems(text: String) {
    let query = Query(parsing: "hunter " + text)
    #expect(query.problems == [text])
    #expect(query.words == [.init(field: .any, text: "hunter")])
  }

  @Test("says which field was probably meant")
  func meant() {
    #expect(Query(parsing: "hunter ratng:>3").complaint == "Not understood: ratng:>3 (rating?)")
    #expect(Query(parsing: "yaer:1990.. hits:>5").complaint == "Not understood: yaer:1990.. (year?), hits:>5")
    #expect(Query(parsing: "year:abc").complaint == "Not understood: year:abc")
    #expect(Query(parsing: "hunter").complaint == nil)
  }

  @Test(
    "leaves titles with a colon as they are",
    arguments: ["Live: at home", "12:30", "Op:..", "love:>", "wait:...", "a1:>3"])
  func titles(text: String) {
    #expect(Query(parsing: text).words == [.init(field: .any, text: text)])
    #expect(Query(parsing: text).complaint == nil)
  }

  @Test(
    "takes everything else as words and never fails",
    arguments: [
      "12:30", "re:stacks", ":", "-", "a:b:c", "\"", "\"never closed", "x\"y", "year", "://", "-:", "\u{0}", "🫶🏽:x",
    ])
  func hostile(text: String) {
    let query = Query(parsing: text)
    #expect(query.ranges.isEmpty && query.qualities.isEmpty && query.problems.isEmpty)
  }
}
