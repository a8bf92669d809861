import Library
import Music
import Testing

@Suite("Reading the catalogue")
struct ReadingTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  @Test("lists album artists by their name without article, case and diacritics")
  func artists() throws {
    let artists = try catalogue.artists()
    #expect(artists.map(\.name) == ["The Beatles", "Björk", "MØ", "Кино", "東京事変"])
    #expect(artists.map(\.albumCount) == [1, 2, 1, 1, 1])
  }

  @Test("lists an artist's albums from the oldest, with counts and durations")
  func albumsOfArtist() throws {
    let bjork = try #require(try catalogue.artists().first { $0.name == "Björk" })
    let albums = try catalogue.albums(of: bjork.id)
    #expect(albums.map(\.name) == ["Debut", "Homogenic"])
    #expect(albums.map(\.trackCount) == [1, 3])
    #expect(albums.map(\.duration) == [101, 306])
    #expect(try catalogue.tracks(of: bjork.id).map(\.title) == ["Human Behaviour", "Hunter", "Jóga", "Unravel"])
    #expect(try catalogue.tracks(of: albums[1].id).map(\.trackNumber) == [1, 2, 3])
    #expect(try catalogue.album(albums[0].id) == albums[0])
    #expect(try catalogue.artist(bjork.id) == bjork)
  }

  @Test("sees only what is in scope")
  func scope() throws {
    catalogue.scope = [.local]
    #expect(try catalogue.artists().isEmpty)
    #expect(try catalogue.trackCount() == 0)
    #expect(try catalogue.genres().isEmpty)
    #expect(try catalogue.search("bjork", limit: 5).tracks.isEmpty)
    #expect(try catalogue.albums(by: .name, limit: 50, offset: 0).isEmpty)
    catalogue.scope = []
    #expect(try catalogue.artists().isEmpty)
    catalogue.scope = [.remote(ServerID("never heard of")), filled.library.origin]
    #expect(try catalogue.trackCount() == 8)
  }

  @Test("gives tracks in the order asked, twice when asked twice, without those that are gone")
  func tracksByID() throws {
    let hunter = try filled.id("Hunter")
    let night = try filled.id("Ночь")
    let tracks = try catalogue.tracks([night, TrackID(99999), hunter, night])
    #expect(tracks.map(\.title) == ["Ночь", "Hunter", "Ночь"])
    #expect(tracks[1].origin == filled.library.origin && tracks[1].remoteID == "tr-Hunter")
    #expect(tracks[1].artistID != nil && tracks[1].albumID != nil && tracks[1].isMP3)
  }

  @Test("counts genres")
  func genres() throws {
    #expect(
      try catalogue.genres() == [
        Genre(name: "Electronic", trackCount: 3, albumCount: 1), Genre(name: "Pop", trackCount: 3, albumCount: 3),
        Genre(name: "Rock", trackCount: 2, albumCount: 2),
      ])
    #expect(try catalogue.tracks(inGenre: "Rock", page: Page(limit: 9)).map(\.title) == ["Come Together", "Ночь"])
    #expect(try catalogue.tracks(inGenre: "Pop", page: Page(limit: 1, offset: 1)).map(\.title) == ["XXX 88"])
  }

  @Test(
    "lists albums in every order, page by page",
    arguments: [
      (AlbumOrder.name, ["Abbey Road", "Debut", "Homogenic", "No Mythologies", "Ночь", "教育"]),
      (.artist, ["Abbey Road", "Debut", "Homogenic", "No Mythologies", "Ночь", "教育"]),
      (.newest, ["No Mythologies", "教育", "Homogenic", "Debut", "Ночь", "Abbey Road"]),
      (.year, ["No Mythologies", "教育", "Homogenic", "Debut", "Ночь", "Abbey Road"]),
    ])
  func albumOrders(_ order: AlbumOrder, _ names: [String]) throws {
    #expect(try catalogue.albums(by: order, limit: 10, offset: 0).map(\.name) == names)
    let pages = try (0..<4).flatMap { try catalogue.albums(by: order, limit: 2, offset: $0 * 2).map(\.name) }
    #expect(pages == names)
    #expect(try catalogue.albums(by: order, limit: -1, offset: -1).isEmpty)
  }

  @Test("lists what was played and starred, the most and the latest first")
  func playedAlbums() throws {
    for (title, times) in [("Hunter", [10, 20]), ("Come Together", [30]), ("Jóga", [40])] {
      for time in times { try catalogue.recordPlay(of: filled.id(title), at: Timestamp(seconds: Int64(time))) }
    }
    #expect(try catalogue.albums(by: .mostPlayed, limit: 9, offset: 0).map(\.name) == ["Homogenic", "Abbey Road"])
    try catalogue.recordPlay(of: filled.id("Come Together"), at: Timestamp(seconds: 50))
    #expect(try catalogue.albums(by: .recentlyPlayed, limit: 9, offset: 0).map(\.name) == ["Abbey Road", "Homogenic"])
    let debut = try #require(try catalogue.albums(by: .name, limit: 9, offset: 1).first)
    try catalogue.star(.album(debut.id), true)
    #expect(try catalogue.albums(by: .starred, limit: 9, offset: 0).map(\.name) == ["Debut"])
    #expect(Set(try catalogue.albums(by: .random, limit: 9, offset: 0).map(\.name)).count == 6)
  }

  @Test("lists albums of years in both directions and of a genre")
  func albumLists() throws {
    func names(_ list: AlbumList) throws -> [String] { try catalogue.albums(list, page: Page(limit: 9)).map(\.name) }
    #expect(try names(.years(from: 1986, to: 1997)) == ["Ночь", "Debut", "Homogenic"])
    #expect(try names(.years(from: 1997, to: 1986)) == ["Homogenic", "Debut", "Ночь"])
    #expect(try names(.genre("Rock")) == ["Abbey Road", "Ночь"])
    #expect(try names(.genre("No such")) == [])
  }

  @Test("gives a server the full record of everything")
  func stored() throws {
    let stored = try #require(try catalogue.storedTrack("tr-Jóga", from: filled.library.origin))
    #expect(stored.path == "Björk/Homogenic/Jóga.mp3")
    #expect(stored.albumRemoteID == "al-Homogenic" && stored.artistRemoteID == "ar-Björk")
    let album = try #require(try stored.track.albumID.flatMap { try catalogue.storedAlbum($0) })
    #expect(album.artistRemoteID == "ar-Björk" && album.album.trackCount == 3 && album.sortKey == "homogenic")
    #expect(try catalogue.storedTracks(of: album.id).map(\.track.title) == ["Hunter", "Jóga", "Unravel"])
    let artist = try #require(try album.album.artistID.flatMap { try catalogue.storedArtist($0) })
    #expect(artist.sortKey == "bjork" && artist.artist.albumCount == 2)
    #expect(try catalogue.storedAlbums(of: artist.id).map(\.album.name) == ["Debut", "Homogenic"])
    #expect(try catalogue.storedArtists().map(\.artist) == catalogue.artists())
    #expect(try catalogue.storedAlbums(.ordered(.name), page: Page(limit: 1)).map(\.album.name) == ["Abbey Road"])
    #expect(try catalogue.randomStoredTracks(limit: 99).count == 8)
    #expect(try catalogue.randomStoredTracks(limit: 99, genre: "Pop", fromYear: 2000).count == 2)
    #expect(try catalogue.randomStoredTracks(limit: 1, toYear: 1969).map(\.track.title) == ["Come Together"])
    #expect(try catalogue.storedTracks(inGenre: "Electronic", page: Page(limit: 2)).count == 2)
  }

  @Test("knows nothing of what is not there")
  func missing() throws {
    #expect(try catalogue.artist(ArtistID(-1)) == nil)
    #expect(try catalogue.album(AlbumID(0)) == nil)
    #expect(try catalogue.playlist(PlaylistID(7)) == nil)
    #expect(try catalogue.trackID("no such", from: filled.library.origin) == nil)
    #expect(try catalogue.trackID("tr-Hunter", from: .local) == nil)
    #expect(try catalogue.trackID("tr-Hunter", from: .remote(ServerID("x"))) == nil)
    #expect(try catalogue.remoteID(of: .track(TrackID(12345))) == nil)
    #expect(try catalogue.path(of: filled.id("Hunter")) == nil)
  }
}
