import Cache
import Fixtures
import Foundation
import HTTP
import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

/// A listener's whole way with a real server: sign in, synchronise, browse, search, stream, edit. What must hold of every server.
struct Journey {
  let http = HTTPClient()
  let directory = TemporaryDirectory()
  let catalogue: Catalogue
  let client: SubsonicClient
  let signIn: SignIn
  private let id = ServerID("journey")
  private var origin: Origin { .remote(id) }

  init(to address: String, user: String, password: String) throws {
    signIn = try Remote.signIn(to: address, user: user, secret: .password(password), http: http)
    client = SubsonicClient(
      account: RemoteAccount(
        server: id, address: signIn.address, credentials: signIn.credentials, version: signIn.version,
        isOpenSubsonic: signIn.isOpenSubsonic, extensions: signIn.extensions, serverType: signIn.serverType),
      http: http)
    catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [origin]
  }

  // MARK: Catalogue

  @discardableResult
  func synchronize(isFull: Bool = false) throws -> PullSummary? {
    try Synchronizer(client: client, catalogue: catalogue, report: { _ in }, checkpoint: {}).run(isFull: isFull).summary
  }

  func tracks() throws -> [Track] {
    try catalogue.albums(by: .name, limit: 100, offset: 0).flatMap { try catalogue.tracks(of: $0.id) }
  }

  /// Everything in the folder is in the catalogue, under its own names, and is found by them.
  func browse() throws {
    try synchronize()
    let tracks = try tracks()
    #expect(Set(tracks.map(\.title)) == Set(DemoMusic.tracks.map(\.title)))
    #expect(tracks.count == DemoMusic.tracks.count)
    #expect(try catalogue.trackCount() == DemoMusic.tracks.count)
    let albums = try catalogue.albums(by: .name, limit: 100, offset: 0)
    #expect(Set(albums.map(\.name)) == Set(DemoMusic.tracks.map(\.album)))
    #expect(try Set(catalogue.artists().map(\.name)).isSuperset(of: DemoMusic.tracks.map(\.albumArtist)))
    for known in DemoMusic.tracks {
      let track = try #require(tracks.first { $0.title == known.title })
      #expect(track.isMP3)
      #expect(track.album == known.album)
      #expect(track.trackNumber == known.number)
      #expect(abs(Double(track.duration) - known.seconds) < 1.5)
      #expect(try Int(track.size) == FileManager.default.attributesOfItem(atPath: known.path)[.size] as? Int)
    }
    #expect(try catalogue.search("cafe etoi", limit: 10).tracks.map(\.title) == ["Café étoilé à Orléans"])
    #expect(try catalogue.search("harbour", limit: 10).albums.map(\.name) == ["Harbour Lights"])
    // Once more brings no difference.
    let again = try synchronize(isFull: true)
    #expect(again?.added == 0 && again?.removed == 0)
  }

  /// The server's own search, for what the catalogue does not hold yet.
  func search() throws {
    #expect(try client.search3("Harbour", albums: Window(count: 5, offset: 0)).album.map(\.name) == ["Harbour Lights"])
  }

  // MARK: Streams

  private func fetch(_ track: Track, from offset: Int64, to end: Int64?, validator: String? = nil) -> StreamRecord {
    let sink = RecordingSink()
    let client = client
    let key = RenditionKey(server: id, track: track.remoteID, rendition: .raw)
    _ = StreamFetcher(http: http) { _ in client }.fetch(key, from: offset, to: end, validator: validator, sink: sink)
    return sink.waitForEnd()
  }

  /// The bytes are the file's, from the start, from the middle, and of a version only while it is that version.
  func stream() throws {
    let known = DemoMusic.tracks[0]
    let track = try #require(try tracks().first { $0.title == known.title })
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: known.path)))
    let whole = fetch(track, from: 0, to: nil)
    #expect(whole.outcomes == [.finished])
    #expect(whole.bytes == file)
    #expect(whole.head?.totalSize == Int64(file.count))
    #expect(whole.head?.acceptsRanges == true)
    let validator = try #require(whole.head?.validator)
    let part = fetch(track, from: 100_000, to: 150_000, validator: validator)
    #expect(part.head?.offset == 100_000)
    #expect(part.bytes == Array(file[100_000..<150_000]))
    let rest = fetch(track, from: Int64(file.count) - 10, to: nil, validator: validator)
    #expect(rest.bytes == Array(file.suffix(10)))
    let stale = validator.hasPrefix("\"") ? "\"another\"" : "Mon, 01 Jan 2001 00:00:00 GMT"
    #expect(fetch(track, from: 100_000, to: nil, validator: stale).outcomes == [.changed])
    #expect(fetch(track, from: Int64(file.count) + 5, to: nil).outcomes == [.changed])
    var missing = track
    missing.remoteID = "00000000-0000-0000-0000-000000000000"
    guard case .refused? = fetch(missing, from: 0, to: nil).outcomes.first else {
      Issue.record("a missing track was not refused")
      return
    }
  }

  func cover() throws {
    let album = try #require(
      try catalogue.albums(by: .name, limit: 100, offset: 0).first { $0.name == "Harbour Lights" })
    let picture = try client.coverArt(try #require(album.coverID), size: 100)
    #expect(picture.count > 100)
  }

  // MARK: Edits

  private func drain() throws {
    var refusals: [RemoteEvent] = []
    let drain = OutboxDrain(
      client: client, catalogue: catalogue,
      report: { event in if case .editRefused = event { refusals.append(event) } })
    #expect(try drain.run() == .empty)
    #expect(refusals.isEmpty)
  }

  private func sendAgain(_ edit: Edit) throws {
    let entry = OutboxEntry(id: -1, server: id, edit: edit, attempts: 1, isUncertain: true)
    #expect(try EditSender(client: client, catalogue: catalogue).send(entry) == .sent)
  }

  /// What the server now says of a playlist: its name and the titles in it.
  private func remote(_ playlist: PlaylistID) throws -> (name: String, titles: [String]) {
    let id = try #require(try catalogue.playlist(playlist)?.remoteID)
    let list = try #require(try client.playlist(id))
    return (list.playlist.name, list.entry.map(\.title))
  }

  /// Created, filled, reordered, renamed, deleted; each time the server holds what the catalogue holds.
  func playlists() throws {
    let tracks = try tracks()
    let ids = tracks.map(\.id)
    let list = try catalogue.createPlaylist(named: "Ночь & Day =1%", tracks: [ids[0], ids[1], ids[0]], on: origin)
    try drain()
    #expect(try remote(list).name == "Ночь & Day =1%")
    #expect(try remote(list).titles == [0, 1, 0].map { tracks[$0].title })
    try catalogue.setTracks(of: list, to: [ids[2], ids[1], ids[0], ids[0]])
    try catalogue.describePlaylist(list, name: "Renamed", comment: "a comment", isPublic: true)
    try drain()
    #expect(try remote(list).titles == [2, 1, 0, 0].map { tracks[$0].title })
    #expect(try remote(list).name == "Renamed")
    try catalogue.setTracks(of: list, to: [TrackID](repeating: ids[3], count: 600))
    try drain()
    #expect(try remote(list).titles.count == 600)
    try catalogue.setTracks(of: list, to: [])
    try drain()
    #expect(try remote(list).titles.isEmpty)
    try synchronize()
    #expect(try catalogue.playlists().map(\.name) == ["Renamed"])
    try catalogue.deletePlaylist(list)
    try drain()
    try synchronize()
    #expect(try catalogue.playlists().isEmpty)
    #expect(try client.playlists().isEmpty)
  }

  /// What was changed here and elsewhere at once is on both sides afterwards; what only the listener can decide is asked;
  /// what was synchronised can be undone.
  func mergedPlaylists() throws {
    let tracks = try tracks()
    let (ids, names) = (tracks.map(\.id), tracks.map(\.remoteID))
    let list = try catalogue.createPlaylist(named: "Merged", tracks: Array(ids[0..<4]), on: origin)
    try drain()
    let remoteID = try #require(try catalogue.playlist(list)?.remoteID)
    // Here: 0 goes, 5 comes. There: 6 comes between 1 and 2, 3 goes first.
    try catalogue.setTracks(of: list, to: [ids[1], ids[2], ids[3], ids[5]])
    _ = try client.replacePlaylist(remoteID, tracks: [3, 0, 1, 6, 2].map { names[$0] })
    try drain()
    let merged = [3, 1, 6, 2, 5]
    #expect(try remote(list).titles == merged.map { tracks[$0].title })
    #expect(try catalogue.tracks(of: list).map(\.id) == merged.map { ids[$0] })
    try synchronize()
    #expect(try catalogue.tracks(of: list).map(\.id) == merged.map { ids[$0] })
    try catalogue.undo()
    try drain()
    #expect(try remote(list).titles.sorted() == [3, 0, 1, 6, 2].map { tracks[$0].title }.sorted())
    try catalogue.redo()
    try drain()
    #expect(try remote(list).titles.sorted() == merged.map { tracks[$0].title }.sorted())
    try askedAbout(list, remoteID)
  }

  private func askedAbout(_ list: PlaylistID, _ remoteID: RemoteID) throws {
    try catalogue.describePlaylist(list, name: "Ours")
    try client.updatePlaylist(remoteID, name: "Theirs")
    try drain()
    let conflict = PlaylistConflict.renamed(ours: "Ours", theirs: "Theirs")
    #expect(try catalogue.playlistQuestions().map(\.conflict) == [conflict])
    try catalogue.decide(list, .takeTheirs)
    try drain()
    #expect(try remote(list).name == "Theirs")
    // Deleted there, edited here: kept, it is made anew.
    let before = try remote(list).titles
    try client.deletePlaylist(remoteID)
    try catalogue.editTracks(of: list) { $0.reverse() }
    try drain()
    #expect(try catalogue.playlistQuestions().map(\.conflict) == [.deletedThere])
    try catalogue.decide(list, .keepOurs)
    try drain()
    #expect(try remote(list).titles == before.reversed())
    #expect(try client.playlists().count == 1)
    try catalogue.deletePlaylist(list)
    try drain()
    #expect(try client.playlists().isEmpty && catalogue.outbox().isEmpty)
  }

  /// Where a server has no place for a bookmark or a queue it stays here, and nothing waits or is dead.
  func kept() throws {
    let track = try #require(try tracks().first)
    try catalogue.setBookmark(Bookmark(track: track.id, position: 1000))
    try catalogue.saveQueue(SavedQueue(tracks: [track.id], current: 0), on: origin)
    try drain()
    try catalogue.deleteBookmark(of: track.id)
    try drain()
    #expect(try catalogue.outbox().isEmpty)
  }

  /// Another client's playlists come here, and go.
  func foreignPlaylists() throws {
    let tracks = try tracks()
    _ = try client.createPlaylist(named: "Elsewhere", tracks: [tracks[1].remoteID, tracks[0].remoteID])
    try synchronize()
    let list = try #require(try catalogue.playlists().first)
    #expect(try catalogue.tracks(of: list.id).map(\.title) == [tracks[1].title, tracks[0].title])
    try client.deletePlaylist(try #require(list.remoteID))
    try synchronize()
    #expect(try catalogue.playlists().isEmpty)
  }

  /// Stars, ratings and listens arrive; sending a star again does no harm.
  func annotations() throws {
    let tracks = try tracks()
    let album = try #require(try catalogue.albums(by: .name, limit: 1, offset: 0).first)
    try catalogue.star(.track(tracks[0].id), true)
    try catalogue.star(.album(album.id), true)
    try catalogue.rate(.track(tracks[0].id), 5)
    try catalogue.recordPlay(of: tracks[0].id, at: Timestamp(seconds: 1_700_000_000))
    try drain()
    #expect(try client.starred2().song.map(\.title) == [tracks[0].title])
    #expect(try client.starred2().album.map(\.name) == [album.name])
    try sendAgain(.star(.track(tracks[0].id), true))
    try catalogue.star(.track(tracks[0].id), false)
    try catalogue.star(.album(album.id), false)
    try drain()
    #expect(try client.starred2().song.isEmpty)
    try sendAgain(.star(.track(tracks[0].id), false))
    try synchronize()
    #expect(try catalogue.starredTracks().isEmpty)
  }
}
