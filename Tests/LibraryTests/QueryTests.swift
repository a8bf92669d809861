import Library
import Music
import Testing

@Suite("Queries")
struct QueryTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func titles(_ text: String, limit: Int = 100) throws -> [String] {
    try catalogue.tracks(matching: Query(parsing: text), limit: limit).map(\.title)
  }

  @Test(
    "find tracks by fields, whatever the case and the marks on letters",
    arguments: [
      ("artist:bjork", ["Hunter", "Jóga", "Unravel", "Human Behaviour"]),
      ("album:homog", ["Hunter", "Jóga", "Unravel"]),
      ("title:ноч", ["Ночь"]), ("artist:MO", ["XXX 88"]), ("hunter artist:beatles", []),
      ("genre:ROCK", ["Come Together", "Ночь"]), ("artist:björk -album:debut", ["Hunter", "Jóga", "Unravel"]),
      ("genre:pop -xxx", ["Human Behaviour", "東京の夜"]), ("-genre:pop -genre:rock title:h", ["Hunter"]),
      ("genre:nothing", []), ("artist:\"the beatles\"", ["Come Together"]),
    ])
  func fields(text: String, expected: [String]) throws {
    #expect(Set(try titles(text)) == Set(expected))
  }

  @Test(
    "find tracks by numbers",
    arguments: [
      ("year:1990..1999", ["Hunter", "Jóga", "Unravel", "Human Behaviour"]), ("year:<1970", ["Come Together"]),
      ("-year:<2000", ["東京の夜", "XXX 88"]), ("year:2004", ["東京の夜"]), ("rating:>3", []),
      ("year:3000..", []),
    ])
  func numbers(text: String, expected: [String]) throws {
    #expect(Set(try titles(text)) == Set(expected))
  }

  @Test("follow stars, ratings and plays")
  func marks() throws {
    try catalogue.star(.track(try filled.id("Hunter")), true)
    try catalogue.rate(.track(try filled.id("Ночь")), 4)
    try catalogue.recordPlay(of: filled.id("Jóga"), at: Timestamp(seconds: 1_000))
    #expect(try titles("is:starred") == ["Hunter"])
    #expect(try titles("rating:>3") == ["Ночь"])
    #expect(try titles("is:played") == ["Jóga"])
    #expect(try titles("played:>1y") == ["Jóga"])
    #expect(try titles("played:<1d").isEmpty)
    #expect(try titles("-is:starred -is:rated -is:played").count == 5)
    #expect(try titles("plays:1..") == ["Jóga"])
  }

  @Test("know what the cache holds, from whom knows it")
  func cached() throws {
    #expect(try titles("is:cached").isEmpty)
    let server = filled.library.server
    catalogue.heldTracks = { [(server, "tr-Hunter"), (server, "gone"), (ServerID("other"), "tr-Jóga")] }
    #expect(try titles("is:cached") == ["Hunter"])
    #expect(try titles("-is:cached artist:björk").count == 3)
  }

  @Test("come in the order asked for, and no more than asked for")
  func order() throws {
    #expect(try titles("artist:björk sort:title") == ["Human Behaviour", "Hunter", "Jóga", "Unravel"])
    #expect(try titles("year:1.. sort:year- limit:2") == ["XXX 88", "東京の夜"])
    #expect(try titles("sort:artist limit:2") == ["Come Together", "Human Behaviour"])
    #expect(try titles("album:homogenic", limit: 2).count == 2)
    #expect(Set(try titles("sort:random")).count == 8)
  }

  @Test("of years come year by year, and of one year album by album")
  func albums() throws {
    #expect(try titles("year:1990..1999") == ["Human Behaviour", "Hunter", "Jóga", "Unravel"])
  }

  @Test(
    "of any text never fail",
    arguments: [
      "", "artist:\"", "album:()", "genre:%", "format:'; DROP TABLE track;", "title:*", "is:starred is:starred",
      "year:5 year:6",
    ])
  func hostile(text: String) throws {
    _ = try titles(text)
    #expect(try catalogue.trackCount() == 8)
  }
}

@Suite("Search beyond prefixes")
struct WideSearchTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func titles(_ text: String) throws -> [String] { try catalogue.search(text, limit: 10).tracks.map(\.title) }

  @Test(
    "finds the middle of words, one sign where scripts have no spaces",
    arguments: [
      ("ravel", "Unravel"), ("mogen", "Hunter"), ("夜", "東京の夜"), ("京の", "東京の夜"), ("очь", "Ночь"), ("óga", "Jóga"),
    ])
  func infix(text: String, title: String) throws {
    #expect(try titles(text).contains(title))
  }

  @Test("shows what begins with the words first")
  func order() throws {
    var record = TrackRecord(remoteID: "x", title: "Gather")
    record.artist = "Somebody"
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: [record, TrackRecord(remoteID: "y", title: "Her")], in: pull)
    #expect(try titles("her").prefix(1) == ["Her"])
    #expect(try titles("her").contains("Gather"))
  }

  @Test(
    "forgives one slip: another letter, one too many, one too few, two swapped",
    arguments: [
      ("huntar", "Hunter"), ("hunnter", "Hunter"), ("hutner", "Hunter"), ("togeter", "Come Together"),
      ("unrevel", "Unravel"), ("behavoiur", "Human Behaviour"),
    ])
  func slips(text: String, title: String) throws {
    #expect(try titles(text).contains(title))
  }

  @Test("forgives nothing where something was found, nor two slips, nor in short words")
  func strict() throws {
    #expect(try titles("hunter") == ["Hunter"])
    #expect(try titles("hxntxr").isEmpty)
    #expect(try titles("xx9").isEmpty)
  }

  @Test("knows words that came since the last search")
  func fresh() throws {
    #expect(try titles("ravel") == ["Unravel"])
    let other = try filled.reopened()
    let pull = try other.beginPull(of: .local)
    try other.ingest(tracks: [TrackRecord(remoteID: "z", title: "Gravelly")], in: pull)
    _ = try other.finishPull(pull)
    #expect(Set(try titles("ravel")) == ["Unravel", "Gravelly"])
  }
}
