import Fixtures
import Server
import Testing

@Suite("Through a proxy that spoils a third of the answers, then fewer", .serialized)
struct FaultProxyTests {
  @Test("library, edits and music of our server come whole, once, and byte by byte", .timeLimit(.minutes(40)))
  func ours() throws {
    var configuration = ServerConfiguration(music: DemoMusic.folder)
    configuration.users = ["ada": "sesame é"]
    let server = try EmbeddedServer(configuration)
    let port = try server.start()
    defer { server.stop() }
    #expect(server.waitUntilScanned())
    try journey(port: UInt16(port), user: "ada", password: "sesame é", "our server")
  }

  @Test(
    "the same with supysonic", .enabled(if: Supysonic.isInstalled, "make test fetches it"), .timeLimit(.minutes(40)))
  func theirs() async throws {
    let server = try await Supysonic()
    let port = try #require(server.url.split(separator: ":").last.flatMap { UInt16($0.prefix { $0.isNumber }) })
    try journey(port: port, user: server.user, password: server.password, "supysonic")
    withExtendedLifetime(server) {}
  }

  private func journey(port: UInt16, user: String, password: String, _ name: String) throws {
    let journey = try FaultJourney(port: port, user: user, password: password)
    defer { journey.end() }
    var total = 0
    for fault in FaultProxy.Fault.allCases {
      let count = try journey.run(fault)
      #expect(count > 0, "\(fault) was never injected")
      total += count
    }
    print("\(name): \(total) faults injected: \(journey.proxy.injected.map { "\($0.key) \($0.value)" }.sorted())")
  }
}
