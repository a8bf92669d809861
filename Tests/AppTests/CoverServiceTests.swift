import Artwork
import Core
import Fixtures
import Foundation
import HTTP
import Library
import Music
import OpenSubsonic
import Remote
import Server
import TUI
import Testing
import Threading

@testable import App

@Suite("Covers and lyrics")
struct CoverServiceTests {
  private let directory = TemporaryDirectory()
  private let manner = CoverService.Manner(way: .symbols(.direct, isASCII: false))

  private func service(_ clients: Clients = Clients(), capacity: Int = 1 << 20) -> CoverService {
    CoverService(
      directory: directory.file("covers"), cataloguePath: directory.file("library.sqlite"), clients: clients,
      manner: manner, capacity: capacity)
  }

  private func ask(_ service: CoverService, _ request: CoverRequest) throws -> Result<Cover, CoverProblem> {
    let answers = Monitor<[Result<Cover, CoverProblem>]>([])
    service.request(request) { _, answer in answers.update { $0.append(answer) } }
    return try #require(answers.wait { $0.first })
  }

  /// A catalogue with the demo music as music of this computer.
  private func localTrack() throws -> Track {
    let demo = try #require(DemoMusic.tracks.first { $0.hasPicture })
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    let pull = try catalogue.beginPullAnew(of: .local)
    var record = TrackRecord(remoteID: "a", title: demo.title)
    record.path = demo.path
    record.coverID = "ce-a-1"
    try catalogue.ingest(artists: [], albums: [], tracks: [record], in: pull)
    _ = try catalogue.finishPull(pull)
    let id = try #require(try catalogue.trackID("a", from: .local))
    return try #require(try catalogue.tracks([id]).first)
  }

  @Test("a server's cover is fetched once, drawn for its room, and there again with no network")
  func remote() throws {
    var configuration = ServerConfiguration(music: DemoMusic.folder)
    configuration.users = ["ada": "secret"]
    let server = try EmbeddedServer(configuration)
    let port = try server.start()
    #expect(server.waitUntilScanned())
    let home = ServerID("home")
    let account = RemoteAccount(
      server: home, address: try #require(ServerAddress("http://127.0.0.1:\(port)")),
      credentials: .password(user: "ada", password: "secret"))
    let client = SubsonicClient(account: account, http: HTTPClient())
    let clients = Clients()
    clients.set(client, for: home)
    let songs = try client.search3("", songs: Window(count: 100, offset: 0)).song
    let coverID = try #require(songs.compactMap(\.coverArt).first)
    var request = CoverRequest(coverID: coverID, origin: .remote(home), room: Size(columns: 20, rows: 10))
    let first = try ask(service(clients), request).get()
    #expect(first.picture.size == Size(columns: 20, rows: 10))
    #expect(first.palette?.accents.count == 4)
    server.stop()
    request.room = Size(columns: 8, rows: 4)
    #expect(try ask(service(clients), request).get().picture.size == Size(columns: 8, rows: 4))
    request.coverID = "another"
    #expect(try ask(service(clients), request) == .failure(.offline))
    #expect(try ask(service(), request) == .failure(.offline))
  }

  @Test("a cover of this computer comes from the server program")
  func local() throws {
    let track = try localTrack()
    let request = CoverRequest(
      coverID: "ce-a-1", origin: .local, track: track.id, room: Size(columns: 20, rows: 10))
    #expect(try ask(service(), request).get().picture.size.columns > 4)
    var none = request
    none.coverID = "ce-b-1"
    none.track = TrackID(999)
    #expect(try ask(service(), none) == .failure(.none))
  }

  @Test("what is no picture is told, and not asked for again")
  func damaged() throws {
    let files = CoverFiles(directory: directory.file("covers"), capacity: 1 << 20)
    let request = CoverRequest(coverID: "x", origin: .local, room: Size(columns: 20, rows: 10))
    files.write(Array("<html>".utf8), for: "local\nx\n600")
    #expect(try ask(service(), request) == .failure(.unreadable(.unknownFormat)))
  }

  @Test("files beyond the cap go, the longest unused first")
  func cap() throws {
    let files = CoverFiles(directory: directory.file("few"), capacity: 10_000)
    for number in 0..<12 {
      files.write([UInt8](repeating: UInt8(number), count: 1000), for: "\(number)")
      // The file system's clock may be coarser than this loop.
      let name = directory.file("few") + "/" + md5(of: "\(number)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_000_000 + Double(number))], ofItemAtPath: name)
      if number == 5 { #expect(files.read("0") != nil) }
    }
    #expect(files.read("0") != nil)
    #expect(files.read("1") == nil && files.read("2") == nil)
    #expect(files.read("11")?.count == 1000)
    files.write([], for: "none")
    #expect(files.read("none") == [])
    files.write([UInt8](repeating: 1, count: 9000), for: "large")
    #expect(files.read("large") == nil)
  }

  private func md5(of key: String) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.file("few"))) ?? []
    let newest = names.max { a, b in
      let date = { (name: String) -> Date in
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory.file("few") + "/" + name)
        return attributes?[.modificationDate] as? Date ?? .distantPast
      }
      return date(a) < date(b)
    }
    return newest ?? key
  }

  @Test("lyrics are kept: found once, they are there with no network, with the listener's offset")
  func lyrics() throws {
    let track = try localTrack()
    let folder = directory.file("music")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let catalogue = try Catalogue(path: directory.file("library.sqlite"))
    try catalogue.keep(Lyrics(text: "[00:01.000]a", source: .server), of: track.id, asked: Timestamp(seconds: 1))
    let service = LyricsService(cataloguePath: directory.file("library.sqlite"), clients: Clients())
    func find(_ track: Track) throws -> LyricsAnswer {
      let answers = Monitor<[LyricsAnswer]>([])
      service.find(track) { answer in answers.update { $0.append(answer) } }
      return try #require(answers.wait { $0.first })
    }
    service.setOffset(.milliseconds(300), of: track.id)
    #expect(try find(track) == .found(Lyrics(text: "[00:01.000]a", source: .server), offset: .milliseconds(300)))
    var remote = track
    remote.id = TrackID(4711)
    remote.origin = .remote(ServerID("gone"))
    #expect(try find(remote) == .offline)
    remote.origin = .local
    #expect(try find(remote) == LyricsAnswer.none)
    service.stop()
  }
}
