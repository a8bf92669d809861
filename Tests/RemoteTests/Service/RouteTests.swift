import Cache
import Fixtures
import Foundation
import HTTP
import Library
import Music
import OpenSubsonic
import Server
import Testing
import Threading

@testable import Remote

/// A door is a proxy that changes nothing: closed, nobody answers at its address any more.
private final class Door: Sendable {
  private let proxy: Monitor<FaultProxy?>
  let port: UInt16

  init(to upstream: UInt16) {
    let proxy = FaultProxy(upstream: upstream)
    port = proxy.port
    self.proxy = Monitor(proxy)
  }

  var address: ServerAddress { ServerAddress("http://127.0.0.1:\(port)")! }

  func close() {
    let open = proxy.withLock { $0.take() }
    withExtendedLifetime(open) {}
  }
}

@Suite("A server at two addresses")
struct RouteTests {
  private let http = HTTPClient()
  private let directory = TemporaryDirectory()
  private let id = ServerID("home")

  private func account(_ first: ServerAddress, _ others: [ServerAddress], type: String = "") -> RemoteAccount {
    var account = RemoteAccount(
      server: id, address: first, credentials: .token(user: "bob", salt: "salty1", token: "t"), serverType: type)
    account.others = others
    return account
  }

  private func port(of server: MusicServer) throws -> UInt16 {
    try #require(URL(string: server.base)?.port.flatMap { UInt16(exactly: $0) })
  }

  @Test("the second is asked where the first does not answer; nobody goes offline, and edits arrive")
  func secondAddress() throws {
    let server = MusicServer(.sample(albums: 3))
    let (home, away) = (Door(to: try port(of: server)), Door(to: try port(of: server)))
    let events = Monitor<[RemoteEvent]>([])
    let service = RemoteService(
      account: account(home.address, [away.address]), cataloguePath: directory.file("library.db"), http: http,
      onEvent: { event in events.update { $0.append(event) } })
    service.start()
    func waits(_ isWanted: @escaping (RemoteEvent) -> Bool) -> Bool {
      events.wait(timeout: .seconds(30)) { $0.contains(where: isWanted) ? true : nil } ?? false
    }
    #expect(waits { if case .syncFinished = $0 { true } else { false } })
    home.close()
    let catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [.remote(id)]
    try catalogue.star(.track(#require(try catalogue.trackID("tr-1", from: .remote(id)))), true)
    service.drainSoon()
    #expect(waits { $0 == .editsSent(1) })
    #expect(server.now.starred == ["tr-1"])
    let told = events.withLock { $0 }
    #expect(told.contains(.moved(away.address)))
    #expect(!told.contains { if case .offline = $0 { true } else { false } })
    #expect(service.client.route.current == away.address)
    service.stop()
  }

  @Test("a track that is half here comes whole from the other address, byte by byte, while it is read")
  func streaming() throws {
    var configuration = ServerConfiguration(music: DemoMusic.folder)
    configuration.users = ["ada": "sesame"]
    let server = try EmbeddedServer(configuration)
    let port = UInt16(try server.start())
    defer { server.stop() }
    #expect(server.waitUntilScanned())
    let (home, away) = (Door(to: port), Door(to: port))
    let signIn = try Remote.signIn(to: "\(home.address)", user: "ada", secret: .password("sesame"), http: http)
    var account = RemoteAccount(
      server: id, address: home.address, credentials: signIn.credentials, version: signIn.version,
      isOpenSubsonic: true, extensions: signIn.extensions, serverType: signIn.serverType)
    account.others = [away.address]
    let isOnline = Monitor(true)
    let caches = Monitor<TrackCache?>(nil)
    let service = RemoteService(account: account, cataloguePath: directory.file("library.db"), http: http) { event in
      if case .offline = event {
        isOnline.update { $0 = false }
        caches.withLock { $0 }?.setOnline(false)
      }
      if case .online = event { caches.withLock { $0 }?.setOnline(true) }
    }
    let client = service.client
    let cache = TrackCache(
      store: ChunkStore(path: directory.file("chunks.db")), fetcher: StreamFetcher(http: http) { _ in client })
    caches.update { $0 = cache }
    service.start()
    let song = try #require(
      try client.search3("", songs: Window(count: 100, offset: 0)).song.max { $0.size ?? 0 < $1.size ?? 0 })
    let known = try #require(DemoMusic.tracks.first { $0.title == song.title })
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: known.path)))
    let key = RenditionKey(server: id, track: song.id, rendition: .raw)
    let source = cache.source(for: key, expectedSize: nil)
    var bytes = try read(source, from: 0, count: 1000)
    home.close()
    bytes += try read(source, from: bytes.count, count: .max)
    #expect(bytes.count == original.count && bytes == original)
    let other = try #require(
      try client.search3("", songs: Window(count: 100, offset: 0)).song.first { $0.id != song.id })
    let second = cache.source(for: RenditionKey(server: id, track: other.id, rendition: .raw), expectedSize: nil)
    #expect(try read(second, from: 0, count: .max).count == Int(other.size ?? 0))
    #expect(client.route.current == away.address && isOnline.withLock { $0 })
    service.stop()
    cache.close()
  }

  private func read(_ source: CachedSource, from start: Int, count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 10_000)
    while bytes.count < count {
      let got = try piece.withUnsafeMutableBytes { try source.read(at: Int64(start + bytes.count), into: $0) }
      if got == 0 { break }
      bytes += piece[..<got]
    }
    return bytes
  }

  @Test("with both gone it is offline, once; with one back it is online; the first is preferred again when it is back")
  func bothGone() throws {
    let server = MusicServer(.sample(albums: 1))
    let (home, away) = (Door(to: try port(of: server)), Door(to: try port(of: server)))
    let changes = Monitor<[Connectivity.Change]>([])
    let client = SubsonicClient(
      account: account(home.address, [away.address]), http: http,
      connectivity: Connectivity { change in changes.update { $0.append(change) } })
    try client.ping()
    home.close()
    try client.ping()
    #expect(client.route.current == away.address)
    client.preferFirst()
    #expect(client.route.current == away.address)
    away.close()
    #expect(throws: RemoteError.self) { try client.ping() }
    #expect(changes.withLock { $0.count } == 2)
  }

  @Test("an address where another server answers is not used, and is told no credentials")
  func stranger() throws {
    let server = MusicServer(.sample(albums: 1))
    let stranger = ScriptedServer { _ in
      .json(#"{"subsonic-response":{"status":"ok","version":"1.16.1","type":"gonic","openSubsonic":true}}"#)
    }
    let home = Door(to: try port(of: server))
    let client = SubsonicClient(
      account: account(home.address, [ServerAddress(stranger.base)!], type: "navidrome"), http: http)
    home.close()
    #expect(throws: RemoteError.self) { try client.ping() }
    #expect(client.route.current == home.address)
    #expect(!stranger.requests.isEmpty && stranger.requests.allSatisfy { $0["t"] == nil && $0["u"] == nil })
  }

  @Test("an address where a server of another identity answers is told no credentials; one of the same is used")
  func identity() throws {
    func server(_ identity: String?) -> ScriptedServer {
      ScriptedServer { request in
        guard request.call == "getServerIdentity" else {
          return .json(#"{"subsonic-response":{"status":"ok","version":"1.16.1"}}"#)
        }
        guard let identity else {
          return .json(
            #"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":0,"message":"no such call"}}}"#
          )
        }
        return .json(
          #"{"subsonic-response":{"status":"ok","version":"1.16.1","serverIdentity":{"id":"\#(identity)"}}}"#)
      }
    }
    let home = MusicServer(.sample(albums: 1))
    let (stranger, mute, same) = (server("other"), server(nil), server("mine"))
    for (other, isUsed) in [(stranger, false), (mute, false), (same, true)] {
      let door = Door(to: try port(of: home))
      var account = account(door.address, [ServerAddress(other.base)!])
      account.identity = "mine"
      let client = SubsonicClient(account: account, http: http)
      door.close()
      if isUsed {
        try client.ping()
        #expect(client.route.current.base == other.base)
      } else {
        #expect(throws: RemoteError.self) { try client.ping() }
        #expect(!other.requests.isEmpty && other.requests.allSatisfy { $0["t"] == nil && $0["u"] == nil })
      }
    }
  }

  @Test("the same music is recognised; other music under the same names is not")
  func sameMusic() throws {
    let server = MusicServer(.sample(albums: 4))
    let bench = try SynchronizerBench(beside: server)
    try bench.synchronize()
    let sample = try bench.catalogue.someTracks(of: .remote(bench.id), count: 12)
    #expect(sample.count == 8)
    #expect(try hasSameMusic(bench.client, as: sample))
    // One was renamed since: it is the same server all the same.
    server.change { $0.songs[0].title = "Another" }
    #expect(try hasSameMusic(bench.client, as: sample))
    server.change { contents in
      for index in contents.songs.indices { contents.songs[index].duration = 61 }
    }
    #expect(try !hasSameMusic(bench.client, as: sample))
    #expect(try !hasSameMusic(bench.client, as: []))
  }
}

@Suite("What a synchronisation brings to light")
struct ComingToLightTests {
  private func synchronize(_ bench: SynchronizerBench) throws -> [RemoteEvent] {
    var told: [RemoteEvent] = []
    var synchronizer = Synchronizer(
      client: bench.client, catalogue: bench.catalogue, report: { _ in },
      checkpoint: { () throws(SyncFailure) in })
    synchronizer.tell = { told.append($0) }
    _ = try synchronizer.run(isFull: false)
    return told
  }

  @Test("playlists that are gone, or older than they were, are told, and can be brought back")
  func restored() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    contents.addPlaylist("Evening", ["tr-1"])
    contents.addPlaylist("Late", ["tr-2"])
    let old = contents
    contents.setEntries(0, ["tr-1", "tr-3", "tr-4"])
    contents.addPlaylist("New", ["tr-4"])
    let bench = try SynchronizerBench(contents)
    #expect(try synchronize(bench).isEmpty)
    let evening = try #require(try bench.catalogue.playlists().first { $0.name == "Evening" })
    bench.server.change { $0 = old }
    #expect(try synchronize(bench) == [.playlistsLost(gone: ["New"], older: ["Evening"])])
    #expect(try bench.catalogue.tracks(of: evening.id).map(\.title) == ["Track 1"])
    // Each can be had again.
    let versions = try bench.catalogue.versions(of: evening.id)
    let before = try #require(versions.first { $0.trackCount == 3 })
    #expect(try bench.catalogue.restore(version: before.id))
    #expect(try bench.catalogue.tracks(of: evening.id).map(\.title) == ["Track 1", "Track 3", "Track 4"])
    let gone = try #require(try bench.catalogue.deletedPlaylists().first)
    #expect(try bench.catalogue.restore(version: gone.id))
    #expect(try bench.catalogue.playlists().map(\.name).contains("New"))
    #expect(try synchronize(bench).isEmpty)
  }

  @Test("a queue that another player left is offered once, and bookmarks are here")
  func kept() throws {
    let server = MusicServer(.sample(albums: 2))
    let bench = try SynchronizerBench(beside: server)
    #expect(try synchronize(bench).isEmpty)
    let queue = """
      {"subsonic-response":{"status":"ok","version":"1.16.1","playQueue":{"username":"bob","changed":"2026-01-01T00:00:00Z",
      "changedBy":"phone","current":"tr-2","position":9000,"entry":[{"id":"tr-1","title":"Track 1","isDir":false},
      {"id":"tr-2","title":"Track 2","isDir":false}]}}}
      """
    server.change { $0.surprises["getPlayQueue"] = [.json(queue), .json(queue)] }
    #expect(try synchronize(bench) == [.queueOffered(count: 2)])
    #expect(try synchronize(bench).isEmpty)
    let saved = try #require(try bench.catalogue.savedQueue(of: .remote(bench.id)))
    #expect(saved.current == 1 && saved.position == 9000)
  }

  @Test("a file that the server replaced is noted; another word for the same file is not")
  func replaced() throws {
    var contents = MusicServer.Contents.sample(albums: 2)
    for index in contents.songs.indices {
      contents.songs[index].size = 1000
      contents.songs[index].contentType = "audio/mpeg"
    }
    let bench = try SynchronizerBench(contents)
    _ = try synchronize(bench)
    #expect(try bench.catalogue.replacedFiles().isEmpty)
    bench.server.change { contents in
      contents.songs[0].contentType = "audio/mp3"
      contents.songs[1].size = 1001
      contents.songs[2].suffix = "flac"
    }
    _ = try synchronize(bench)
    let found = try bench.catalogue.replacedFiles()
    #expect(Set(found.map(\.title)) == [contents.songs[1].title, contents.songs[2].title])
    try bench.catalogue.forgetReplacedFiles(found)
    #expect(try bench.catalogue.replacedFiles().isEmpty)
  }
}
