import Library
import Music
import Testing

@Suite("Undoing")
struct HistoryTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func edits() throws -> [Edit] { try catalogue.pendingEdits(of: library.server, limit: 100).map(\.edit) }
  func ids(_ titles: String...) throws -> [TrackID] { try titles.map { try filled.id($0) } }
  func titles(_ list: PlaylistID) throws -> [String] { try catalogue.tracks(of: list).map(\.title) }
  func record(_ name: String) -> PlaylistRecord { PlaylistRecord(remoteID: "pl-1", name: name) }

  /// A list that the server holds, too, and nothing waits.
  func shared(_ titles: String...) throws -> PlaylistID {
    try catalogue.ingest(playlist: record("Mix"), tracks: titles.map { "tr-" + $0 }, from: library.origin)
    return try #require(try catalogue.playlistID("pl-1", from: library.origin))
  }

  func drainEverything() throws {
    for entry in try catalogue.pendingEdits(of: library.server, limit: 100) { try catalogue.editSent(entry.id) }
  }

  @Test("a star and a rating are taken back and made again, also after a restart, as edits of their own")
  func marks() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try catalogue.rate(item, 2)
    try drainEverything()
    try catalogue.star(item, true)
    try catalogue.rate(item, 5)
    try drainEverything()
    let again = try filled.reopened()
    #expect(try again.undo().map(\.change) == [.rate(item, from: 2, to: 5)])
    #expect(try again.undo().map(\.change) == [.star(item, true)])
    #expect(try edits() == [.rate(item, 2), .star(item, false)])
    let track = try #require(try catalogue.tracks(ids("Hunter")).first)
    #expect(!track.isStarred && track.rating == 2)
    #expect(try catalogue.redo().map(\.subject) == ["Hunter"])
    #expect(try catalogue.redo().map(\.state) == [.done])
    #expect(try catalogue.redo().isEmpty)
    #expect(try catalogue.tracks(ids("Hunter")).first?.rating == 5)
    #expect(try catalogue.starredTracks().map(\.title) == ["Hunter"])
  }

  @Test("a star that is taken back before it was sent leaves nothing to send")
  func unsent() throws {
    try catalogue.star(.track(filled.id("Hunter")), true)
    try catalogue.undo()
    #expect(try edits().isEmpty)
  }

  @Test("an old star that was taken away and comes back is as old as it was")
  func starTime() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try library.pull(
      into: catalogue,
      tracks: library.tracks.map { record in
        var record = record
        if record.title == "Hunter" { record.starred = Timestamp(seconds: 1000) }
        return record
      })
    try catalogue.star(item, false)
    try catalogue.undo()
    #expect(try catalogue.storedTrack(filled.id("Hunter"))?.starred == Timestamp(seconds: 1000))
  }

  @Test("what is done after undoing cannot be redone over; the history still tells of it")
  func passedOver() throws {
    let (one, two) = (ItemID.track(try filled.id("Hunter")), ItemID.track(try filled.id("Jóga")))
    try catalogue.star(one, true)
    try catalogue.undo()
    try catalogue.star(two, true)
    #expect(try catalogue.redo().isEmpty)
    let history = try catalogue.history(limit: 10)
    #expect(history.map(\.state) == [.done, .passedOver])
    #expect(history.map(\.subject) == ["Jóga", "Hunter"])
    #expect(history.allSatisfy { $0.made.seconds > 1_700_000_000 })
    // What lies before is still there to be undone.
    #expect(try catalogue.undo().map(\.subject) == ["Jóga"])
    #expect(try catalogue.undo().isEmpty)
  }

  @Test("many changes made as one step are undone as one, or not made at all")
  func steps() throws {
    let items = try catalogue.tracks(ofAll: library).map { ItemID.track($0) }
    try catalogue.asOneStep { for item in items { try catalogue.star(item, true) } }
    #expect(try catalogue.starredTracks().count == items.count)
    #expect(try catalogue.undo().count == items.count)
    #expect(try catalogue.starredTracks().isEmpty && edits().isEmpty)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try catalogue.asOneStep {
        try catalogue.star(items[0], true)
        throw Stop()
      }
    }
    #expect(try catalogue.starredTracks().isEmpty)
    #expect(try catalogue.redo().count == items.count)
  }

  @Test("adding to a playlist is undone by taking away what was added, whatever others have added since")
  func playlist() throws {
    let list = try shared("Hunter", "Jóga")
    try catalogue.addTracks(ids("Unravel", "Ночь"), to: list, at: 1)
    #expect(try catalogue.history(limit: 1).map(\.change) == [.editPlaylist(list, added: 2, removed: 0)])
    try drainEverything()
    try catalogue.ingest(
      playlist: record("Mix"), tracks: ["tr-Hunter", "tr-Unravel", "tr-Ночь", "tr-Jóga", "tr-XXX 88"],
      from: library.origin)
    try catalogue.undo()
    #expect(try titles(list) == ["Hunter", "Jóga", "XXX 88"])
    #expect(try edits() == [.replacePlaylistTracks(list)])
    try catalogue.redo()
    #expect(try titles(list) == ["Hunter", "Unravel", "Ночь", "Jóga", "XXX 88"])
  }

  @Test("a new name is taken back, and a comment that came from elsewhere meanwhile stays")
  func details() throws {
    let list = try shared("Hunter")
    try catalogue.describePlaylist(list, name: "Night")
    try drainEverything()
    var theirs = record("Night")
    theirs.comment = "theirs"
    try catalogue.ingest(playlist: theirs, tracks: ["tr-Hunter"], from: library.origin)
    let undone = try catalogue.undo()
    #expect(
      undone.map(\.change) == [
        .describePlaylist(list, from: PlaylistDetails(name: "Mix"), to: PlaylistDetails(name: "Night"))
      ])
    #expect(try catalogue.playlist(list)?.name == "Mix")
    #expect(try catalogue.playlist(list)?.comment == "theirs")
  }

  @Test("a deletion that no server has heard of never happened; one that was sent makes the list anew")
  func deletion() throws {
    let list = try shared("Hunter", "Jóga")
    try catalogue.deletePlaylist(list)
    try catalogue.undo()
    #expect(try catalogue.playlist(list)?.remoteID == "pl-1")
    #expect(try titles(list) == ["Hunter", "Jóga"])
    #expect(try !edits().contains(.deletePlaylist("pl-1")))
    try catalogue.redo()
    #expect(try catalogue.playlists().isEmpty)
    #expect(try edits() == [.deletePlaylist("pl-1")])
    try drainEverything()
    try catalogue.undo()
    let back = try #require(try catalogue.playlists().first)
    #expect(back.id == list && back.remoteID == nil && back.name == "Mix")
    #expect(try titles(list) == ["Hunter", "Jóga"])
    #expect(try edits() == [.createPlaylist(list)])
  }

  @Test("a new playlist is taken back, with what was done to it, step by step, and made again")
  func creation() throws {
    let list = try catalogue.createPlaylist(named: "New", tracks: ids("Hunter"), on: library.origin)
    try catalogue.addTracks(ids("Jóga"), to: list)
    #expect(try edits() == [.createPlaylist(list)])
    try catalogue.undo()
    #expect(try titles(list) == ["Hunter"])
    try catalogue.undo()
    #expect(try catalogue.playlists().isEmpty && edits().isEmpty)
    try catalogue.redo()
    try catalogue.redo()
    #expect(try titles(list) == ["Hunter", "Jóga"])
    #expect(try edits() == [.createPlaylist(list)])
  }

  @Test("what is gone is passed by, and the next thing can be undone")
  func gone() throws {
    try catalogue.star(.track(filled.id("Jóga")), true)
    let list = try shared("Hunter")
    try catalogue.addTracks(ids("Jóga"), to: list)
    try drainEverything()
    try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin)
    #expect(try catalogue.undo().count == 1)
    try library.pull(into: catalogue, tracks: library.tracks.filter { $0.title != "Jóga" })
    #expect(try catalogue.undo().count == 1)
    #expect(try catalogue.undo().isEmpty)
    #expect(try catalogue.redo().count == 1)
  }

  @Test("only what was done in the accounts in scope is undone")
  func scope() throws {
    try catalogue.star(.track(filled.id("Jóga")), true)
    catalogue.scope = [.local]
    #expect(try catalogue.history(limit: 9).isEmpty && catalogue.undo().isEmpty)
    catalogue.scope = [.local, library.origin]
    #expect(try catalogue.undo().count == 1)
    try catalogue.remove(library.origin)
    #expect(try catalogue.history(limit: 9).isEmpty)
  }

  @Test("playlists of this computer are undone, too, and tell nobody")
  func local() throws {
    let list = try catalogue.createPlaylist(named: "Mix", tracks: ids("Hunter"), on: .local)
    try catalogue.setTracks(of: list, to: [])
    try catalogue.undo()
    #expect(try titles(list) == ["Hunter"])
    try catalogue.undo()
    #expect(try catalogue.playlists().isEmpty && edits().isEmpty)
  }
}

extension Catalogue {
  fileprivate func tracks(ofAll library: SmallLibrary) throws -> [TrackID] {
    try library.tracks.map { try #require(try trackID($0.remoteID, from: library.origin)) }
  }
}

@Suite("Earlier versions of a playlist")
struct PlaylistVersionTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func ids(_ titles: String...) throws -> [TrackID] { try titles.map { try filled.id($0) } }
  func titles(_ list: PlaylistID) throws -> [String] { try catalogue.tracks(of: list).map(\.title) }

  @Test("are listed, looked at and restored; that is a step that can be undone")
  func restore() throws {
    let list = try catalogue.createPlaylist(named: "A", tracks: ids("Hunter"), on: library.origin)
    try catalogue.setTracks(of: list, to: ids("Jóga", "Hunter"))
    try catalogue.describePlaylist(list, name: "B")
    let versions = try catalogue.versions(of: list)
    #expect(versions.map(\.details.name) == ["B", "A", "A"])
    #expect(versions.map(\.trackCount) == [2, 2, 1])
    #expect(try catalogue.tracks(ofVersion: versions[2].id).map(\.title) == ["Hunter"])
    #expect(try catalogue.restore(version: versions[2].id))
    #expect(try titles(list) == ["Hunter"])
    #expect(try catalogue.playlist(list)?.name == "A")
    try catalogue.undo()
    #expect(try titles(list) == ["Jóga", "Hunter"])
    #expect(try catalogue.playlist(list)?.name == "B")
    #expect(try !catalogue.restore(version: 4711))
    #expect(try catalogue.tracks(ofVersion: 4711).isEmpty)
  }

  @Test("that a server's change replaced are kept, and those of lists that were deleted, here or there")
  func kept() throws {
    let record = PlaylistRecord(remoteID: "pl-1", name: "Mix")
    try catalogue.ingest(playlist: record, tracks: ["tr-Hunter", "tr-Jóga"], from: library.origin)
    let list = try #require(try catalogue.playlistID("pl-1", from: library.origin))
    try catalogue.ingest(playlist: record, tracks: ["tr-Hunter"], from: library.origin)
    #expect(try catalogue.versions(of: list).map(\.trackCount) == [2])
    try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin)
    let deleted = try catalogue.deletedPlaylists()
    #expect(deleted.map(\.playlist) == [list] && deleted.map(\.trackCount) == [1])
    #expect(try catalogue.restore(version: deleted[0].id))
    #expect(try titles(list) == ["Hunter"])
    #expect(try catalogue.pendingEdits(of: library.server, limit: 9).map(\.edit) == [.createPlaylist(list)])
    #expect(try catalogue.deletedPlaylists().isEmpty)
    try catalogue.undo()
    #expect(try catalogue.playlists().isEmpty)
  }

  @Test("are at most a hundred, and the oldest go first, with the steps that need them")
  func bounded() throws {
    let list = try catalogue.createPlaylist(named: "A", tracks: [], on: library.origin)
    let track = try filled.id("Hunter")
    for count in 1...130 { try catalogue.setTracks(of: list, to: [TrackID](repeating: track, count: count)) }
    let versions = try catalogue.versions(of: list)
    #expect(versions.count == 100)
    #expect(versions.first?.trackCount == 130 && versions.last?.trackCount == 31)
    var undone = 0
    while try !catalogue.undo().isEmpty { undone += 1 }
    #expect(undone == 99)
    #expect(try titles(list).count == 31)
  }
}
