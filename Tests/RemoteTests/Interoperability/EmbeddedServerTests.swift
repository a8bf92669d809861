import Fixtures
import HTTP
import OpenSubsonic
import Remote
import Server
import Testing

@Suite("Our client with our server")
struct EmbeddedServerTests {
  @Test("the whole way of a listener")
  func journey() throws {
    var configuration = ServerConfiguration(music: DemoMusic.folder)
    configuration.users = ["ada": "sesame é"]
    let server = try EmbeddedServer(configuration)
    let port = try server.start()
    defer { server.stop() }
    #expect(server.waitUntilScanned())
    let journey = try Journey(to: "127.0.0.1:\(port)", user: "ada", password: "sesame é")
    #expect(journey.signIn.isOpenSubsonic)
    guard case .token = journey.signIn.credentials else {
      Issue.record("\(journey.signIn.credentials)")
      return
    }
    try journey.browse()
    try journey.search()
    try journey.stream()
    try journey.cover()
    try journey.playlists()
    try journey.mergedPlaylists()
    try journey.kept()
    try journey.foreignPlaylists()
    try journey.annotations()
    #expect(throws: SignInFailure.wrongPassword) {
      try Journey(to: "127.0.0.1:\(port)", user: "ada", password: "wrong")
    }
  }
}
