import Library
import Music
import Testing

@Suite("Search")
struct SearchTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  @Test(
    "folds case and diacritics, in every script",
    arguments: [
      ("bjork", "Björk"), ("BJÖRK", "Björk"), ("bjo\u{308}rk", "Björk"), ("björ", "Björk"), ("b", "Björk"),
      ("кино", "Кино"), ("КИ", "Кино"), ("東", "東京事変"), ("mo", "MØ"), ("mø", "MØ"), ("beatles", "The Beatles"),
      ("the bea", "The Beatles"),
    ])
  func folding(_ text: String, _ artist: String) throws {
    #expect(try catalogue.search(text, limit: 10).artists.map(\.name).contains(artist))
  }

  @Test(
    "finds tracks by the beginning of each word, in any order",
    arguments: [
      ("ночь", ["Ночь"]), ("東", ["東京の夜"]), ("東京の夜", ["東京の夜"]), ("joga", ["Jóga"]), ("tog com", ["Come Together"]),
      ("hunter homogenic", ["Hunter"]), ("unr bjo", ["Unravel"]), ("xxx 8", ["XXX 88"]), ("together hunter", []),
      ("京", ["東京の夜"]), ("zzz", []),
    ])
  func tracks(_ text: String, _ titles: [String]) throws {
    #expect(try catalogue.search(text, limit: 10).tracks.map(\.title) == titles)
  }

  @Test("shows what holds the words in its own name before what only belongs to such")
  func ownNameFirst() throws {
    var record = TrackRecord(remoteID: "x", title: "Björk is a name")
    record.artist = "Somebody"
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: [record], in: pull)
    let found = try catalogue.search("bjork", limit: 2)
    #expect(found.tracks.count == 2 && found.tracks[0].title == "Björk is a name")
    #expect(found.albums.allSatisfy { $0.artist == "Björk" } && found.albums.count == 2)
  }

  @Test("limits artists, albums and tracks each")
  func limits() throws {
    let found = try catalogue.search("b", limit: 1)
    #expect(found.artists.count == 1 && found.albums.count == 1 && found.tracks.count == 1)
    let none = try catalogue.search("b", limit: 0)
    #expect(none.artists.isEmpty && none.albums.isEmpty && none.tracks.isEmpty)
    #expect(try catalogue.search("b", limit: -5).tracks.isEmpty)
  }

  @Test(
    "of nothing but spaces, signs or controls finds nothing and never fails",
    arguments: [
      "", " ", "\"", "\"\"", "*", "-", "()", "AND", "NOT OR", "NEAR(", "a\"b", "title:x", "^x", "{a b}:", "x AND (",
      "\u{0}", "a\u{0}b", "'; DROP TABLE track; --", "😀", "\u{301}", "\\", "+", String(repeating: "(", count: 9000),
      String(repeating: "a ", count: 9000), String(repeating: "ab", count: 100_000),
    ])
  func hostile(_ text: String) throws {
    let found = try catalogue.search(text, limit: 10)
    if !text.contains(where: \.isLetter) { #expect(found.tracks.isEmpty && found.artists.isEmpty) }
    #expect(try catalogue.trackCount() == 8)
  }

  @Test("forgets what a row was called before")
  func renamed() throws {
    var tracks = filled.library.tracks
    tracks[0].title = "Gatherer"
    try filled.library.pull(into: catalogue, tracks: tracks)
    #expect(try catalogue.search("hunter", limit: 5).tracks.isEmpty)
    #expect(try catalogue.search("gath", limit: 5).tracks.map(\.title) == ["Gatherer"])
  }

  @Test("does not show artists that nothing is left of")
  func emptyArtist() throws {
    let artists = filled.library.artists + [ArtistRecord(remoteID: "c", name: "Composer")]
    try filled.library.pull(into: catalogue, artists: artists)
    #expect(try catalogue.search("composer", limit: 5).artists.isEmpty)
    #expect(try !catalogue.artists().contains { $0.name == "Composer" })
  }

  @Test("with no words gives a server everything, page by page")
  func everything() throws {
    func page(_ text: String, _ offset: Int) throws -> StoredSearchResult {
      try catalogue.storedSearch(
        text, artists: Page(limit: 2, offset: offset), albums: Page(limit: 2, offset: offset),
        tracks: Page(limit: 2, offset: offset))
    }
    for text in ["", "\"\"", "  "] {
      let pages = try stride(from: 0, to: 10, by: 2).map { try page(text, $0) }
      #expect(Set(pages.flatMap { $0.tracks.map(\.id) }).count == 8)
      #expect(Set(pages.flatMap { $0.albums.map(\.id) }).count == 6)
      #expect(Set(pages.flatMap { $0.artists.map(\.id) }).count == 5)
      #expect(pages[4].tracks.isEmpty)
    }
    let some = try catalogue.storedSearch(
      "bjork", artists: Page(limit: 0), albums: Page(limit: 9), tracks: Page(limit: 2, offset: 2))
    #expect(some.artists.isEmpty && some.albums.count == 2 && some.tracks.count == 2)
    #expect(try page("?!", 0).tracks.isEmpty)
  }
}
