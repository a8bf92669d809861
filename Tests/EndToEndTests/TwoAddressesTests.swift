import Fixtures
import Foundation
import Testing

/// One server at two addresses, as at home and from outside: one account, one library, one cache.
extension EndToEnd {
  @Suite(.serialized)
  struct TwoAddresses {
    let profile = Profile()

    @Test(
      "a second address is told to an account; where the first is gone the second is asked, and the cache is one",
      arguments: [true, false])
    func also(hasIdentity: Bool) async throws {
      // Only a server that keeps something has an identity.
      let options = hasIdentity ? ["--data", profile.file("server")] : []
      var server = try await DemoServer(host: "*", options: options)
      try await profile.login(server.url, user: server.user, password: server.password)
      let other = "http://127.0.0.2:\(server.port)"
      let (known, unknown) = (DemoMusic.tracks[3], DemoMusic.tracks[0])

      if !hasIdentity {
        // Nothing is known of its music yet.
        let early = try await profile.dulcet("login", "--also", other)
        #expect(early.exitStatus == 1 && early.errors.contains("Start dulcet once"), "\(early.errors)")
        let first = try await profile.headless(output: "silent")
        try await profile.play(known.title)
        #expect(first.end() == 0)
      }
      let added = try await profile.dulcet("login", "--also", other)
      #expect(added.exitStatus == 0, "\(added.errors)")
      #expect(added.text.contains("127.0.0.1") && added.text.contains(other + "/"))
      if hasIdentity {
        // It has the same music, and is another one all the same.
        let stranger = try await DemoServer(options: ["--data", profile.file("stranger")])
        let refused = try await profile.dulcet("login", "--also", stranger.url)
        #expect(refused.exitStatus == 1 && refused.errors.contains("another server"), "\(refused.errors)")
      }

      let player = try await profile.headless(output: "silent")
      try await profile.play(known.title)
      try await profile.wait(for: "it plays") { $0.state == "playing" }
      try await eventually("it is cached") { try await profile.cache().whole >= 1 }
      let whole = try await profile.cache().whole

      // The listener leaves the house.
      let port = server.port
      server.stop()
      server = try await DemoServer(host: "127.0.0.2", port: port, options: options)
      try await profile.say("play", unknown.title)
      try await profile.wait(for: "what was never heard comes from the other address") {
        $0.state == "playing" && $0.track?.title == unknown.title && $0.position > 0.2 && !$0.offline
      }
      try await eventually("it is kept beside the other") { try await profile.cache().whole > whole }
      try await profile.say("play", known.title)
      try await profile.wait(for: "what was heard plays again") {
        $0.state == "playing" && $0.track?.title == known.title && $0.position > 0.2
      }
      #expect(player.end() == 0)
      try await server.waitUntilLeft()
      // Nothing of it was asked for at the other address.
      #expect(Set(server.mediaRequests.map(\.track)).count == 1, "\(server.mediaRequests)")
      let accounts = try String(contentsOfFile: profile.file("data/dulcet/accounts.json"), encoding: .utf8)
      #expect(accounts.components(separatedBy: "\"serverType\"").count == 2)
    }
  }
}
