import Fixtures
import HTTP
import Library
import Music
import OpenSubsonic
import Remote
import Testing
import Threading

/// A service at work, with what it has reported so far.
private final class ServiceBench: Sendable {
  let http = HTTPClient()
  let directory = TemporaryDirectory()
  let service: RemoteService
  private let events: Monitor<[RemoteEvent]>

  init(base: String) throws {
    let events = Monitor<[RemoteEvent]>([])
    self.events = events
    service = RemoteService(
      account: account(at: base), cataloguePath: directory.file("library.db"), http: http,
      onEvent: { event in events.update { $0.append(event) } })
    service.start()
  }

  deinit { service.stop() }

  func catalogue() throws -> Catalogue {
    let catalogue = try Catalogue(path: directory.file("library.db"))
    catalogue.scope = [.remote(ServerID("home"))]
    return catalogue
  }

  var reported: [RemoteEvent] { events.withLock { $0 } }

  func waits(for count: Int = 1, _ isWanted: @escaping (RemoteEvent) -> Bool) -> Bool {
    events.wait(timeout: .seconds(30)) { $0.filter(isWanted).count >= count ? true : nil } ?? false
  }

  func waitsForSync(_ count: Int = 1) -> Bool {
    waits(for: count) { if case .syncFinished = $0 { true } else { false } }
  }
}

private func isOffline(_ event: RemoteEvent) -> Bool { if case .offline = event { true } else { false } }

@Suite("The service of an account")
struct RemoteServiceTests {
  @Test("it synchronises at the start, and sends edits as they are made")
  func work() throws {
    let server = MusicServer(.sample(albums: 3))
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waitsForSync())
    #expect(bench.reported.first == .online)
    let catalogue = try bench.catalogue()
    #expect(try catalogue.trackCount() == 6)
    let track = try #require(try catalogue.trackID("tr-1", from: .remote(ServerID("home"))))
    try catalogue.star(.track(track), true)
    bench.service.drainSoon()
    #expect(bench.waits { $0 == .editsSent(1) })
    #expect(server.now.starred == ["tr-1"])
    server.change { $0.songs[0].title = "Renamed" }
    bench.service.synchronizeNow()
    #expect(bench.waitsForSync(2))
    #expect(try catalogue.tracks([track]).map(\.title) == ["Renamed"])
  }

  @Test("a server that goes and comes back is noticed once each way, and the work goes on")
  func offline() throws {
    let contents = MusicServer.Contents.sample(albums: 3)
    let port = UInt16(try freePort())
    let server = MusicServer(contents, port: port)
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waitsForSync())
    server.server.stop()
    let catalogue = try bench.catalogue()
    let track = try #require(try catalogue.trackID("tr-1", from: .remote(ServerID("home"))))
    try catalogue.star(.track(track), true)
    bench.service.drainSoon()
    #expect(bench.waits(isOffline))
    bench.service.synchronizeNow()
    bench.service.drainSoon()
    let back = MusicServer(contents, port: port)
    #expect(bench.waits(for: 2) { $0 == .online })
    #expect(bench.waits { $0 == .editsSent(1) })
    #expect(bench.waitsForSync(2))
    #expect(bench.reported.filter(isOffline).count == 1)
    #expect(back.now.starred == ["tr-1"])
  }

  @Test("when the network returns one question is asked first, then the edits go in order")
  func oneProbe() throws {
    let contents = MusicServer.Contents.sample(albums: 3)
    let port = UInt16(try freePort())
    let server = MusicServer(contents, port: port)
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waitsForSync())
    server.server.stop()
    let catalogue = try bench.catalogue()
    for number in 1...6 {
      let track = try #require(try catalogue.trackID("tr-\(number)", from: .remote(ServerID("home"))))
      try catalogue.star(.track(track), true)
      bench.service.drainSoon()
    }
    #expect(bench.waits(isOffline))
    let back = MusicServer(contents, port: port)
    #expect(back.server.waits { $0.filter { $0.call == "star" }.count == 6 })
    let calls = back.server.requests.filter { ["ping", "star"].contains($0.call) }
    #expect(calls.map(\.call) == ["ping"] + [String](repeating: "star", count: 6))
    #expect(calls.compactMap { $0["id"] } == (1...6).map { "tr-\($0)" })
  }

  @Test("credentials that became invalid stop the outbox, which keeps everything")
  func rejectedLater() throws {
    let server = MusicServer(.sample(albums: 3))
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waitsForSync())
    let no = #"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":40,"message":"no"}}}"#
    server.change { $0.surprises["star"] = [.json(no), .json(no), .json(no)] }
    let catalogue = try bench.catalogue()
    for number in 1...3 {
      let track = try #require(try catalogue.trackID("tr-\(number)", from: .remote(ServerID("home"))))
      try catalogue.star(.track(track), true)
    }
    bench.service.drainSoon()
    #expect(bench.waits { $0 == .credentialsRejected })
    bench.service.drainSoon()
    bench.service.stop()
    #expect(server.count("star") == 1)
    #expect(try catalogue.outboxCounts() == OutboxCounts(waiting: 3))
  }

  @Test("starting with no server at all is an offline start, not a failure")
  func offlineStart() throws {
    let port = UInt16(try freePort())
    let server = MusicServer(.sample(albums: 1), port: port)
    server.server.stop()
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waits(isOffline))
    #expect(bench.reported.first == .offline(.transport(.refused)))
    let back = MusicServer(.sample(albums: 1), port: port)
    bench.service.synchronizeNow()
    #expect(bench.waitsForSync())
    #expect(back.count("search3") > 0)
  }

  @Test("rejected credentials are told once, and the server is left alone")
  func rejected() throws {
    let no = #"{"subsonic-response":{"status":"failed","version":"1.16.1","error":{"code":40,"message":"no"}}}"#
    let server = ScriptedServer { _ in .json(no) }
    let bench = try ServiceBench(base: server.base)
    #expect(bench.waits { $0 == .credentialsRejected })
    #expect(bench.waits { if case .syncFailed = $0 { true } else { false } })
    bench.service.synchronizeNow()
    bench.service.stop()
    #expect(server.requests.count == 1)
    #expect(bench.reported.filter { $0 == .credentialsRejected }.count == 1)
  }

  @Test("stopping does not wait for a server that says nothing")
  func stopping() throws {
    let server = ScriptedServer { _ in .silence }
    let bench = try ServiceBench(base: server.base)
    #expect(server.waits { !$0.isEmpty })
    bench.service.stop()
    #expect(bench.reported.contains(.syncFailed(.remote(.transport(.cancelled)))))
    #expect(!bench.reported.contains(where: isOffline))
  }
}
