import Fixtures
import Library
import Music
import Testing

/// A server's library, as records:
///
///     Björk            Homogenic (1997, Electronic)   1 Hunter · 2 Jóga · 3 Unravel
///                      Debut (1993, Pop)              1 Human Behaviour
///     The Beatles      Abbey Road (1969, Rock)        1 Come Together
///     Кино             Ночь (1986, Rock)              1 Ночь
///     東京事変           教育 (2004, Pop)                 1 東京の夜
///     MØ               No Mythologies (2014, Pop)     1 XXX 88
struct SmallLibrary {
  let server = ServerID("home")
  var origin: Origin { .remote(server) }

  var artists: [ArtistRecord] {
    ["Björk", "The Beatles", "Кино", "東京事変", "MØ"].map { ArtistRecord(remoteID: "ar-" + $0, name: $0) }
  }

  var albums: [AlbumRecord] {
    [
      album("Homogenic", "Björk", 1997, "Electronic"), album("Debut", "Björk", 1993, "Pop"),
      album("Abbey Road", "The Beatles", 1969, "Rock"), album("Ночь", "Кино", 1986, "Rock"),
      album("教育", "東京事変", 2004, "Pop"), album("No Mythologies", "MØ", 2014, "Pop"),
    ]
  }

  var tracks: [TrackRecord] {
    [
      track("Hunter", "Homogenic", "Björk", 1), track("Jóga", "Homogenic", "Björk", 2),
      track("Unravel", "Homogenic", "Björk", 3), track("Human Behaviour", "Debut", "Björk", 1),
      track("Come Together", "Abbey Road", "The Beatles", 1), track("Ночь", "Ночь", "Кино", 1),
      track("東京の夜", "教育", "東京事変", 1), track("XXX 88", "No Mythologies", "MØ", 1),
    ]
  }

  /// Pulls all of it, from begin to finish.
  @discardableResult
  func pull(
    into catalogue: Catalogue, tracks: [TrackRecord]? = nil, albums: [AlbumRecord]? = nil,
    artists: [ArtistRecord]? = nil
  ) throws -> PullSummary {
    let pull = try catalogue.beginPull(of: origin)
    try catalogue.ingest(tracks: tracks ?? self.tracks, in: pull)
    try catalogue.ingest(albums: albums ?? self.albums, in: pull)
    try catalogue.ingest(artists: artists ?? self.artists, in: pull)
    return try catalogue.finishPull(pull)
  }

  func id(_ title: String, in catalogue: Catalogue) throws -> TrackID {
    try #require(try catalogue.trackID("tr-" + title, from: origin))
  }

  private func album(_ name: String, _ artist: String, _ year: Int, _ genre: String) -> AlbumRecord {
    var record = AlbumRecord(remoteID: "al-" + name, name: name)
    record.artist = artist
    record.artistRemoteID = "ar-" + artist
    record.year = year
    record.genre = genre
    record.created = Timestamp(seconds: Int64(year) * 1000)
    return record
  }

  private func track(_ title: String, _ album: String, _ artist: String, _ number: Int) -> TrackRecord {
    let album = albums.first { $0.name == album }!
    var record = TrackRecord(remoteID: "tr-" + title, title: title)
    record.artist = artist
    record.artistRemoteID = "ar-" + artist
    record.albumArtist = artist
    record.album = album.name
    record.albumRemoteID = album.remoteID
    record.trackNumber = number
    record.year = album.year
    record.genre = album.genre
    record.duration = 100 + number
    record.suffix = "mp3"
    record.path = "\(artist)/\(album.name)/\(title).mp3"
    return record
  }
}

/// A catalogue in a directory of its own, with the small library pulled into it.
struct FilledCatalogue {
  let directory = TemporaryDirectory()
  let library = SmallLibrary()
  let catalogue: Catalogue
  var path: String { directory.file("library.db") }

  init(empty: Bool = false) throws {
    catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [.local, library.origin]
    if !empty { try library.pull(into: catalogue) }
  }

  /// Another connection on the same file.
  func reopened() throws -> Catalogue {
    let other = try Catalogue(path: path)
    other.scope = catalogue.scope
    return other
  }

  func id(_ title: String) throws -> TrackID { try library.id(title, in: catalogue) }
  func titles(_ ids: [TrackID]) throws -> [String] { try catalogue.tracks(ids).map(\.title) }
}
