import Audio
import Fixtures
import Foundation
import HTTP
import Library
import Music
import OpenSubsonic
import Testing
import Threading

@testable import Cache
@testable import Remote

/// A listener's way with a real server behind a proxy that spoils a third of the answers, then fewer: in the end everything is as it
/// would have been without.
struct FaultJourney {
  let proxy: FaultProxy
  let http = HTTPClient()
  let directory = TemporaryDirectory()
  let catalogue: Catalogue
  let client: SubsonicClient
  let cache: TrackCache
  private let id = ServerID("faulty")
  private var origin: Origin { .remote(id) }

  init(port: UInt16, user: String, password: String) throws {
    proxy = FaultProxy(upstream: port)
    let signIn = try Remote.signIn(
      to: "http://127.0.0.1:\(proxy.port)", user: user, secret: .password(password), http: http)
    let (http, directory) = (http, directory)
    let client = SubsonicClient(
      account: RemoteAccount(
        server: id, address: signIn.address, credentials: signIn.credentials, version: signIn.version,
        isOpenSubsonic: signIn.isOpenSubsonic, extensions: signIn.extensions, serverType: signIn.serverType),
      http: http)
    self.client = client
    catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [.remote(id)]
    var tuning = Tuning()
    tuning.limits.firstPause = .milliseconds(5)
    tuning.limits.longestPause = .milliseconds(50)
    cache = TrackCache(
      store: ChunkStore(path: directory.file("chunks.db")), fetcher: StreamFetcher(http: http) { _ in client },
      tuning: tuning
    ) { _ in }
  }

  func end() {
    cache.close()
    http.stop()
  }

  /// All of it with one kind of fault. Returns how often it was injected.
  func run(_ fault: FaultProxy.Fault) throws -> Int {
    let before = proxy.injected[fault, default: 0]
    // Thick at first, then thin enough for a way through.
    proxy.inject { $0 < 40 && $0 % 3 == 2 || $0 % 29 == 0 ? fault : nil }
    try insist("the library comes") { try synchronize() }
    let tracks = try catalogue.albums(by: .name, limit: 100, offset: 0).flatMap { try catalogue.tracks(of: $0.id) }
    #expect(Set(tracks.map(\.title)) == Set(DemoMusic.tracks.map(\.title)))

    let name = "Faulty \(fault)"
    let wanted = [tracks[0], tracks[1], tracks[0]].map(\.id)
    let list = try catalogue.createPlaylist(named: name, tracks: wanted, on: origin)
    try catalogue.star(.track(tracks[2].id), true)
    try insist("the edits arrive") {
      let drain = OutboxDrain(client: client, catalogue: catalogue, report: { _ in })
      guard try drain.run() == .empty else { throw Again() }
    }
    #expect(try catalogue.deadEdits().isEmpty, "\(fault)")

    let track = tracks[fault.place % tracks.count]
    let known = try #require(DemoMusic.tracks.first { $0.title == track.title })
    let original = try [UInt8](Data(contentsOf: URL(fileURLWithPath: known.path)))
    let key = RenditionKey(server: id, track: track.remoteID, rendition: .raw)
    try insist("the track comes") { try #require(try read(key) == original) }

    proxy.inject { _ in nil }
    try synchronize()
    #expect(try catalogue.tracks(of: list).map(\.id) == wanted)
    #expect(try catalogue.tracks([tracks[2].id])[0].isStarred)
    // Once, however often it was tried.
    #expect(try client.playlists().count { $0.name == name } == 1, "\(fault)")
    return proxy.injected[fault, default: 0] - before
  }

  private struct Again: Error {}

  private func insist(_ what: String, _ body: () throws -> Void) throws {
    var last: (any Error)?
    for _ in 0..<60 {
      do { return try body() } catch { last = error }
    }
    Issue.record("\(what): \(last.map { "\($0)" } ?? "")")
    throw Again()
  }

  private func synchronize() throws {
    _ = try Synchronizer(client: client, catalogue: catalogue, report: { _ in }, checkpoint: {}).run(isFull: true)
  }

  private func read(_ key: RenditionKey) throws -> [UInt8] {
    let source = cache.source(for: key, expectedSize: nil)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while case let count = try source.read(at: Int64(bytes.count), into: buffer), count > 0 {
      bytes += buffer[..<count]
    }
    return bytes
  }
}

extension FaultProxy.Fault {
  /// Each spoils another track.
  fileprivate var place: Int { FaultProxy.Fault.allCases.firstIndex(of: self)! }
}
