import Library
import Music
import Testing

@Suite("The outbox")
struct OutboxTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func pending() throws -> [OutboxEntry] { try catalogue.pendingEdits(of: library.server, limit: 100) }

  @Test("gives back every kind of edit as it was put in")
  func everyKind() throws {
    let track = try filled.id("Hunter")
    let first = try catalogue.createPlaylist(named: "First", tracks: [], on: library.origin)
    try catalogue.setRemoteID("pl-1", of: first)
    try catalogue.describePlaylist(first, name: "Renamed")
    try catalogue.setTracks(of: first, to: [track])
    try catalogue.star(.track(track), true)
    try catalogue.rate(.track(track), 2)
    try catalogue.recordPlay(of: track, at: Timestamp(seconds: 5))
    let second = try catalogue.createPlaylist(named: "Second", tracks: [track], on: library.origin)
    try catalogue.setRemoteID("pl-2", of: second)
    try catalogue.deletePlaylist(second)
    #expect(
      try pending().map(\.edit) == [
        .createPlaylist(first), .describePlaylist(first), .replacePlaylistTracks(first), .star(.track(track), true),
        .rate(.track(track), 2), .scrobble(track, Timestamp(seconds: 5)), .deletePlaylist("pl-2"),
      ])
    #expect(try pending().allSatisfy { $0.server == library.server && $0.attempts == 0 && $0.refusal == nil })
    #expect(try catalogue.pendingEdits(of: ServerID("other"), limit: 9).isEmpty)
  }

  @Test("keeps an edit that was put off, counts its attempts, and survives a restart")
  func postponed() throws {
    try catalogue.star(.track(filled.id("Hunter")), true)
    let entry = try #require(try pending().first)
    try catalogue.editBegins(entry.id)
    try catalogue.editBegins(entry.id)
    let again = try filled.reopened().pendingEdits(of: library.server, limit: 9)
    #expect(again.map(\.attempts) == [2])
    try catalogue.editSent(entry.id)
    #expect(try pending().isEmpty)
  }

  @Test("shows a refused edit with its reason, and sends it no more")
  func refused() throws {
    try catalogue.star(.track(filled.id("Hunter")), true)
    try catalogue.rate(.track(filled.id("Hunter")), 1)
    let entry = try #require(try pending().first)
    try catalogue.editRefused(entry.id, reason: "not yours")
    #expect(try pending().map(\.edit) == [.rate(.track(filled.id("Hunter")), 1)])
    #expect(try catalogue.deadEdits().map(\.refusal) == ["not yours"])
    // The server's word holds again.
    try library.pull(into: catalogue)
    #expect(try catalogue.starredTracks().isEmpty)
    try catalogue.editSent(entry.id)
    #expect(try catalogue.deadEdits().isEmpty)
  }

  @Test("drops edits of tracks that a pull finds gone, and everything of an account that was removed")
  func gone() throws {
    try catalogue.star(.track(filled.id("Hunter")), true)
    try catalogue.star(.track(filled.id("Ночь")), true)
    try library.pull(into: catalogue, tracks: library.tracks.filter { $0.title != "Hunter" })
    #expect(try pending().map(\.edit) == [.star(.track(filled.id("Ночь")), true)])
    try catalogue.remove(library.origin)
    #expect(try pending().isEmpty)
  }
}
