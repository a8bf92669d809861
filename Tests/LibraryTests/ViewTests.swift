import Music
import Testing

@testable import Library

@Suite("Views of the library")
struct ViewTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  private func names(_ view: AlbumView, limit: Int = 100) throws -> [String] {
    try catalogue.albums(catalogue.albumIDs(view, limit: limit)).map(\.name)
  }

  @Test("genres stand by name, those of tracks alone too, and have the albums that are of them")
  func genres() throws {
    var track = TrackRecord(remoteID: "j", title: "So What")
    track.album = "Kind of Blue"
    track.genre = "Jazz"
    try filled.library.pull(into: catalogue, tracks: filled.library.tracks + [track])
    #expect(try catalogue.genresInLibrary() == ["Electronic", "Jazz", "Pop", "Rock"])
    #expect(try names(.genre("Rock")) == ["Abbey Road", "Ночь"])
    #expect(try names(.genre("Jazz")) == ["Kind of Blue"])
    #expect(try names(.genre("rock")).isEmpty)
    catalogue.scope = [.local]
    #expect(try catalogue.genresInLibrary().isEmpty && names(.genre("Rock")).isEmpty)
  }

  @Test("years stand with the latest first, and a decade holds the albums of its years")
  func years() throws {
    #expect(try catalogue.yearsOfAlbums().map(\.year) == [2014, 2004, 1997, 1993, 1986, 1969])
    #expect(try catalogue.yearsOfAlbums().allSatisfy { $0.albumCount == 1 })
    #expect(try names(.years(1990...1999)) == ["Debut", "Homogenic"])
    #expect(try catalogue.tracks(ofYears: 1990...1993).map(\.title) == ["Human Behaviour"])
  }

  @Test("the artists in pieces of any size are the whole list, of all origins")
  func artistsInPieces() throws {
    let pull = try catalogue.beginPull(of: .local)
    var own = TrackRecord(remoteID: "x", title: "Here")
    own.artist = "Bob"
    try catalogue.ingest(tracks: [own], in: pull)
    _ = try catalogue.finishPull(pull)
    let all = try catalogue.artists()
    #expect(all.count == 6)
    for limit in [1, 2, 3, 6, 10] {
      var (read, place, pieces) = ([Artist](), ArtistPlace?.none, 0)
      repeat {
        let piece = try catalogue.artists(after: place, limit: limit)
        read += piece.artists
        (place, pieces) = (piece.last, pieces + 1)
      } while place != nil && pieces < 20
      #expect(read == all, "pieces of \(limit)")
    }
  }

  @Test("the first albums of a view are those that all of them begin with, of all origins")
  func firstAlbums() throws {
    let pull = try catalogue.beginPull(of: .local)
    for number in 0..<12 {
      var track = TrackRecord(remoteID: RemoteID("l\(number)"), title: "Here \(number)")
      track.artist = ["Bob", "Änne", "Zoe"][number % 3]
      track.albumArtist = track.artist
      track.album = "Album \(number / 2)"
      track.year = 1960 + 10 * number
      (track.playCount, track.lastPlayed) = (number % 4, Timestamp(seconds: Int64(number)))
      try catalogue.ingest(tracks: [track], in: pull)
    }
    _ = try catalogue.finishPull(pull)
    let orders: [AlbumOrder] = [.name, .artist, .newest, .year, .mostPlayed, .recentlyPlayed]
    for view in orders.map({ AlbumView.ordered($0) }) + [.years(1960...1999), .years(1997...1997), .years(1...9)] {
      for scope in [[.local], [filled.library.origin, .local], []] as [[Origin]] {
        catalogue.scope = scope
        for limit in [1, 4, 100] {
          let first = try catalogue.firstAlbumIDs(view, limit: limit)
          #expect(try first == catalogue.albumIDs(view, limit: limit), "\(view), \(limit) of \(scope.count)")
        }
      }
    }
    #expect(try catalogue.firstAlbumIDs(.random(seed: 1), limit: 3) == nil)
  }

  @Test("the first albums of a genre of thousands are those that all of it begin with, those of tracks alone too")
  func firstAlbumsOfGenre() throws {
    let tracks = (0..<6000).map { number in
      var track = TrackRecord(remoteID: RemoteID("g\(number)"), title: "\(number)")
      track.album = "\(number * 7919 % 6000 / 2) Album"
      track.genre = number % 7 < 5 ? "It’s 'Rock'" : "Pop"
      return track
    }
    try catalogue.pull(tracks)
    for limit in [1, 64, 2000] {
      let first = try #require(try catalogue.firstAlbumIDs(.genre("It’s 'Rock'"), limit: limit))
      #expect(try first == catalogue.albumIDs(.genre("It’s 'Rock'"), limit: limit))
    }
    #expect(try catalogue.firstAlbumIDs(.genre("Rock"), limit: 3) == nil)
  }

  @Test("chance has another order for each seed, and the same for the same one")
  func random() throws {
    let orders = try (0..<20).map { try names(.random(seed: UInt32($0 * 7919 + 1))) }
    #expect(Set(orders).count > 5)
    #expect(orders.allSatisfy { Set($0).count == 6 })
    #expect(try names(.random(seed: 5)) == names(.random(seed: 5)))
    #expect(try names(.random(seed: 5), limit: 2) == Array(names(.random(seed: 5)).prefix(2)))
  }

  @Test("folders are what paths say: each once, sorted as people sort, with the tracks below them")
  func folders() throws {
    #expect(
      try catalogue.contents(ofFolder: "").folders == ["Björk", "MØ", "The Beatles", "Кино", "東京事変"])
    #expect(try catalogue.contents(ofFolder: "Björk").folders == ["Debut", "Homogenic"])
    #expect(try !catalogue.contents(ofFolder: "Björk").hasTracks)
    #expect(try catalogue.contents(ofFolder: "Björk/Debut").folders.isEmpty)
    #expect(try catalogue.contents(ofFolder: "Björk/Debut").hasTracks)
    #expect(try catalogue.tracks(inFolder: "Björk", limit: 100).count == 4)
    #expect(try catalogue.tracks(inFolder: "Björk", isDirect: true, limit: 100).isEmpty)
    #expect(try catalogue.tracks(inFolder: "Björk", limit: 2).count == 2)
    #expect(try catalogue.contents(ofFolder: "Bj").folders.isEmpty)
  }

  @Test("folders whose names begin alike, files beside folders and paths from the root are kept apart")
  func awkwardFolders() throws {
    let paths = ["a/1.mp3", "a b/2.mp3", "a.b/3.mp3", "a0/4.mp3", "a/b/5.mp3", "6.mp3", "/srv/7.mp3", "", "Ä/8.mp3"]
    let tracks = paths.enumerated().map { number, path in
      var track = TrackRecord(remoteID: "p\(number)", title: "\(number + 1)")
      track.path = path
      return track
    }
    try filled.library.pull(into: catalogue, tracks: tracks)
    let root = try catalogue.contents(ofFolder: "")
    #expect(root.folders == ["", "a", "Ä", "a b", "a.b", "a0"] && root.hasTracks)
    #expect(try catalogue.contents(ofFolder: "a").folders == ["b"])
    #expect(try catalogue.tracks(inFolder: "a", limit: 9).map(\.title) == ["1", "5"])
    #expect(try catalogue.tracks(inFolder: "a", isDirect: true, limit: 9).map(\.title) == ["1"])
    #expect(try catalogue.tracks(inFolder: "", isDirect: true, limit: 9).map(\.title) == ["6"])
    #expect(try catalogue.tracks(inFolder: "", limit: 99).count == 8)
  }

  @Test("a play counts, stands in the history, and orders the views of plays")
  func plays() throws {
    let (hunter, night) = (try filled.id("Hunter"), try filled.id("Ночь"))
    #expect(try catalogue.plays(limit: 10).isEmpty)
    try catalogue.recordPlay(of: hunter, at: Timestamp(seconds: 1_700_000_000))
    try catalogue.recordPlay(of: night, at: Timestamp(seconds: 1_700_000_300))
    try catalogue.recordPlay(of: hunter, at: Timestamp(seconds: 1_700_100_000))
    #expect(try catalogue.plays(limit: 10).map(\.track.title) == ["Hunter", "Ночь", "Hunter"])
    #expect(try catalogue.plays(limit: 2).count == 2)
    let last = try #require(try catalogue.plays(limit: 1).first)
    #expect(last.heard == Timestamp(seconds: 1_700_100_000) && last.day.year == 2023 && last.day.month == 11)
    #expect(last.time.count == 5 && last.day.daysAgo > 300)
    #expect(try catalogue.mostPlayedTracks(limit: 10).map(\.title) == ["Hunter", "Ночь"])
    #expect(try catalogue.lastPlayedTracks(limit: 1).map(\.title) == ["Hunter"])
    catalogue.scope = [.local]
    #expect(try catalogue.plays(limit: 10).isEmpty && catalogue.mostPlayedTracks(limit: 10).isEmpty)
  }

  @Test("what was heard today was heard no day ago")
  func today() throws {
    let now = Timestamp(seconds: try catalogue.now())
    try catalogue.recordPlay(of: try filled.id("Hunter"), at: now)
    #expect(try catalogue.plays(limit: 1).first.map { (0...1).contains($0.day.daysAgo) } == true)
  }
}

@Suite("Smart playlists")
struct SmartPlaylistTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }

  init() throws { filled = try FilledCatalogue() }

  @Test("hold what their search finds now, in its order and up to its limit")
  func evaluated() throws {
    let id = try catalogue.createSmartPlaylist(named: "Nineties", query: "year:1990..1999 sort:title- limit:3")
    #expect(try catalogue.tracks(of: id).map(\.title) == ["Unravel", "Jóga", "Hunter"])
    let list = try #require(try catalogue.smartPlaylists().first?.playlist)
    #expect(list.isReadOnly && list.smart == id && list.query == "year:1990..1999 sort:title- limit:3")
    #expect(try catalogue.tracks(of: list.id).count == 3)
    try catalogue.changeSmartPlaylist(id, query: "is:starred")
    #expect(try catalogue.tracks(of: id).isEmpty)
    try catalogue.star(.track(filled.id("Ночь")), true)
    #expect(try catalogue.tracks(of: id).map(\.title) == ["Ночь"])
  }

  @Test("are renamed, deleted, and gone with their pins")
  func changed() throws {
    let id = try catalogue.createSmartPlaylist(named: "The Rest", query: "is:starred")
    try catalogue.createSmartPlaylist(named: "apples", query: "genre:rock")
    try catalogue.changeSmartPlaylist(id, name: "A Zoo")
    #expect(try catalogue.smartPlaylists().map(\.name) == ["apples", "A Zoo"])
    #expect(try catalogue.smartPlaylist(id)?.query == "is:starred")
    try catalogue.pin(.playlist(PlaylistID(-id.rawValue)))
    #expect(try catalogue.pins().count == 1)
    try catalogue.star(.track(filled.id("Ночь")), true)
    #expect(try catalogue.pinnedTracks().map(\.track.title) == ["Ночь"])
    try catalogue.deleteSmartPlaylist(id)
    #expect(try catalogue.pins().isEmpty && catalogue.smartPlaylist(id) == nil && catalogue.tracks(of: id).isEmpty)
  }

  @Test("what was done to them is undone and done again, their pins with them")
  func undone() throws {
    let id = try catalogue.createSmartPlaylist(named: "The Rest", query: "is:starred")
    try catalogue.changeSmartPlaylist(id, name: "A Zoo")
    try catalogue.changeSmartPlaylist(id, query: "genre:rock")
    try catalogue.changeSmartPlaylist(id, query: "genre:rock")
    try catalogue.pin(.playlist(PlaylistID(-id.rawValue)), bitRate: 128)
    try catalogue.deleteSmartPlaylist(id)
    let deleted = SmartPlaylist(id: id, name: "A Zoo", query: "genre:rock")
    #expect(try catalogue.undo().map(\.change) == [.smart(from: deleted, to: nil)])
    #expect(try catalogue.smartPlaylists() == [deleted])
    #expect(try catalogue.pins().map(\.bitRate) == [128])
    try catalogue.undo()
    #expect(try catalogue.smartPlaylist(id)?.query == "is:starred")
    try catalogue.undo()
    #expect(try catalogue.smartPlaylist(id)?.name == "The Rest")
    try catalogue.undo()
    #expect(try catalogue.smartPlaylists().isEmpty)
    for _ in 0..<4 { try catalogue.redo() }
    #expect(try catalogue.smartPlaylists().isEmpty && catalogue.pins().isEmpty)
    #expect(try catalogue.history(limit: 9).map(\.subject) == ["A Zoo", "A Zoo", "The Rest", "The Rest"])
  }
}
