import Library
import Music
import SQLite
import Testing

@Suite("Ingest")
struct IngestTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  /// Counts rows of the main tables that anything writes from now on.
  func watchWrites() throws -> Connection {
    let other = try Connection(path: filled.path)
    try other.execute("CREATE TABLE written(what TEXT)")
    for table in ["artist", "album", "track", "playlist"] {
      for verb in ["INSERT", "UPDATE", "DELETE"] {
        try other.execute(
          "CREATE TRIGGER w_\(table)_\(verb) AFTER \(verb) ON \(table) BEGIN INSERT INTO written VALUES ('\(verb) \(table)'); END"
        )
      }
    }
    return other
  }

  func written(_ connection: Connection) throws -> [String] {
    try connection.rows("SELECT what FROM written ORDER BY rowid") { $0.text(0) }
  }

  @Test("of what has not changed writes no row anew")
  func unchanged() throws {
    let watcher = try watchWrites()
    let summary = try library.pull(into: catalogue)
    #expect(summary == PullSummary())
    #expect(try written(watcher) == [])
  }

  @Test("writes the row that changed, and only that")
  func oneChange() throws {
    let watcher = try watchWrites()
    var tracks = library.tracks
    tracks[1].title = "Joga"
    let id = try filled.id("Jóga")
    let summary = try library.pull(into: catalogue, tracks: tracks)
    #expect(summary.changed == 1 && summary.added == 0 && summary.removed == 0)
    #expect(try written(watcher) == ["UPDATE track"])
    #expect(try filled.titles([id]) == ["Joga"])
    #expect(try catalogue.search("joga", limit: 5).tracks.map(\.id) == [id])
  }

  @Test("counts what the first pull adds and what a later one finds gone")
  func deletes() throws {
    let empty = try FilledCatalogue(empty: true)
    #expect(try library.pull(into: empty.catalogue).added == 8)
    let gone = try filled.id("Come Together")
    let tracks = library.tracks.filter { $0.album != "Abbey Road" }
    let artists = library.artists.filter { $0.name != "The Beatles" }
    let albums = library.albums.filter { $0.name != "Abbey Road" }
    let summary = try library.pull(into: catalogue, tracks: tracks, albums: albums, artists: artists)
    #expect(summary.removed == 1 && summary.added == 0)
    #expect(try catalogue.tracks([gone]).isEmpty)
    #expect(try catalogue.artists().map(\.name) == ["Björk", "MØ", "Кино", "東京事変"])
    let found = try catalogue.search("beatles", limit: 5)
    #expect(found.tracks.isEmpty && found.albums.isEmpty && found.artists.isEmpty)
  }

  @Test("takes tracks that are gone out of playlists and leaves the rest in order")
  func deletedFromPlaylist() throws {
    let ids = try ["Hunter", "Come Together", "Jóga", "Come Together"].map(filled.id)
    let list = try catalogue.createPlaylist(named: "Mine", tracks: ids, on: library.origin)
    try library.pull(into: catalogue, tracks: library.tracks.filter { $0.title != "Come Together" })
    #expect(try catalogue.tracks(of: list).map(\.title) == ["Hunter", "Jóga"])
    #expect(try catalogue.playlist(list)?.trackCount == 2)
    try catalogue.setTracks(of: list, to: [ids[2], ids[0]])
    #expect(try catalogue.tracks(of: list).map(\.title) == ["Jóga", "Hunter"])
  }

  @Test("that was interrupted between two pages continues, in another process, where it was")
  func interrupted() throws {
    let empty = try FilledCatalogue(empty: true)
    let pull = try empty.catalogue.beginPull(of: library.origin)
    #expect(try empty.catalogue.progress(of: "tracks", in: pull) == nil)
    try empty.catalogue.ingest(tracks: Array(library.tracks[..<4]), in: pull, progress: ("tracks", "4"))
    let other = try empty.reopened()
    let continued = try other.beginPull(of: library.origin)
    #expect(continued == pull)
    #expect(try other.progress(of: "tracks", in: continued) == "4")
    #expect(try other.progress(of: "albums", in: continued) == nil)
    try other.ingest(tracks: Array(library.tracks[4...]), in: continued, progress: ("tracks", "8"))
    let summary = try other.finishPull(continued)
    #expect(summary.added == 8 && summary.removed == 0)
    #expect(try other.trackCount() == 8)
    let next = try other.beginPull(of: library.origin)
    #expect(next.generation > pull.generation)
    #expect(try other.progress(of: "tracks", in: next) == nil)
  }

  @Test("of a page that fails leaves neither its rows nor its progress")
  func failingPage() throws {
    let empty = try FilledCatalogue(empty: true)
    let pull = try empty.catalogue.beginPull(of: library.origin)
    let other = try Connection(path: empty.path)
    try other.execute(
      """
      CREATE TRIGGER refuse BEFORE INSERT ON track WHEN new.title = 'Ночь' BEGIN SELECT RAISE(ABORT, 'no'); END
      """)
    #expect(throws: SQLiteError.self) {
      try empty.catalogue.ingest(tracks: library.tracks, in: pull, progress: ("tracks", "8"))
    }
    #expect(try empty.catalogue.trackCount() == 0)
    #expect(try empty.catalogue.progress(of: "tracks", in: pull) == nil)
  }

  @Test("refuses a pull that is over, and one of an origin that was removed")
  func stale() throws {
    let pull = try catalogue.beginPull(of: library.origin)
    try catalogue.ingest(tracks: library.tracks, in: pull)
    _ = try catalogue.finishPull(pull)
    #expect(throws: CatalogueError.stalePull) { try catalogue.ingest(tracks: library.tracks, in: pull) }
    #expect(throws: CatalogueError.stalePull) { try catalogue.finishPull(pull) }
    #expect(throws: CatalogueError.stalePull) { try catalogue.progress(of: "tracks", in: pull) }
    let next = try catalogue.beginPull(of: library.origin)
    try catalogue.remove(library.origin)
    #expect(throws: CatalogueError.stalePull) { try catalogue.ingest(tracks: library.tracks, in: next) }
  }

  @Test("makes artists and albums that only tracks name, and takes them away with the last track")
  func invented() throws {
    let empty = try FilledCatalogue(empty: true)
    func track(_ title: String, _ artist: String, _ album: String) -> TrackRecord {
      var record = TrackRecord(remoteID: title, title: title)
      record.artist = artist
      record.album = album
      record.year = 1990
      record.genre = "Folk"
      return record
    }
    let tracks = [track("a", "Nico", "Chelsea"), track("b", "nico", "Chelsea"), track("c", "", "")]
    var pull = try empty.catalogue.beginPull(of: .local)
    try empty.catalogue.ingest(tracks: tracks, in: pull)
    _ = try empty.catalogue.finishPull(pull)
    #expect(try empty.catalogue.artists().map(\.name) == ["Nico", "[Unknown Artist]"])
    let albums = try empty.catalogue.albums(by: .name, limit: 9, offset: 0)
    #expect(albums.map(\.name) == ["Chelsea", "[Unknown Album]"])
    #expect(albums[0].trackCount == 2 && albums[0].year == 1990 && albums[0].genre == "Folk")
    #expect(try empty.catalogue.tracks(of: albums[1].id).map(\.artist) == [""])
    #expect(try empty.catalogue.remoteID(of: .album(albums[0].id)) == nil)
    pull = try empty.catalogue.beginPull(of: .local)
    #expect(try empty.catalogue.finishPull(pull).removed == 3)
    #expect(try empty.catalogue.artists().isEmpty)
    #expect(try empty.catalogue.albums(by: .name, limit: 9, offset: 0).isEmpty)
  }

  @Test("keeps two origins apart though their names for things are the same")
  func twoOrigins() throws {
    let other = Origin.remote(ServerID("work"))
    let pull = try catalogue.beginPull(of: other)
    try catalogue.ingest(artists: library.artists, albums: library.albums, tracks: library.tracks, in: pull)
    _ = try catalogue.finishPull(pull)
    catalogue.scope = [other, library.origin]
    #expect(try catalogue.trackCount() == 16)
    try catalogue.remove(other)
    #expect(try catalogue.trackCount() == 8)
    catalogue.scope = [other]
    #expect(try catalogue.trackCount() == 0)
    #expect(try catalogue.search("hunter", limit: 9).tracks.isEmpty)
  }

  @Test("of two origins at once does not lose what the other has seen")
  func concurrentPulls() throws {
    let other = Origin.remote(ServerID("work"))
    let slow = try catalogue.beginPull(of: library.origin)
    try catalogue.ingest(tracks: library.tracks, in: slow)
    let quick = try catalogue.beginPull(of: other)
    try catalogue.ingest(tracks: library.tracks, in: quick)
    _ = try catalogue.finishPull(quick)
    #expect(try catalogue.finishPull(slow).removed == 0)
  }

  @Test("stores texts as they came: empty, long, with line breaks and nulls")
  func oddTexts() throws {
    let odd = ["", String(repeating: "x", count: 100_000), "a\nb\u{0}c\u{1B}[31m", "😀🏳️‍🌈", "\"quoted\" 'too'"]
    let records = odd.enumerated().map { TrackRecord(remoteID: "odd \($0.offset) '\"", title: $0.element) }
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
    let ids = try records.map { try #require(try catalogue.trackID($0.remoteID, from: .local)) }
    #expect(try filled.titles(ids) == odd)
  }

  @Test("keeps files that a scan only says to be still there")
  func markSeen() throws {
    func file(_ path: String) -> TrackRecord {
      var record = TrackRecord(remoteID: "id-" + path, title: path)
      record.path = path
      record.stamp = "stamp of " + path
      return record
    }
    let files = ["a/1.mp3", "a/2.mp3", "ab/3.mp3", "b/4.mp3", "b/c/5.mp3"].map(file)
    var pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: files, in: pull)
    _ = try catalogue.finishPull(pull)
    #expect(
      try catalogue.stamps(of: ["id-a/1.mp3", "id-none"], from: .local) == ["id-a/1.mp3": "stamp of a/1.mp3"])
    pull = try catalogue.beginPull(of: .local)
    try catalogue.markSeen(["id-a/2.mp3", "id-none"], in: pull)
    try catalogue.markSeen(under: "b", in: pull)
    #expect(try catalogue.finishPull(pull).removed == 2)
    catalogue.scope = [.local]
    #expect(
      try catalogue.storedSearch("", artists: Page(limit: 0), albums: Page(limit: 0), tracks: Page(limit: 9))
        .tracks.map(\.path) == ["a/2.mp3", "b/4.mp3", "b/c/5.mp3"])
    try catalogue.setValue("/music", for: Catalogue.localRoot)
    let id = try #require(try catalogue.trackID("id-b/4.mp3", from: .local))
    #expect(try catalogue.path(of: id) == "/music/b/4.mp3")
  }
}
