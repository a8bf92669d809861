import Library
import Music
import Testing

@Suite("Stars, ratings and plays")
struct MarksTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func edits() throws -> [Edit] { try catalogue.pendingEdits(of: library.server, limit: 100).map(\.edit) }
  func hunter() throws -> Track { try #require(try catalogue.tracks([filled.id("Hunter")]).first) }

  @Test("are seen here at once and wait in the outbox in the order they were made")
  func order() throws {
    let track = ItemID.track(try filled.id("Hunter"))
    let album = ItemID.album(try #require(try hunter().albumID))
    let artist = ItemID.artist(try #require(try hunter().artistID))
    try catalogue.star(track, true)
    try catalogue.rate(album, 4)
    try catalogue.star(artist, true)
    try catalogue.recordPlay(of: filled.id("Hunter"), at: Timestamp(seconds: 77))
    #expect(
      try edits() == [
        .star(track, true), .rate(album, 4), .star(artist, true),
        .scrobble(filled.id("Hunter"), Timestamp(seconds: 77)),
      ])
    #expect(try catalogue.pendingEdits(of: library.server, limit: 2).count == 2)
    #expect(try hunter().isStarred && hunter().playCount == 1)
    #expect(try catalogue.starredTracks().map(\.title) == ["Hunter"])
    #expect(try catalogue.starredStoredArtists().map(\.artist.name) == ["Björk"])
    #expect(try catalogue.storedAlbum(#require(hunter().albumID))?.album.rating == 4)
    #expect(try catalogue.storedAlbum(#require(hunter().albumID))?.lastPlayed == Timestamp(seconds: 77))
  }

  @Test("that are taken back before they were sent leave no edit, and one that was tried leaves the last")
  func coalesced() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try catalogue.star(item, true)
    try catalogue.rate(item, 3)
    try catalogue.rate(item, 4)
    #expect(try edits() == [.star(item, true), .rate(item, 4)])
    try catalogue.star(item, false)
    try catalogue.rate(item, 0)
    #expect(try edits().isEmpty)
    try catalogue.star(item, true)
    let first = try #require(try catalogue.pendingEdits(of: library.server, limit: 1).first)
    try catalogue.editBegins(first.id)
    try catalogue.star(item, false)
    #expect(try edits() == [.star(item, false)])
    // The first was on its way meanwhile: that it arrived does not end the second.
    try catalogue.editSent(first.id)
    #expect(try edits() == [.star(item, false)])
  }

  @Test("that change nothing make no edit")
  func nothing() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try catalogue.star(item, false)
    try catalogue.rate(item, 0)
    try catalogue.rate(item, -4)
    try catalogue.star(.track(TrackID(4711)), true)
    try catalogue.rate(.album(AlbumID(4711)), 3)
    try catalogue.recordPlay(of: TrackID(4711), at: Timestamp(seconds: 1))
    #expect(try edits().isEmpty)
    try catalogue.rate(item, 99)
    #expect(try edits() == [.rate(item, 5)])
  }

  @Test("of local tracks are told to nobody")
  func local() throws {
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: [TrackRecord(remoteID: "x", title: "x")], in: pull)
    _ = try catalogue.finishPull(pull)
    let id = try #require(try catalogue.trackID("x", from: .local))
    try catalogue.star(.track(id), true)
    try catalogue.rate(.track(id), 3)
    try catalogue.recordPlay(of: id, at: Timestamp(seconds: 1))
    #expect(try catalogue.tracks([id]).first?.isStarred == true)
    #expect(try edits().isEmpty)
  }

  @Test("that wait in the outbox win over what a pull brings; those that were sent do not")
  func pendingWins() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try catalogue.star(item, true)
    try catalogue.rate(item, 5)
    try catalogue.recordPlay(of: filled.id("Hunter"), at: Timestamp(seconds: 9))
    try library.pull(into: catalogue)
    try catalogue.ingestStars(artists: [], albums: [], tracks: [], from: library.origin)
    #expect(try hunter().isStarred && hunter().rating == 5 && hunter().playCount == 1)
    for entry in try catalogue.pendingEdits(of: library.server, limit: 9) { try catalogue.editSent(entry.id) }
    try library.pull(into: catalogue)
    #expect(try !hunter().isStarred && hunter().rating == 0)
  }

  @Test("of a server are taken over, and never lower a count of plays")
  func told() throws {
    var tracks = library.tracks
    tracks[0].starred = Timestamp(seconds: 100)
    tracks[0].rating = 3
    tracks[0].playCount = 7
    tracks[0].lastPlayed = Timestamp(seconds: 200)
    #expect(try library.pull(into: catalogue, tracks: tracks).changed == 1)
    #expect(try hunter().isStarred && hunter().rating == 3 && hunter().playCount == 7)
    tracks[0].playCount = 2
    #expect(try library.pull(into: catalogue, tracks: tracks).changed == 0)
    #expect(try hunter().playCount == 7)
  }

  @Test("are set to exactly what the server lists, whatever else it names")
  func ingestStars() throws {
    try catalogue.ingestStars(
      artists: ["ar-Björk", "nobody"], albums: ["al-Debut"], tracks: ["tr-Hunter", "tr-Ночь"], from: library.origin)
    #expect(Set(try catalogue.starredTracks().map(\.title)) == ["Hunter", "Ночь"])
    #expect(try catalogue.starredStoredAlbums().map(\.album.name) == ["Debut"])
    try catalogue.ingestStars(artists: [], albums: [], tracks: ["tr-Ночь"], from: library.origin)
    #expect(try catalogue.starredTracks().map(\.title) == ["Ночь"])
    #expect(try catalogue.starredStoredArtists().isEmpty)
    try catalogue.ingestStars(artists: [], albums: [], tracks: ["x"], from: .remote(ServerID("unknown")))
    #expect(try edits().isEmpty)
  }
}
