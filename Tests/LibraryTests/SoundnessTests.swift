import Library
import Music
import SQLite
import Testing

@Suite("The catalogue's file")
struct SoundnessTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  /// Every page, every foreign key, and each full-text index against the rows it is made from.
  func check() throws {
    let connection = try Connection(path: filled.path)
    #expect(try connection.integrityProblems() == [])
    #expect(try connection.rows("PRAGMA foreign_key_check") { $0.text(0) } == [])
    for table in ["artist", "album", "track"] {
      try connection.execute("INSERT INTO \(table)_text(\(table)_text, rank) VALUES ('integrity-check', 1)")
    }
  }

  @Test("is sound after rows came, changed and went, by pulls and by accounts removed")
  func sound() throws {
    try check()
    var tracks = library.tracks.dropLast(2).map { $0 }
    for index in tracks.indices { tracks[index].title += " (live)" }
    var albums = library.albums
    albums[0].name = "Homogénique"
    try library.pull(into: catalogue, tracks: tracks, albums: albums)
    try check()
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: library.tracks, in: pull)
    _ = try catalogue.finishPull(pull)
    let mix = try catalogue.createPlaylist(
      named: "Mix", tracks: catalogue.tracks(of: #require(catalogue.artists().first).id).map(\.id), on: .local)
    try catalogue.star(.track(filled.id("Hunter")), true)
    try check()
    try catalogue.remove(library.origin)
    try check()
    #expect(try catalogue.trackCount() == 8)
    try catalogue.remove(.local)
    try check()
    #expect(try catalogue.trackCount() == 0 && catalogue.artists().isEmpty && catalogue.playlist(mix) == nil)
  }

  @Test("takes an account that comes back after it was removed, also while another connection remembers it")
  func comesBack() throws {
    let other = try filled.reopened()
    #expect(try other.trackCount() == 8)
    try catalogue.remove(library.origin)
    #expect(try other.trackCount() == 0)
    try library.pull(into: other)
    #expect(try catalogue.trackCount() == 8)
    #expect(try catalogue.tracks([filled.id("Hunter")]).first?.origin == library.origin)
    try check()
  }

  @Test("never gives the number of a track that is gone to another")
  func idsAreNotReused() throws {
    let last = try filled.id("XXX 88")
    try library.pull(into: catalogue, tracks: library.tracks.dropLast())
    var tracks = library.tracks
    tracks[7].remoteID = "tr-another"
    try library.pull(into: catalogue, tracks: tracks)
    let another = try #require(try catalogue.trackID("tr-another", from: library.origin))
    #expect(another > last)
    #expect(try catalogue.tracks([last]).isEmpty)
  }
}
