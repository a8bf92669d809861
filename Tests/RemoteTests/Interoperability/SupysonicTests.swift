import Fixtures
import OpenSubsonic
import Remote
import Testing

/// supysonic comes from PyPI: `Tests/Interoperability/supysonic.sh`.
@Suite("Our client with a server by others", .enabled(if: Supysonic.isInstalled))
struct SupysonicTests {
  @Test("the whole way of a listener")
  func journey() async throws {
    let server = try await Supysonic()
    let journey = try Journey(to: server.url, user: server.user, password: server.password)
    #expect(!journey.signIn.isOpenSubsonic)
    // It knows no tokens, and says so with "a parameter is missing".
    #expect(journey.signIn.credentials == .password(user: server.user, password: server.password))
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
      try Journey(to: server.url, user: server.user, password: "wrong")
    }
    server.stop()
    try await eventually("the port refuses") {
      do {
        _ = try Journey(to: server.url, user: server.user, password: server.password)
        return false
      } catch let failure as SignInFailure {
        return failure == .refused
      }
    }
  }
}
