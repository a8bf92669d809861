import Cache
import Core
import Fixtures
import Foundation
import HTTP
import Music
import OpenSubsonic
import Server
import TUI
import Testing

@testable import App
@testable import Library
@testable import Remote

@Suite("Covers and words of what is kept here")
struct KeepsakesTests {
  private let directory = TemporaryDirectory()
  private let home = ServerID("home")
  private var library: String { directory.file("library.sqlite") }
  private var covers: String { directory.file("covers") }

  /// A catalogue with the server's music.
  private func fill(from client: SubsonicClient) throws -> [Track] {
    let catalogue = try Catalogue(path: library)
    let pull = try catalogue.beginPull(of: .remote(home))
    let records = try client.search3("", songs: Window(count: 100, offset: 0)).song.map { song in
      var record = TrackRecord(remoteID: song.id, title: song.title)
      record.artist = song.artist ?? ""
      record.coverID = song.coverArt
      record.album = song.album ?? ""
      return record
    }
    try catalogue.ingest(tracks: records, in: pull)
    _ = try catalogue.finishPull(pull)
    return try catalogue.someTracks(of: .remote(home), count: 100)
  }

  @Test("are fetched, one after the other, and are there without the server; with the pins they go")
  func fetched() async throws {
    var configuration = ServerConfiguration(music: DemoMusic.folder)
    configuration.users = ["ada": "secret"]
    let server = try EmbeddedServer(configuration)
    let port = try server.start()
    #expect(server.waitUntilScanned())
    let client = SubsonicClient(
      account: RemoteAccount(
        server: home, address: try #require(ServerAddress("http://127.0.0.1:\(port)")),
        credentials: .password(user: "ada", password: "secret"), extensions: ["songLyrics"]), http: HTTPClient())
    let clients = Clients()
    clients.set(client, for: home)
    let tracks = try fill(from: client)
    let ids = Set(tracks.compactMap(\.coverID))
    #expect(!ids.isEmpty)
    let keepsakes = Keepsakes(
      cataloguePath: library, coverDirectory: covers, clients: clients, rest: .zero, isWelcome: { true })
    keepsakes.follow(tracks)
    let files = CoverFiles(directory: covers, capacity: CoverService.capacity)
    let keys = ids.map { CoverService.key(of: $0, from: .remote(home)) }
    try await eventually("every cover is here") { keys.allSatisfy { files.isHere($0) } }
    let catalogue = try Catalogue(path: library)
    try await eventually("every track was asked for its words") {
      try tracks.allSatisfy { try catalogue.lyrics(of: $0.id) != nil }
    }
    server.stop()
    let kept = try FileManager.default.contentsOfDirectory(atPath: covers + "/kept")
    #expect(!kept.isEmpty && kept.count <= ids.count)
    // The room of the others does not matter to those that are kept.
    let small = CoverFiles(directory: covers, capacity: 4000)
    for number in 0..<10 { small.write([UInt8](repeating: 1, count: 900), for: "\(number)") }
    #expect(keys.contains { (files.read($0)?.count ?? 0) > 900 })
    keepsakes.follow([])
    try await eventually("nothing is kept any more") {
      try FileManager.default.contentsOfDirectory(atPath: covers + "/kept").isEmpty
    }
    keepsakes.stop()
  }

  @Test("of what was cached before they were kept are fetched later, each once, and others are not")
  func catchingUp() async throws {
    let server = try WiredServer()
    let client = SubsonicClient(account: server.account.remote, http: HTTPClient())
    let clients = Clients()
    clients.set(client, for: home)
    let tracks = try fill(from: client)
    let cached = tracks.filter { $0.album == "月の庭" || $0.title == "Ebb" }
    #expect(cached.count == 4)
    let keepsakes = Keepsakes(
      cataloguePath: library, coverDirectory: covers, clients: clients, rest: .zero, isWelcome: { true })
    let held =
      cached.map { (server: home, track: $0.remoteID) } + [
        (server: home, track: "gone"), (server: ServerID("x"), track: "y"),
      ]
    keepsakes.catchUp(held[...])
    let catalogue = try Catalogue(path: library)
    try await eventually("all of them were asked about") {
      try cached.allSatisfy { try catalogue.lyrics(of: $0.id) != nil }
    }
    let files = CoverFiles(directory: covers, capacity: CoverService.capacity)
    for track in cached {
      if let id = track.coverID { #expect(files.isHere(CoverService.key(of: id, from: .remote(home)))) }
    }
    let others = tracks.filter { track in !cached.contains { $0.id == track.id } }
    #expect(try others.allSatisfy { try catalogue.lyrics(of: $0.id) == nil })
    // Without a server what is here is enough: nothing is asked again.
    server.server.stop()
    keepsakes.catchUp(held[...])
    keepsakes.stop()
  }

  @Test("are not asked for where bytes are unwelcome: on a metered network, or while transfers wait")
  func unwelcome() async throws {
    let keepsakes = Keepsakes(
      cataloguePath: library, coverDirectory: covers, clients: Clients(), rest: .zero, isWelcome: { false })
    _ = try Catalogue(path: library)
    keepsakes.completed(RenditionKey(server: home, track: "a", rendition: .raw))
    keepsakes.follow([])
    keepsakes.stop()
    #expect((try? FileManager.default.contentsOfDirectory(atPath: covers + "/kept")) ?? [] == [])
  }
}

@Suite("A clock that was set back")
struct ClockTests {
  @Test("an absence noted in the future is no absence: it is asked for again")
  func absence() throws {
    let directory = TemporaryDirectory()
    let files = CoverFiles(directory: directory.file("covers"), capacity: 1 << 20)
    files.write([], for: "a")
    #expect(files.read("a") == [] && files.isHere("a"))
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: directory.file("covers")).first)
    let path = directory.file("covers") + "/" + name
    for offset: Double in [400 * 86_400, -8 * 86_400] {
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: offset)], ofItemAtPath: path)
      #expect(files.read("a") == nil && !files.isHere("a"))
    }
    let now = Timestamp(seconds: 2_000_000_000)
    func isSettled(_ age: Int64) -> Bool {
      LyricsFinder.isSettled(
        KeptLyrics(lyrics: nil, asked: Timestamp(seconds: now.seconds - age), offset: .zero), at: now)
    }
    #expect(isSettled(60) && !isSettled(-60) && !isSettled(8 * 86_400))
  }
}

@Suite("One account at two addresses")
struct JoinedAccountTests {
  private func account(_ id: String, _ address: String, user: String = "bob") -> Account {
    let signIn = SignIn(
      address: ServerAddress(address)!, credentials: .token(user: user, salt: "c19b2d", token: "26719a"),
      serverType: "navidrome", serverVersion: "0.55", version: "1.16.1", isOpenSubsonic: true, extensions: [])
    return Account(id: ServerID(id), user: user, signIn: signIn)
  }

  @Test("is tried at home first, whichever was there first; signing in again at either keeps it")
  func joined() throws {
    var accounts = Accounts()
    accounts.add(account("a", "https://music.example.org"))
    accounts.join(account("b", "http://192.168.1.5:4533"), to: ServerID("a"))
    #expect(accounts.all.count == 1 && accounts.currentID == ServerID("a"))
    let words = ["http://192.168.1.5:4533/", "https://music.example.org/"]
    #expect(accounts.all[0].addresses.map(\.base) == words)
    #expect(accounts.all[0].remote.others.map(\.base) == [words[1]])
    accounts.add(account("c", "https://music.example.org"))
    accounts.join(account("d", "http://192.168.1.5:4533"), to: ServerID("a"))
    #expect(accounts.all.count == 1 && accounts.all[0].addresses.map(\.base) == words)
    #expect(accounts.addressWords(of: ServerID("a")) == "http://192.168.1.5:4533/, then https://music.example.org/")
  }

  @Test("is kept in the file; a file of before has one address")
  func file() throws {
    let directory = TemporaryDirectory()
    let store = AccountStore(path: directory.file("accounts.json"))
    var accounts = Accounts()
    accounts.add(account("a", "https://music.example.org"))
    try store.save(accounts)
    #expect(try !String(contentsOfFile: store.path, encoding: .utf8).contains("others"))
    #expect(try store.load().accounts.all[0].addresses.count == 1)
    accounts.join(account("b", "https://home.example.org"), to: ServerID("a"))
    try store.save(accounts)
    #expect(try store.load().accounts == accounts)
    #expect(accounts.all[0].addresses.map(\.host) == ["music.example.org", "home.example.org"])
  }
}
