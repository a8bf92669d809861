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

@Suite("The panel's wiring")
struct PanelWiringTests {
  private let directory = TemporaryDirectory()
  private let inbox = Inbox()

  private func services() throws -> Services {
    let paths = Paths(environment: [
      "HOME": directory.path, "XDG_RUNTIME_DIR": directory.path, "XDG_CACHE_HOME": directory.file("cache"),
    ])
    try paths.create()
    let store = AccountStore(path: paths.accountsFile)
    return Services(
      paths: paths, library: LibraryService(path: paths.catalogueFile, inbox: inbox) {},
      accounts: AccountBook(store: store, accounts: Accounts()),
      settings: SettingsFile(path: paths.settingsFile), output: .silent, cacheCapacity: 1 << 20)
  }

  /// Plays the loop's part until a message comes for which `pick` has something.
  private func wait<Found>(_ services: Services, _ pick: (Message) -> Found?) throws -> Found {
    let deadline = monotonicNow() + .seconds(60)
    while monotonicNow() < deadline {
      for item in inbox.take() {
        switch item {
        case .message(let message): if let found = pick(message) { return found }
        case .task(let task): task(services)
        }
      }
      usleep(5000)
    }
    return try #require(nil, "nothing came")
  }

  private func answer(to request: CoverRequest, _ services: Services) throws -> CoverAnswer {
    try wait(services) { message -> CoverAnswer? in
      if case .cover(request, let answer) = message { answer } else { nil }
    }
  }

  @Test("cover and lyrics of a server's track are asked for, answered, kept, and there without the server")
  func remote() throws {
    let demo = try #require(DemoMusic.tracks.first { $0.hasPicture })
    let folder = directory.file("music")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: demo.path, toPath: folder + "/song.mp3")
    try Data("[00:01.00]one\n[00:02.50]two".utf8).write(to: URL(fileURLWithPath: folder + "/song.lrc"))
    var configuration = ServerConfiguration(music: folder)
    configuration.users = ["ada": "secret"]
    let server = try EmbeddedServer(configuration)
    let port = try server.start()
    #expect(server.waitUntilScanned())
    let services = try services()
    defer { services.stop() }
    let home = ServerID("home")
    let account = RemoteAccount(
      server: home, address: try #require(ServerAddress("http://127.0.0.1:\(port)")),
      credentials: .password(user: "ada", password: "secret"))
    let client = SubsonicClient(account: account, http: HTTPClient())
    services.clients.set(client, for: home)
    let song = try #require(try client.search3("", songs: Window(count: 10, offset: 0)).song.first)
    let track = try stored(song.id, coverID: song.coverArt, in: services, of: home)
    let coverID = try #require(song.coverArt)

    let request = CoverRequest(coverID: coverID, origin: .remote(home), room: Size(columns: 12, rows: 6))
    services.perform(.askCover(request))
    let answer = try self.answer(to: request, services)
    guard case .found(let cover) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(cover.picture.size.rows <= 6 && cover.palette != nil)

    services.perform(.askLyrics(track))
    func lyrics() throws -> LyricsAnswer {
      try wait(services) { message -> LyricsAnswer? in
        if case .lyrics(track.id, let answer) = message { answer } else { nil }
      }
    }
    guard case .found(let words, .zero) = try lyrics() else {
      Issue.record("no lyrics")
      return
    }
    #expect(words.lines.map(\.text) == ["one", "two"] && words.isSynced)

    server.stop()
    services.perform(.keepLyricsOffset(.milliseconds(-300), of: track.id))
    services.perform(.askLyrics(track))
    #expect(try lyrics() == .found(words, offset: .milliseconds(-300)))
    var smaller = request
    smaller.room = Size(columns: 6, rows: 3)
    services.perform(.askCover(smaller))
    let kept = try self.answer(to: smaller, services)
    guard case .found = kept else {
      Issue.record("\(kept)")
      return
    }
    smaller.coverID = "unknown"
    services.perform(.askCover(smaller))
    #expect(try self.answer(to: smaller, services) == .offline)
  }

  /// The track in the player's catalogue, as a synchronisation would have left it.
  private func stored(_ id: String, coverID: String?, in services: Services, of server: ServerID) throws -> Track {
    let catalogue = try Catalogue(path: services.paths.catalogueFile)
    let pull = try catalogue.beginPullAnew(of: .remote(server))
    var record = TrackRecord(remoteID: RemoteID(id), title: "Song")
    record.coverID = coverID
    try catalogue.ingest(artists: [], albums: [], tracks: [record], in: pull)
    _ = try catalogue.finishPull(pull)
    let track = try #require(try catalogue.trackID(RemoteID(id), from: .remote(server)))
    return try #require(try catalogue.tracks([track]).first)
  }

  @Test("the spectrum of a file with one sine that plays has its peak in that sine's band")
  func spectrum() throws {
    let services = try services()
    defer { services.stop() }
    let path = directory.file("sine.wav")
    try Data(sine(of: 1000, seconds: 60)).write(to: URL(fileURLWithPath: path))
    let catalogue = try Catalogue(path: services.paths.catalogueFile)
    let pull = try catalogue.beginPullAnew(of: .local)
    var record = TrackRecord(remoteID: "sine", title: "Sine")
    record.path = path
    record.suffix = "wav"
    try catalogue.ingest(artists: [], albums: [], tracks: [record], in: pull)
    _ = try catalogue.finishPull(pull)
    let id = try #require(try catalogue.trackID("sine", from: .local))
    let track = try #require(try catalogue.tracks([id]).first)
    services.perform(.player(.load(QueueEntry(id: EntryID(1), track: track), position: .zero, paused: false)))
    services.perform(.tapSpectrum(SpectrumWish(bands: 12, rate: .fixed(30))))
    let levels = try wait(services) { message -> [UInt8]? in
      if case .spectrum(.levels(let levels)) = message, levels.max() ?? 0 > 100 { levels } else { nil }
    }
    // 45 Hz to 16 kHz in twelve equal steps: the seventh begins at 849 Hz, the eighth at 1385.
    #expect(levels.count == 12 && levels.max() == levels[6])
    #expect(levels[0] < 40 && levels[11] < 40)
    services.perform(.tapSpectrum(SpectrumWish(bands: 30, rate: .fixed(10))))
    let finer = try wait(services) { message -> [UInt8]? in
      if case .spectrum(.levels(let levels)) = message, levels.count == 30 { levels } else { nil }
    }
    #expect(finer.firstIndex(of: finer.max()!) == 15)
    services.perform(.tapSpectrum(nil))
  }

  /// Mono, 44.1 kHz, 16 bits.
  private func sine(of frequency: Double, seconds: Int) -> [UInt8] {
    let count = 44_100 * seconds
    func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    var file = Array("RIFF".utf8) + bytes(UInt32(36 + count * 2)) + Array("WAVEfmt ".utf8)
    file += bytes(UInt32(16)) + bytes(UInt16(1)) + bytes(UInt16(1)) + bytes(UInt32(44_100)) + bytes(UInt32(88_200))
    file += bytes(UInt16(2)) + bytes(UInt16(16)) + Array("data".utf8) + bytes(UInt32(count * 2))
    for index in 0..<count {
      file += bytes(Int16(12_000 * sin(2 * .pi * frequency * Double(index) / 44_100)))
    }
    return file
  }

  @Test("over SSH the spectrum is off unless a rate is asked for")
  func remotely() throws {
    let services = try services()
    defer { services.stop() }
    services.spectrum.set(SpectrumWish(bands: 12, rate: .auto), isRemote: true)
    let reason = try wait(services) { message -> String? in
      if case .spectrum(.unavailable(let reason)) = message { reason } else { nil }
    }
    #expect(reason.hasPrefix("Over SSH the spectrum is off."))
  }

  @Test("what tmux says decides whether kitty's pictures pass through it")
  func tmux() {
    #expect(TmuxWord("on xterm-kitty") == TmuxWord("all xterm-kitty"))
    #expect(TmuxWord("1 xterm-256color").passesOn && !TmuxWord("0 xterm-256color").passesOn)
    #expect(TmuxWord("on xterm-kitty").passesOn && TmuxWord("on xterm-kitty").terminal == "xterm-kitty")
    #expect(!TmuxWord("off xterm-256color").passesOn)
    #expect(!TmuxWord("").passesOn)
  }
}
