import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

@Suite("Sending the outbox")
struct OutboxTests {
  private let bench: SynchronizerBench
  private var catalogue: Catalogue { bench.catalogue }
  private var server: MusicServer { bench.server }

  init() throws {
    var contents = MusicServer.Contents.sample(albums: 4)
    contents.addPlaylist("Mix", ["tr-1", "tr-2"])
    bench = try SynchronizerBench(contents)
    try bench.synchronize()
  }

  private func drain(serverType: String = "") throws -> (outcome: OutboxDrain.Outcome, events: [RemoteEvent]) {
    var events: [RemoteEvent] = []
    let client = SubsonicClient(
      account: account(at: server.base, server: bench.id, serverType: serverType), http: bench.http)
    let outcome = try OutboxDrain(client: client, catalogue: catalogue, report: { events.append($0) }).run()
    return (outcome, events)
  }

  private func mix() throws -> Playlist { try #require(try catalogue.playlists().first { $0.name == "Mix" }) }

  @Test("stars, ratings and listens arrive, each thing under its own kind of id")
  func annotations() throws {
    let track = try bench.track("tr-1")
    let album = try #require(try catalogue.albums(by: .name, limit: 1, offset: 0).first)
    let artist = try #require(try catalogue.artists().first)
    try catalogue.star(.track(track), true)
    try catalogue.star(.album(album.id), true)
    try catalogue.star(.artist(artist.id), true)
    try catalogue.rate(.track(track), 4)
    try catalogue.recordPlay(of: track, at: Timestamp(seconds: 1_800_000_000))
    let result = try drain()
    #expect(result.outcome == .empty)
    #expect(result.events == [.editsSent(5)])
    #expect(server.now.starred == ["tr-1", album.remoteID, artist.remoteID])
    #expect(server.now.ratings == ["tr-1": 4])
    #expect(server.now.scrobbled == ["tr-1@1800000000000"])
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 10).isEmpty)
  }

  @Test("a star that is there already is as good as sent")
  func starredAlready() throws {
    server.change {
      $0.starsOnlyOnce = true
      $0.starred = ["tr-1"]
    }
    try catalogue.star(.track(try bench.track("tr-1")), true)
    #expect(try drain().outcome == .empty)
    #expect(try catalogue.deadEdits().isEmpty)
  }

  @Test("what the server refuses becomes a dead edit, and the rest goes on")
  func refused() throws {
    let (gone, there) = (try bench.track("tr-1"), try bench.track("tr-2"))
    server.change { $0.songs.removeFirst() }
    try catalogue.star(.track(gone), true)
    try catalogue.star(.track(there), true)
    let result = try drain()
    #expect(result.outcome == .empty)
    let refusal = RemoteEvent.editRefused(.star(.track(gone), true), .server(code: 70, message: "not found"))
    #expect(result.events == [refusal, .editsSent(1)])
    #expect(server.now.starred == ["tr-2"])
    #expect(try catalogue.deadEdits().map(\.refusal) == ["not found"])
  }

  @Test(
    "a server in trouble keeps the edit and all that follow it, in order",
    arguments: [
      (ScriptedReply.html("", status: "503 Service Unavailable"), nil),
      (.hangUp, nil),
      (.html("sign in to this network"), nil),
      (ScriptedReply(status: "429 Too Many Requests", headers: [("Retry-After", "7")]), Duration.seconds(7)),
    ] as [(ScriptedReply, Duration?)])
  func postponed(reply: ScriptedReply, retryAfter: Duration?) throws {
    // A lost connection is tried a second time by the HTTP library where the first was an old one.
    server.change { $0.surprises["star"] = [reply, reply] }
    try catalogue.star(.track(try bench.track("tr-1")), true)
    try catalogue.star(.track(try bench.track("tr-2")), true)
    #expect(try drain().outcome == .postponed(retryAfter: retryAfter))
    #expect(server.now.starred.isEmpty)
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 10).map(\.attempts) == [1, 0])
    server.change { $0.surprises = [:] }
    #expect(try drain().outcome == .empty)
    #expect(server.now.starred == ["tr-1", "tr-2"])
  }

  @Test("an edit that a healthy server breaks on is given up after many attempts, not before")
  func hopeless() throws {
    try catalogue.star(.track(try bench.track("tr-1")), true)
    for attempt in 0..<9 {
      server.change { $0.surprises["star"] = [.html("", status: "500 Internal Server Error")] }
      #expect(try catalogue.deadEdits().isEmpty, "after \(attempt) attempts")
      _ = try drain()
    }
    #expect(try catalogue.deadEdits().count == 1)
  }

  @Test("a new playlist gets its name and tracks, and is known from then on", arguments: [true, false])
  func createPlaylist(tellsCreated: Bool) throws {
    server.change { $0.tellsCreated = tellsCreated }
    let id = try catalogue.createPlaylist(
      named: "Ночь & Day", tracks: [try bench.track("tr-3"), try bench.track("tr-1")], on: .remote(bench.id))
    #expect(try drain().outcome == .empty)
    let remoteID = try #require(try catalogue.playlist(id)?.remoteID)
    #expect(server.now.playlists.first { $0.id == remoteID }?.name == "Ночь & Day")
    #expect(server.now.entries[remoteID] == ["tr-3", "tr-1"])
    try bench.synchronize()
    #expect(try catalogue.playlists().count == 2)
  }

  @Test("a playlist whose creation was answered by silence is not made twice")
  func createOnce() throws {
    // Another list of that name has been there all along.
    server.change { $0.addPlaylist("New", ["tr-1"]) }
    let id = try catalogue.createPlaylist(named: "New", tracks: [try bench.track("tr-1")], on: .remote(bench.id))
    server.change { $0.lostAnswers["createPlaylist"] = [.html("", status: "502 Bad Gateway")] }
    #expect(try drain().outcome == .postponed(retryAfter: nil))
    // A pull that meets the new list before its creation is known to have arrived, and an edit in between.
    try bench.synchronize()
    try catalogue.addTracks([try bench.track("tr-2")], to: id)
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists.filter { $0.name == "New" }.count == 2)
    let made = try #require(server.now.playlists.last)
    #expect(try catalogue.playlist(id)?.remoteID == made.id)
    #expect(server.now.entries[made.id] == ["tr-1", "tr-2"])
    #expect(try catalogue.playlists().filter { $0.name == "New" }.count == 2)
  }

  @Test("a new playlist that may have arrived before the process was killed is not made twice")
  func createAfterKill() throws {
    let id = try catalogue.createPlaylist(named: "New", tracks: [try bench.track("tr-3")], on: .remote(bench.id))
    let entry = try #require(try catalogue.pendingEdits(of: bench.id, limit: 1).first)
    try catalogue.editBegins(entry.id)
    server.change { $0.addPlaylist("New", ["tr-3"]) }
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists.filter { $0.name == "New" }.count == 1)
    #expect(try catalogue.playlist(id)?.remoteID == server.now.playlists.last?.id)
  }

  @Test("a reordered list is written whole, in a form, and only once however often it changed")
  func replace() throws {
    let mix = try mix()
    let (one, two, three) = (try bench.track("tr-1"), try bench.track("tr-2"), try bench.track("tr-3"))
    try catalogue.setTracks(of: mix.id, to: [two, one])
    try catalogue.setTracks(of: mix.id, to: [three, two, one, three])
    #expect(try drain().outcome == .empty)
    #expect(server.now.entries[try #require(mix.remoteID)] == ["tr-3", "tr-2", "tr-1", "tr-3"])
    let writes = server.server.requests.filter { $0.call == "createPlaylist" }
    #expect(writes.count == 1)
    #expect(writes.first?.method == "POST")
  }

  @Test("a list of thousands is no problem")
  func longList() throws {
    let mix = try mix()
    let track = try bench.track("tr-1")
    try catalogue.setTracks(of: mix.id, to: [TrackID](repeating: track, count: 5000))
    #expect(try drain().outcome == .empty)
    #expect(server.now.entries[try #require(mix.remoteID)]?.count == 5000)
  }

  @Test("where replacing the tracks makes a list public, it is made private again")
  func privacyKept() throws {
    server.change { $0.replacingPublishes = true }
    try catalogue.setTracks(of: try mix().id, to: [try bench.track("tr-2")])
    #expect(try drain().outcome == .empty)
    #expect(server.now.playlists.first?.public == false)
  }

  @Test("name, comment and visibility go together; LMS is not told that a list is private")
  func describe() throws {
    let mix = try mix()
    try catalogue.describePlaylist(mix.id, name: "Best", comment: "of all", isPublic: true)
    _ = try drain()
    let list = try #require(server.now.playlists.first)
    #expect(list.name == "Best" && list.comment == "of all" && list.public == true)
    try catalogue.describePlaylist(mix.id, isPublic: false)
    _ = try drain(serverType: "lms")
    #expect(server.server.requests.last { $0.call == "updatePlaylist" }?["public"] == nil)
  }

  @Test("a list that somebody else deleted: deleting it again is fine, changing it asks, once")
  func goneList() throws {
    let mix = try mix()
    server.change { $0.playlists = [] }
    try catalogue.setTracks(of: mix.id, to: [])
    let question = PlaylistQuestion(playlist: mix.id, name: "Mix", conflict: .deletedThere)
    #expect(try drain().events == [.playlistAsks(question)])
    #expect(try catalogue.playlistQuestions() == [question])
    #expect(try drain().events == [])
    try catalogue.deletePlaylist(mix.id)
    #expect(try drain().outcome == .empty)
    #expect(try catalogue.outboxCounts() == OutboxCounts())
  }

  @Test("credentials that are no longer good lose no edit")
  func rejected() throws {
    let no = #"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":40,"message":"no"}}}"#
    server.change { $0.surprises["star"] = [.json(no)] }
    try catalogue.star(.track(try bench.track("tr-1")), true)
    #expect(try drain().outcome == .postponed(retryAfter: nil))
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 10).count == 1)
  }
}
