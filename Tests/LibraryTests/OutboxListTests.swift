import Library
import Music
import Testing

@Suite("The outbox as it is looked at")
struct OutboxListTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func only() throws -> OutboxRow {
    let rows = try catalogue.outbox()
    #expect(rows.count == 1)
    return try #require(rows.first)
  }

  @Test("says what each edit is about, since when, how often it was tried, and how it stands")
  func rows() throws {
    let track = try filled.id("Hunter")
    let list = try catalogue.createPlaylist(named: "Old name", tracks: [track], on: library.origin)
    try catalogue.describePlaylist(list, name: "Mix")
    try catalogue.star(.track(track), true)
    try catalogue.recordPlay(of: track, at: Timestamp(seconds: 5))
    try catalogue.saveQueue(SavedQueue(tracks: [track], current: 0, position: 1500), on: library.origin)
    let rows = try catalogue.outbox()
    #expect(rows.map(\.subject) == ["Mix", "Hunter", "Hunter", ""])
    #expect(
      rows.map(\.edit) == [
        .createPlaylist(list), .star(.track(track), true), .scrobble(track, Timestamp(seconds: 5)), .savePlayQueue,
      ])
    #expect(rows.allSatisfy { $0.state == .waiting && $0.attempts == 0 && $0.lastTried == nil })
    #expect(rows.allSatisfy { $0.since.seconds > 1_700_000_000 && $0.server == library.server })
    try catalogue.editBegins(rows[1].id)
    try catalogue.editRefused(rows[1].id, reason: "not yours")
    #expect(try catalogue.outboxCounts() == OutboxCounts(waiting: 3, refused: 1))
    let refused = try catalogue.outbox()[1]
    #expect(refused.state == .refused("not yours") && refused.attempts == 1 && refused.lastTried != nil)
    try catalogue.retryEdit(refused.id)
    #expect(try catalogue.outboxCounts() == OutboxCounts(waiting: 4))
    #expect(try catalogue.pendingEdits(of: library.server, limit: 9).count == 4)
  }

  @Test("a deleted playlist keeps its name there")
  func deleted() throws {
    let list = try catalogue.createPlaylist(named: "Mix", tracks: [], on: library.origin)
    try catalogue.setRemoteID("pl-1", of: list)
    try catalogue.deletePlaylist(list)
    #expect(try only().subject == "Mix")
  }

  @Test("a star or rating that is discarded is as it was before")
  func marks() throws {
    let item = ItemID.track(try filled.id("Hunter"))
    try catalogue.star(item, true)
    try catalogue.discardEdit(only().id)
    #expect(try catalogue.starredTracks().isEmpty && catalogue.outbox().isEmpty)
    try catalogue.rate(item, 4)
    try catalogue.editSent(only().id)
    try catalogue.rate(item, 1)
    try catalogue.rate(item, 2)
    try catalogue.discardEdit(only().id)
    #expect(try catalogue.tracks([filled.id("Hunter")]).first?.rating == 4)
    try catalogue.discardEdit(4711)
  }

  @Test("a new playlist that is discarded goes, a new name goes back, a deletion did not happen; all can be undone")
  func playlists() throws {
    let made = try catalogue.createPlaylist(named: "New", tracks: [filled.id("Hunter")], on: library.origin)
    try catalogue.discardEdit(only().id)
    #expect(try catalogue.playlists().isEmpty && catalogue.outbox().isEmpty)
    try catalogue.undo()
    #expect(try catalogue.playlist(made)?.name == "New")
    try catalogue.discardEdit(only().id)

    try catalogue.ingest(
      playlist: PlaylistRecord(remoteID: "pl-1", name: "Mix"), tracks: ["tr-Jóga"], from: library.origin)
    let list = try #require(try catalogue.playlistID("pl-1", from: library.origin))
    try catalogue.describePlaylist(list, name: "Other")
    try catalogue.discardEdit(only().id)
    #expect(try catalogue.playlist(list)?.name == "Mix")
    #expect(try catalogue.outbox().isEmpty)
    try catalogue.deletePlaylist(list)
    try catalogue.discardEdit(only().id)
    #expect(try catalogue.playlist(list)?.remoteID == "pl-1")
    #expect(try catalogue.tracks(of: list).map(\.title) == ["Jóga"])
    #expect(try catalogue.outbox().isEmpty)
  }
}

@Suite("Bookmarks and the saved queue")
struct BookmarkTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func edits() throws -> [Edit] { try catalogue.pendingEdits(of: library.server, limit: 100).map(\.edit) }

  @Test("a bookmark is set, moved and taken away; the server is told once, as it stands")
  func bookmark() throws {
    let track = try filled.id("Hunter")
    try catalogue.setBookmark(Bookmark(track: track, position: 61_000, comment: "bridge"))
    try catalogue.setBookmark(Bookmark(track: track, position: -3))
    #expect(try catalogue.bookmarks() == [Bookmark(track: track, position: 0)])
    #expect(try edits() == [.bookmark(track)])
    try catalogue.deleteBookmark(of: track)
    #expect(try catalogue.bookmark(of: track) == nil)
    #expect(try edits() == [.bookmark(track)])
    try catalogue.deleteBookmark(of: track)
    try catalogue.setBookmark(Bookmark(track: TrackID(4711), position: 5))
    #expect(try edits().count == 1)
  }

  @Test("the server's bookmarks come here, those that wait stay, those that are gone there go")
  func pulled() throws {
    let (one, two) = (try filled.id("Hunter"), try filled.id("Jóga"))
    try catalogue.ingest(
      bookmarks: [("tr-Hunter", 100, "a"), ("tr-Jóga", 200, "b"), ("unknown", 1, "")], from: library.origin)
    #expect(try Set(catalogue.bookmarks().map(\.position)) == [100, 200])
    try catalogue.setBookmark(Bookmark(track: one, position: 150))
    try catalogue.ingest(bookmarks: [], from: library.origin)
    #expect(try catalogue.bookmarks() == [Bookmark(track: one, position: 150)])
    #expect(try catalogue.bookmark(of: two) == nil)
  }

  @Test("a queue is saved with the server's own tracks, and the latest alone is sent")
  func queue() throws {
    let pull = try catalogue.beginPull(of: .local)
    try catalogue.ingest(tracks: [TrackRecord(remoteID: "x", title: "x")], in: pull)
    let here = try #require(try catalogue.trackID("x", from: .local))
    let (one, two) = (try filled.id("Hunter"), try filled.id("Jóga"))
    try catalogue.saveQueue(SavedQueue(tracks: [one, here, two, one], current: 3, position: 777), on: library.origin)
    #expect(
      try catalogue.savedQueue(of: library.origin) == SavedQueue(tracks: [one, two, one], current: 2, position: 777))
    // The current one is not the server's: the next of its own, from its start.
    try catalogue.saveQueue(SavedQueue(tracks: [one, here, two], current: 1, position: 777), on: library.origin)
    #expect(try catalogue.savedQueue(of: library.origin) == SavedQueue(tracks: [one, two], current: 1))
    #expect(try edits() == [.savePlayQueue])
    try catalogue.ingest(queue: SavedQueue(tracks: []), from: library.origin)
    #expect(try catalogue.savedQueue(of: library.origin)?.tracks == [one, two])
    try catalogue.saveQueue(SavedQueue(tracks: []), on: library.origin)
    #expect(try catalogue.savedQueue(of: library.origin) == SavedQueue(tracks: []))
    #expect(try catalogue.savedQueue(of: .remote(ServerID("other"))) == nil)
  }
}
