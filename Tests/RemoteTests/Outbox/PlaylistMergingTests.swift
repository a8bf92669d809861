import Fixtures
import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

@Suite("Sending playlists that others edit, too")
struct PlaylistMergingTests {
  private let bench: SynchronizerBench
  private var catalogue: Catalogue { bench.catalogue }
  private var server: MusicServer { bench.server }

  init() throws {
    var contents = MusicServer.Contents.sample(albums: 4)
    contents.addPlaylist("Mix", ["tr-1", "tr-2", "tr-3"])
    bench = try SynchronizerBench(contents)
    try bench.synchronize()
  }

  private var mix: PlaylistID {
    get throws { try #require(try catalogue.playlistID(server.now.playlists[0].id, from: .remote(bench.id))) }
  }
  private var onServer: [String]? { server.now.entries[server.now.playlists[0].id] }
  private func here(_ list: PlaylistID) throws -> [String] { try catalogue.tracks(of: list).map(\.remoteID) }
  private func ids(_ numbers: Int...) throws -> [TrackID] { try numbers.map { try bench.track("tr-\($0)") } }

  @discardableResult
  private func drain() throws -> (outcome: OutboxDrain.Outcome, events: [RemoteEvent]) {
    var events: [RemoteEvent] = []
    let outcome = try OutboxDrain(client: bench.client, catalogue: catalogue, report: { events.append($0) }).run()
    return (outcome, events)
  }

  private func changeThere(_ numbers: Int...) {
    server.change { $0.setEntries(0, numbers.map { "tr-\($0)" }) }
  }

  @Test("both sides' changes are on the server and here afterwards", arguments: [true, false])
  func merged(tellsCreated: Bool) throws {
    server.change { $0.tellsCreated = tellsCreated }
    try catalogue.setTracks(of: mix, to: ids(2, 3, 5))
    changeThere(1, 2, 4, 3)
    #expect(try drain().outcome == .empty)
    #expect(onServer == ["tr-2", "tr-4", "tr-3", "tr-5"])
    #expect(try here(mix) == onServer)
    try bench.synchronize()
    #expect(try here(mix) == onServer)
    #expect(try drain().events.isEmpty)
  }

  @Test("two new names are asked about once, also where the tracks were changed before the name, or a pull comes first")
  func namesAfterTracks() throws {
    for pullsFirst in [false, true] {
      let list = try mix
      try catalogue.setTracks(of: list, to: ids(1, pullsFirst ? 4 : 2))
      try catalogue.describePlaylist(list, name: "Ours \(pullsFirst)")
      server.change { $0.playlists[0].name = "Theirs \(pullsFirst)" }
      changeThere(1, 2, 3)
      var asked: [PlaylistQuestion] = []
      if pullsFirst {
        let synchronizer = Synchronizer(
          client: bench.client, catalogue: catalogue, report: { _ in }, checkpoint: { () throws(SyncFailure) in },
          ask: { asked.append($0) })
        _ = try synchronizer.run(isFull: true)
      }
      for event in try drain().events { if case .playlistAsks(let question) = event { asked.append(question) } }
      let conflict = PlaylistConflict.renamed(ours: "Ours \(pullsFirst)", theirs: "Theirs \(pullsFirst)")
      #expect(asked.map(\.conflict) == [conflict])
      try catalogue.decide(list, .keepOurs)
      #expect(try drain().outcome == .empty)
      #expect(server.now.playlists[0].name == "Ours \(pullsFirst)")
    }
  }

  @Test("what is there already is not written again")
  func nothingToWrite() throws {
    try catalogue.setTracks(of: mix, to: ids(1, 2))
    changeThere(1, 2)
    let writes = server.count("createPlaylist")
    #expect(try drain().outcome == .empty)
    #expect(server.count("createPlaylist") == writes)
  }

  @Test("a write that another client's swallowed is made again")
  func lostUpdate() throws {
    server.change { contents in
      contents.tellsCreated = false
      contents.interventions["createPlaylist"] = [{ $0.setEntries(0, ["tr-1", "tr-2", "tr-3", "tr-7"]) }]
    }
    try catalogue.addTracks(ids(5), to: mix)
    #expect(try drain().outcome == .empty)
    #expect(try #require(onServer).sorted() == ["tr-1", "tr-2", "tr-3", "tr-5", "tr-7"])
    #expect(try here(mix) == onServer)
  }

  @Test("where others write without end it is left for later, and nothing is lost")
  func stampede() throws {
    server.change { contents in
      contents.tellsCreated = false
      contents.interventions["createPlaylist"] = (0..<20).map { turn in
        { $0.setEntries(0, ["tr-1", "tr-2", "tr-3"] + [String](repeating: "tr-6", count: turn % 3)) }
      }
    }
    try catalogue.addTracks(ids(5), to: mix)
    #expect(try drain().outcome == .postponed(retryAfter: nil))
    #expect(try here(mix).contains("tr-5"))
    server.change { $0.interventions = [:] }
    #expect(try drain().outcome == .empty)
    #expect(try #require(onServer).contains("tr-5"))
  }

  @Test("a server that says yes and does nothing has refused")
  func ignored() throws {
    server.change { $0.ignoresReplacements = true }
    try catalogue.addTracks(ids(5), to: mix)
    #expect(try drain().outcome == .empty)
    #expect(try catalogue.deadEdits().map(\.refusal) == ["the list did not change"])
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-3", "tr-5"])
    // Nothing is lost by the next pull, and asked to try again it does.
    changeThere(1, 2, 3, 4)
    try bench.synchronize()
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-3", "tr-4", "tr-5"])
    server.change { $0.ignoresReplacements = false }
    try catalogue.retryEdit(try #require(try catalogue.outbox().first).id)
    #expect(try drain().outcome == .empty)
    #expect(onServer == ["tr-1", "tr-2", "tr-3", "tr-4", "tr-5"])
  }

  @Test(
    "tracks that the server lost are left out, whether it skips them or refuses the list", arguments: [true, false])
  func unknownTracks(refuses: Bool) throws {
    server.change {
      $0.refusesUnknownSongs = refuses
      $0.songs.removeAll { $0.id == "tr-5" }
    }
    try catalogue.addTracks(ids(5, 6), to: mix)
    #expect(try drain().outcome == .empty)
    #expect(try catalogue.outbox().isEmpty)
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-3", "tr-6"])
    let new = try catalogue.createPlaylist(named: "New", tracks: ids(5, 7), on: .remote(bench.id))
    #expect(try drain().outcome == .empty)
    #expect(try here(new) == ["tr-7"])
    try bench.synchronize()
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-3", "tr-6"])
    #expect(try catalogue.outbox().isEmpty)
  }

  @Test("tracks that are known there and not here stay on the server")
  func unknownHere() throws {
    let song = try #require(server.now.songs.first { $0.id == "tr-3" })
    server.change { $0.songs.removeAll { $0.id == "tr-3" } }
    try bench.synchronize(isFull: true)
    server.change { $0.songs.append(song) }
    try catalogue.addTracks(ids(5), to: mix)
    #expect(try drain().outcome == .empty)
    #expect(onServer == ["tr-1", "tr-2", "tr-3", "tr-5"])
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-5"])
    try bench.synchronize(isFull: true)
    #expect(try here(mix) == ["tr-1", "tr-2", "tr-3", "tr-5"])
  }

  @Test("two new names ask; the tracks go on; the answer is sent")
  func renamed() throws {
    try catalogue.describePlaylist(mix, name: "Ours")
    try catalogue.addTracks(ids(5), to: mix)
    server.change { $0.playlists[0].name = "Theirs" }
    let question = PlaylistQuestion(
      playlist: try mix, name: "Ours", conflict: .renamed(ours: "Ours", theirs: "Theirs"))
    let result = try drain()
    #expect(result.outcome == .empty)
    #expect(result.events.contains(.playlistAsks(question)))
    #expect(onServer == ["tr-1", "tr-2", "tr-3", "tr-5"])
    #expect(server.now.playlists[0].name == "Theirs")
    try catalogue.decide(mix, .keepOurs)
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists[0].name == "Ours")
    #expect(try catalogue.outbox().isEmpty)
  }

  @Test("a name that only we changed and a comment that only they changed both stand")
  func details() throws {
    try catalogue.describePlaylist(mix, name: "Ours")
    server.change { $0.playlists[0].comment = "theirs" }
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists[0].name == "Ours" && server.now.playlists[0].comment == "theirs")
    #expect(try catalogue.playlist(mix)?.comment == "theirs")
    // What did not change is not written: some servers add the owner to a foreign list's name.
    #expect(server.server.requests.last { $0.call == "updatePlaylist" }?["comment"] == nil)
  }

  @Test("a list deleted there and edited here is made anew when it is kept")
  func keptAsNew() throws {
    let list = try mix
    try catalogue.addTracks(ids(5), to: list)
    server.change { $0.playlists = [] }
    try bench.synchronize()
    #expect(try catalogue.playlistQuestions().map(\.conflict) == [.deletedThere])
    try catalogue.decide(list, .keepOurs)
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists.map(\.name) == ["Mix"])
    #expect(onServer == ["tr-1", "tr-2", "tr-3", "tr-5"])
    try bench.synchronize()
    #expect(try catalogue.playlists().map(\.id) == [list])
  }

  @Test("a new list that the server makes public is made private, and keeps its comment")
  func createdPublic() throws {
    server.change { $0.createsPublic = true }
    let list = try catalogue.createPlaylist(named: "New", tracks: ids(1), on: .remote(bench.id))
    try catalogue.describePlaylist(list, comment: "said at once")
    #expect(try drain().outcome == .empty)
    let made = try #require(server.now.playlists.last)
    #expect(made.public == false && made.comment == "said at once")
    #expect(try catalogue.playlist(list)?.comment == "said at once")
  }

  @Test("a change made while the list is on its way is sent next")
  func editedOnTheWay() throws {
    let list = try mix
    try catalogue.addTracks(ids(5), to: list)
    var hasEdited = false
    let other = try Catalogue(path: bench.directory.file("library.db"))
    let added = try ids(6)
    let drain = OutboxDrain(
      client: bench.client, catalogue: catalogue, report: { _ in },
      passed: {
        // Right after the write has been answered.
        guard !hasEdited, server.count("createPlaylist") > 0 else { return }
        hasEdited = true
        try? other.addTracks(added, to: list, at: 0)
      })
    #expect(try drain.run() == .empty)
    #expect(hasEdited)
    #expect(onServer == ["tr-6", "tr-1", "tr-2", "tr-3", "tr-5"])
    #expect(try here(list) == onServer)
  }
}
