import Foundation
import Library
import Music
import Testing

@Suite("Playlists that were changed here and on the server")
struct PlaylistMergingTests {
  let filled: FilledCatalogue
  var catalogue: Catalogue { filled.catalogue }
  var library: SmallLibrary { filled.library }

  init() throws { filled = try FilledCatalogue() }

  func pending() throws -> [OutboxEntry] { try catalogue.pendingEdits(of: library.server, limit: 100) }
  func ids(_ titles: String...) throws -> [TrackID] { try titles.map { try filled.id($0) } }
  func titles(_ list: PlaylistID) throws -> [String] { try catalogue.tracks(of: list).map(\.title) }

  func pull(_ titles: [String], name: String = "Mix", comment: String = "") throws {
    var record = PlaylistRecord(remoteID: "pl-1", name: name)
    record.comment = comment
    try catalogue.ingest(playlist: record, tracks: titles.map { "tr-" + $0 }, from: library.origin)
  }

  /// A list that the server holds, too, and nothing waits.
  func shared(_ titles: String...) throws -> PlaylistID {
    try pull(titles)
    return try #require(try catalogue.playlistID("pl-1", from: library.origin))
  }

  @Test("are merged by a pull, in which nothing of either side is lost, and the edit waits on")
  func merged() throws {
    let list = try shared("Hunter", "Jóga", "Unravel")
    try catalogue.setTracks(of: list, to: ids("Jóga", "Unravel", "Ночь"))
    try pull(["Hunter", "Jóga", "XXX 88", "Unravel"])
    #expect(try titles(list) == ["Jóga", "XXX 88", "Unravel", "Ночь"])
    #expect(try pending().map(\.edit) == [.replacePlaylistTracks(list)])
    let outgoing = try #require(try catalogue.outgoing(list))
    #expect(outgoing.tracks == ["tr-Jóga", "tr-XXX 88", "tr-Unravel", "tr-Ночь"])
    #expect(outgoing.serverTracks == ["tr-Hunter", "tr-Jóga", "tr-XXX 88", "tr-Unravel"])
    // The same once more changes nothing.
    try pull(["Hunter", "Jóga", "XXX 88", "Unravel"])
    #expect(try titles(list) == ["Jóga", "XXX 88", "Unravel", "Ночь"])
  }

  @Test("keep the tracks that are unknown here: they are sent along, and shown when they become known")
  func hidden() throws {
    let list = try shared("Hunter", "secret", "Jóga")
    #expect(try titles(list) == ["Hunter", "Jóga"])
    try catalogue.setTracks(of: list, to: ids("Jóga", "Unravel", "Hunter"))
    #expect(try catalogue.outgoing(list)?.tracks.sorted() == ["tr-Hunter", "tr-Jóga", "tr-Unravel", "tr-secret"])
    try catalogue.revealPlaylistTracks(from: library.origin)
    #expect(try titles(list) == ["Jóga", "Unravel", "Hunter"])
    try library.pull(into: catalogue, tracks: library.tracks + [TrackRecord(remoteID: "tr-secret", title: "secret")])
    try catalogue.revealPlaylistTracks(from: library.origin)
    #expect(try titles(list).sorted() == ["Hunter", "Jóga", "Unravel", "secret"])
    #expect(try catalogue.outgoing(list)?.tracks.count == 4)
  }

  @Test("do not lose on the server what the catalogue lost for a while")
  func vanished() throws {
    let list = try shared("Hunter", "Jóga", "Unravel")
    try library.pull(into: catalogue, tracks: library.tracks.filter { $0.title != "Jóga" })
    #expect(try titles(list) == ["Hunter", "Unravel"])
    try catalogue.addTracks(ids("Ночь"), to: list)
    #expect(try catalogue.outgoing(list)?.tracks == ["tr-Hunter", "tr-Jóga", "tr-Unravel", "tr-Ночь"])
  }

  @Test("with a new name on both sides ask which one it shall be", arguments: [PlaylistDecision.keepOurs, .takeTheirs])
  func renamed(decision: PlaylistDecision) throws {
    let list = try shared("Hunter")
    try catalogue.describePlaylist(list, name: "Ours", comment: "said here")
    try pull(["Hunter", "Jóga"], name: "Theirs")
    #expect(try catalogue.playlist(list)?.name == "Ours")
    #expect(try titles(list) == ["Hunter", "Jóga"])
    let conflict = PlaylistConflict.renamed(ours: "Ours", theirs: "Theirs")
    #expect(try catalogue.playlistQuestions().map(\.conflict) == [conflict])
    #expect(try catalogue.outbox().map(\.state) == [.asks(conflict)])
    #expect(try pending().isEmpty)
    // Another edit meanwhile, and another pull, do not answer it.
    try catalogue.describePlaylist(list, isPublic: true)
    try catalogue.addTracks(ids("Ночь"), to: list)
    try pull(["Hunter", "Jóga"], name: "Theirs")
    #expect(try pending().map(\.edit) == [.replacePlaylistTracks(list)])
    try catalogue.decide(list, decision)
    #expect(try catalogue.playlistQuestions().isEmpty)
    #expect(try pending().map(\.edit).contains(.describePlaylist(list)))
    let now = try #require(try catalogue.playlist(list))
    #expect(now.name == (decision == .keepOurs ? "Ours" : "Theirs"))
    #expect(now.comment == "said here" && now.isPublic)
    try catalogue.decide(list, .keepOurs)
    #expect(try catalogue.playlist(list) == now)
  }

  @Test("and deleted there ask: kept, they are made anew")
  func keptAsNew() throws {
    let list = try shared("Hunter")
    try catalogue.addTracks(ids("Jóga"), to: list)
    let questions = try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin)
    #expect(questions == [PlaylistQuestion(playlist: list, name: "Mix", conflict: .deletedThere)])
    #expect(try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin).isEmpty)
    #expect(try catalogue.outboxCounts() == OutboxCounts(asking: 1))
    try catalogue.addTracks(ids("Ночь"), to: list)
    #expect(try pending().isEmpty)
    try catalogue.decide(list, .keepOurs)
    #expect(try pending().map(\.edit) == [.createPlaylist(list)])
    #expect(try catalogue.playlist(list)?.remoteID == nil)
    #expect(try titles(list) == ["Hunter", "Jóga", "Ночь"])
  }

  @Test("and deleted there ask: given up, they are gone, and can be brought back")
  func accepted() throws {
    let list = try shared("Hunter")
    try catalogue.addTracks(ids("Jóga"), to: list)
    try catalogue.removePlaylists(exceptRemoteIDs: [], from: library.origin)
    try catalogue.decide(list, .takeTheirs)
    #expect(try catalogue.playlists().isEmpty && catalogue.outbox().isEmpty)
    try catalogue.undo()
    #expect(try titles(list) == ["Hunter", "Jóga"])
    #expect(try pending().map(\.edit) == [.createPlaylist(list)])
  }

  @Test("stay merged while an edit was refused; discarding it brings the server's list back")
  func refused() throws {
    let list = try shared("Hunter")
    try catalogue.addTracks(ids("Jóga"), to: list)
    let entry = try #require(try pending().first)
    try catalogue.editRefused(entry.id, reason: "not yours")
    try pull(["Hunter", "Ночь"])
    #expect(try titles(list) == ["Hunter", "Ночь", "Jóga"])
    try catalogue.discardEdit(entry.id)
    #expect(try titles(list) == ["Hunter", "Ночь"])
    #expect(try catalogue.outbox().isEmpty)
    // Undone, the edit is made after all.
    try catalogue.undo()
    #expect(try titles(list) == ["Hunter", "Ночь", "Jóga"])
    #expect(try pending().count == 1)
  }

  @Test("while a list is on its way keep what is changed here: it is sent next")
  func editedOnTheWay() throws {
    let list = try shared("Hunter", "Jóga")
    try catalogue.setTracks(of: list, to: ids("Hunter", "Jóga", "Unravel"))
    let entry = try #require(try pending().first)
    let sent = try #require(try catalogue.outgoing(list))
    try catalogue.editBegins(entry.id)
    try catalogue.sendingBegins(of: list, sent.tracks)
    try catalogue.setTracks(of: list, to: ids("Jóga", "Unravel", "Ночь"))
    try catalogue.playlistArrived(
      entry.id, sent, PlaylistRecord(remoteID: "pl-1", name: "Mix"),
      tracks: ["tr-Hunter", "tr-Jóga", "tr-Unravel", "tr-XXX 88"])
    #expect(try titles(list).sorted() == ["Jóga", "Unravel", "XXX 88", "Ночь"].sorted())
    #expect(try pending().map(\.edit) == [.replacePlaylistTracks(list)])
  }

  @Test("are known again when what was sent arrived without an answer, also where tracks stand twice")
  func lostAnswer() throws {
    let list = try shared("Hunter", "Jóga", "Hunter")
    try catalogue.setTracks(of: list, to: ids("Hunter", "Hunter", "Hunter", "Jóga"))
    try catalogue.sendingBegins(of: list, ["tr-Hunter", "tr-Hunter", "tr-Hunter", "tr-Jóga"])
    try catalogue.setTracks(of: list, to: ids("Hunter", "Jóga"))
    try pull(["Hunter", "Hunter", "Hunter", "Jóga"])
    #expect(try titles(list) == ["Hunter", "Jóga"])
  }

  @Test("change as the listener meant it, when the list he looked at has changed under his hands")
  func seen() throws {
    let list = try shared("Hunter", "Jóga")
    let seen = try ids("Hunter", "Jóga")
    try pull(["Hunter", "Jóga", "XXX 88"])
    try catalogue.setTracks(of: list, to: ids("Jóga", "Hunter"), seen: seen)
    #expect(try titles(list) == ["Jóga", "Hunter", "XXX 88"] || titles(list) == ["Jóga", "XXX 88", "Hunter"])
    try catalogue.setTracks(of: list, to: ids("Unravel"))
    #expect(try titles(list) == ["Unravel"])
    try catalogue.addTracks(ids("Hunter"), to: list, at: -5)
    try catalogue.addTracks(ids("Jóga"), to: list, at: 500)
    #expect(try titles(list) == ["Hunter", "Unravel", "Jóga"])
  }

  @Test("a date that is only just past is not trusted: under the same one the list may be changed again")
  func freshDates() throws {
    var record = PlaylistRecord(remoteID: "pl-1", name: "Mix")
    func known(_ age: Int64) throws -> Timestamp? {
      let now = Int64(Date().timeIntervalSince1970)
      record.changed = Timestamp(seconds: now - age)
      try catalogue.ingest(playlist: record, tracks: ["tr-Hunter"], from: library.origin)
      return try catalogue.knownPlaylists(from: library.origin)["pl-1"]?.changed
    }
    #expect(try known(0) == nil)
    #expect(try known(60) == record.changed)
    // The server's clock is an hour ahead: nothing can be said.
    #expect(try known(-3600) == record.changed)
  }
}
