import Library
import Music
import Testing

@Suite("Playlists")
struct PlaylistTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func edits() throws -> [Edit] { try catalogue.pendingEdits(of: library.server, limit: 100).map(\.edit) }
  func titles(_ list: PlaylistID) throws -> [String] { try catalogue.tracks(of: list).map(\.title) }
  func record(_ id: RemoteID, _ name: String, changed: Int64? = nil) -> PlaylistRecord {
    var record = PlaylistRecord(remoteID: id, name: name)
    record.changed = changed.map { Timestamp(seconds: $0) }
    return record
  }

  @Test("made for a server are there at once, before the server has heard of them")
  func create() throws {
    let tracks = try [filled.id("Hunter"), filled.id("Hunter"), filled.id("Jóga")]
    let id = try catalogue.createPlaylist(named: "The Night", tracks: tracks, on: library.origin)
    let list = try #require(try catalogue.playlists().first)
    #expect(list.id == id && list.remoteID == nil && list.name == "The Night")
    #expect(list.trackCount == 3 && list.duration == 101 + 101 + 102)
    #expect(try titles(id) == ["Hunter", "Hunter", "Jóga"])
    #expect(try catalogue.trackRemoteIDs(of: id) == ["tr-Hunter", "tr-Hunter", "tr-Jóga"])
    #expect(try catalogue.created(id) != nil)
    #expect(try edits() == [.createPlaylist(id)])
    try catalogue.setRemoteID("pl-9", of: id)
    #expect(try catalogue.playlist(id)?.remoteID == "pl-9")
    #expect(try catalogue.playlistID("pl-9", from: library.origin) == id)
  }

  @Test("of this computer take any track and tell nobody")
  func local() throws {
    let id = try catalogue.createPlaylist(named: "Mix", tracks: [filled.id("Hunter")], on: .local)
    try catalogue.setTracks(of: id, to: [filled.id("Jóga"), filled.id("Hunter")])
    try catalogue.describePlaylist(id, name: "Mixed", comment: "c", isPublic: true)
    #expect(try titles(id) == ["Jóga", "Hunter"])
    #expect(try edits().isEmpty)
    try catalogue.deletePlaylist(id)
    #expect(try catalogue.playlists().isEmpty && edits().isEmpty)
  }

  @Test("of a server refuse tracks of another origin")
  func foreign() throws {
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: [TrackRecord(remoteID: "x", title: "x")], in: pull)
    let here = try #require(try catalogue.trackID("x", from: .local))
    #expect(throws: CatalogueError.foreignTracks([here])) {
      try catalogue.createPlaylist(named: "Mix", tracks: [filled.id("Hunter"), here], on: library.origin)
    }
    #expect(try catalogue.playlists().isEmpty && edits().isEmpty)
  }

  @Test("that are edited twice leave one edit of each kind, the latest last")
  func coalesced() throws {
    let id = try catalogue.createPlaylist(named: "A", tracks: [], on: library.origin)
    try catalogue.setRemoteID("pl-1", of: id)
    try catalogue.setTracks(of: id, to: [filled.id("Hunter")])
    try catalogue.describePlaylist(id, name: "B")
    try catalogue.describePlaylist(id, comment: "about")
    try catalogue.setTracks(of: id, to: [filled.id("Hunter"), filled.id("Jóga")])
    #expect(try edits() == [.createPlaylist(id), .describePlaylist(id), .replacePlaylistTracks(id)])
    let list = try #require(try catalogue.playlist(id))
    #expect(list.name == "B" && list.comment == "about" && !list.isPublic)
  }

  @Test("that do not change make no edit")
  func unchanged() throws {
    let id = try catalogue.createPlaylist(named: "A", tracks: [filled.id("Hunter")], on: library.origin)
    try catalogue.setTracks(of: id, to: [filled.id("Hunter"), TrackID(4711)])
    try catalogue.describePlaylist(id, name: "A", isPublic: false)
    try catalogue.describePlaylist(id)
    #expect(try edits() == [.createPlaylist(id)])
  }

  @Test("that were never sent take their waiting edits along when they are deleted")
  func deleteUnsent() throws {
    let id = try catalogue.createPlaylist(named: "A", tracks: [filled.id("Hunter")], on: library.origin)
    try catalogue.setTracks(of: id, to: [])
    try catalogue.deletePlaylist(id)
    #expect(try edits().isEmpty)
    #expect(try catalogue.playlists().isEmpty)
  }

  @Test("that were deleted while their creation was on its way are then deleted there, too")
  func deleteInFlight() throws {
    let id = try catalogue.createPlaylist(named: "A", tracks: [], on: library.origin)
    try catalogue.deletePlaylist(id)
    try catalogue.setRemoteID("pl-7", of: id)
    #expect(try edits() == [.deletePlaylist("pl-7")])
  }

  @Test("that are gone or read-only refuse edits")
  func refused() throws {
    let id = PlaylistID(99)
    #expect(throws: CatalogueError.noSuchPlaylist(id)) { try catalogue.setTracks(of: id, to: []) }
    #expect(throws: CatalogueError.noSuchPlaylist(id)) { try catalogue.deletePlaylist(id) }
    #expect(throws: CatalogueError.noSuchPlaylist(id)) { try catalogue.describePlaylist(id, name: "x") }
    var smart = record("pl-s", "Smart")
    smart.isReadOnly = true
    try catalogue.ingest(playlist: smart, tracks: ["tr-Hunter"], from: library.origin)
    let list = try #require(try catalogue.playlists().first)
    #expect(throws: CatalogueError.readOnlyPlaylist(list.id)) { try catalogue.setTracks(of: list.id, to: []) }
    #expect(try titles(list.id) == ["Hunter"])
  }

  @Test("of 5 000 tracks are reordered whole")
  func long() throws {
    let origin = library.origin
    let records = (0..<5000).map { TrackRecord(remoteID: "t\($0)", title: "\($0)") }
    let pull = try catalogue.beginPull(of: origin)
    try catalogue.ingest(tracks: records, in: pull)
    var ids = try records.map { try #require(try catalogue.trackID($0.remoteID, from: origin)) }
    let list = try catalogue.createPlaylist(named: "Long", tracks: ids, on: origin)
    ids.append(ids.remove(at: 0))
    try catalogue.setTracks(of: list, to: ids)
    #expect(try catalogue.tracks(of: list).map(\.id) == ids)
    ids.reverse()
    try catalogue.setTracks(of: list, to: ids)
    #expect(try catalogue.tracks(of: list).map(\.id) == ids)
    ids.removeSubrange(100..<4900)
    try catalogue.setTracks(of: list, to: ids)
    #expect(try catalogue.tracks(of: list).map(\.id) == ids)
  }

  @Test("of a server are taken over with what is known of their tracks")
  func ingest() throws {
    try catalogue.ingest(
      playlist: record("pl-1", "Das Beste", changed: 10), tracks: ["tr-Jóga", "unknown", "tr-Jóga", "tr-Hunter"],
      from: library.origin)
    try catalogue.ingest(playlist: record("pl-2", "Aprikose"), tracks: [], from: library.origin)
    let lists = try catalogue.playlists()
    #expect(lists.map(\.name) == ["Aprikose", "Das Beste"])
    #expect(try titles(lists[1].id) == ["Jóga", "Jóga", "Hunter"])
    let known = try catalogue.knownPlaylists(from: library.origin)
    #expect(known["pl-1"]?.changed == Timestamp(seconds: 10) && known["pl-1"]?.trackCount == 4)
    #expect(known["pl-2"]?.changed == nil && known["pl-2"]?.trackCount == 0)
    try catalogue.ingest(playlist: record("pl-1", "Best", changed: 11), tracks: ["tr-Hunter"], from: library.origin)
    #expect(try catalogue.playlist(lists[1].id)?.name == "Best")
    #expect(try titles(lists[1].id) == ["Hunter"])
    #expect(try edits().isEmpty)
  }

  @Test("with an edit that waits are left alone by what comes from the server")
  func pendingWins() throws {
    try catalogue.ingest(playlist: record("pl-1", "A"), tracks: ["tr-Jóga"], from: library.origin)
    let id = try #require(try catalogue.playlistID("pl-1", from: library.origin))
    try catalogue.setTracks(of: id, to: [filled.id("Hunter")])
    try catalogue.ingest(playlist: record("pl-1", "B"), tracks: [], from: library.origin)
    try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin)
    #expect(try titles(id) == ["Hunter"])
    try catalogue.deletePlaylist(id)
    try catalogue.ingest(playlist: record("pl-1", "B"), tracks: [], from: library.origin)
    #expect(try catalogue.playlists().isEmpty)
  }

  @Test("that the server lists no more are gone; those waiting to be made stay")
  func removed() throws {
    try catalogue.ingest(playlist: record("pl-1", "A"), tracks: [], from: library.origin)
    try catalogue.ingest(playlist: record("pl-2", "B"), tracks: [], from: library.origin)
    _ = try catalogue.createPlaylist(named: "C", tracks: [], on: library.origin)
    _ = try catalogue.createPlaylist(named: "D", tracks: [], on: .local)
    try catalogue.removePlaylists(exceptRemoteIDs: ["pl-2"], from: library.origin)
    #expect(try catalogue.playlists().map(\.name) == ["B", "C", "D"])
  }

  @Test("that a pull met before the answer to their creation came stand once")
  func metTwice() throws {
    let id = try catalogue.createPlaylist(named: "A", tracks: [], on: library.origin)
    try catalogue.ingest(playlist: record("pl-1", "A"), tracks: [], from: library.origin)
    try catalogue.setRemoteID("pl-1", of: id)
    #expect(try catalogue.playlists().map(\.id) == [id])
  }
}
