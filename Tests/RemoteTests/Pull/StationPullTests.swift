import Library
import Music
import OpenSubsonic
import Testing

@testable import Remote

@Suite("Radio stations of a server")
struct StationPullTests {
  private let bench: SynchronizerBench
  private var catalogue: Catalogue { bench.catalogue }
  private var server: MusicServer { bench.server }

  init() throws {
    var contents = MusicServer.Contents.sample(albums: 1)
    contents.stations = [
      Wire.InternetRadioStation(id: "ra-1", name: "One", streamUrl: "http://one/x", homePageUrl: "http://one"),
      Wire.InternetRadioStation(id: "ra-2", name: "", streamUrl: "http://two/x"),
    ]
    bench = try SynchronizerBench(contents)
    try bench.synchronize()
  }

  private var names: [String] { get throws { try catalogue.stations().map(\.name) } }

  @discardableResult
  private func drain() throws -> [RemoteEvent] {
    var events: [RemoteEvent] = []
    _ = try OutboxDrain(client: bench.client, catalogue: catalogue, report: { events.append($0) }).run()
    return events
  }

  @Test("stand in the catalogue, follow the server, and keep their ids")
  func pull() throws {
    #expect(try names == ["http://two/x", "One"])
    let one = try #require(try catalogue.stations().last)
    #expect(one.streamURL == "http://one/x" && one.homePage == "http://one" && one.origin == .remote(bench.id))
    #expect(try catalogue.tracks([one.track.id]) == [one.track])
    server.change {
      $0.stations[0].name = "Uno"
      $0.stations.remove(at: 1)
    }
    try bench.synchronize()
    #expect(try names == ["Uno"])
    #expect(try catalogue.station(one.id)?.name == "Uno")
  }

  @Test("stay where the server knows no radio any more")
  func unsupported() throws {
    server.change { $0.knowsRadio = false }
    try bench.synchronize()
    #expect(try names.count == 2)
  }

  @Test("that are made, renamed and removed here arrive there")
  func edits() throws {
    let made = try catalogue.createStation(named: "Mine", streamURL: "http://mine/x", on: .remote(bench.id))
    try catalogue.describeStation(made, name: "My own")
    let one = try #require(try catalogue.stations().first { $0.name == "One" })
    try catalogue.deleteStation(one.id)
    // A pull in between changes nothing of what waits.
    try bench.synchronize()
    #expect(try Set(names) == ["http://two/x", "My own"])
    try drain()
    #expect(server.now.stations.map(\.name) == ["", "My own"])
    try bench.synchronize()
    #expect(try Set(names) == ["http://two/x", "My own"])
    #expect(try catalogue.station(made)?.remoteID == server.now.stations.last?.id)
    #expect(try catalogue.pendingEdits(of: bench.id, limit: 9).isEmpty)
  }

  @Test("whose creation was answered by nothing are not made twice")
  func lostAnswer() throws {
    try catalogue.createStation(named: "Mine", streamURL: "http://mine/x", on: .remote(bench.id))
    server.change {
      $0.nextStationAnswerIsLost = true
    }
    try drain()
    try drain()
    #expect(server.now.stations.count { $0.name == "Mine" } == 1)
    #expect(try catalogue.stations().count { $0.name == "Mine" } == 1)
  }

  @Test("that the server does not take stay on this computer, and that is told")
  func refused() throws {
    server.change { $0.knowsRadio = false }
    let made = try catalogue.createStation(named: "Mine", streamURL: "http://mine/x", on: .remote(bench.id))
    let events = try drain()
    #expect(events.contains { if case .editRefused(.createStation(made), _) = $0 { true } else { false } })
    catalogue.scope = [.local, .remote(bench.id)]
    #expect(try catalogue.station(made)?.origin == .local)
    #expect(try catalogue.deadEdits().isEmpty)
    server.change { $0.knowsRadio = true }
    try bench.synchronize()
    #expect(try names.contains("Mine"))
  }

  @Test("of an account that is removed go with it")
  func removed() throws {
    try catalogue.remove(.remote(bench.id))
    #expect(try names.isEmpty)
  }
}
