import Fixtures
import Foundation
import Testing
import Threading

/// kill -9 of the player while edits are made and while they are sent: none is lost, none happens twice.
extension EndToEnd {
  @Suite(.serialized)
  struct EditKill {
    let profile = Profile()
    private let titles = DemoMusic.tracks.map(\.title)

    /// A player without a screen that asks no server for anything.
    private func startOffline() async throws -> Program {
      let program = try profile.start(["--headless", "--offline", "--output", "silent"])
      try await eventually("the player answers") { try await profile.dulcet("status").exitStatus == 0 }
      return program
    }

    /// The library is here, and one track of it.
    private func settleIn(_ url: String, _ server: DemoServer) async throws {
      try await profile.login(url, user: server.user, password: server.password)
      let player = try await profile.headless(output: "silent")
      try await profile.play(titles[3])
      try await eventually("it is cached") { try await profile.cache().whole >= 1 }
      #expect(player.end() == 0)
    }

    private func makeList(_ name: String, _ places: [Int]) async throws {
      let file = profile.file(name + ".m3u8")
      try places.map { DemoMusic.tracks[$0].path }.joined(separator: "\n")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let program = try await profile.dulcet("playlist", "import", file)
      #expect(program.exitStatus == 0, "\(program.text) \(program.errors)")
    }

    @Test("killed at every request while its outbox drains", .timeLimit(.minutes(40)))
    func draining() async throws {
      let server = try await DemoServer()
      let proxy = FaultProxy(upstream: UInt16(server.port))
      try await settleIn("http://127.0.0.1:\(proxy.port)", server)
      let offline = try await startOffline()
      let wanted = ["One": [0, 1, 0], "Two": [4], "Three": [5, 2]]
      for (name, places) in wanted { try await makeList(name, places) }
      try await profile.say("play", titles[3])
      try await profile.wait(for: "it plays") { $0.state == "playing" }
      try await profile.say("star", "playing")
      try await profile.say("bookmark")
      #expect(offline.end(with: SIGKILL) == 128 + SIGKILL)

      // The player dies with its question under way, or just answered.
      var deaths = 0
      for step in 1...12 {
        let victim = Monitor<Program?>(nil)
        proxy.inject { number in
          // The first may be asked before it is known here whom to kill.
          if number >= step { victim.withLock { $0 }?.signal(SIGKILL) }
          return nil
        }
        let program = try profile.start(["--headless", "--output", "silent"])
        victim.update { $0 = program }
        try await eventually("step \(step) was reached, or everything is sent") {
          if program.exitStatus != nil { return true }
          return try await isThere(wanted, server)
        }
        if program.exitStatus != nil { deaths += 1 }
        program.end(with: SIGKILL)
      }
      #expect(deaths >= 3)
      proxy.inject { _ in nil }
      let last = try await profile.headless(output: "silent")
      try await eventually("all of it is on the server", within: .seconds(60)) { try await isThere(wanted, server) }
      try await eventually("so are the star and the bookmark", within: .seconds(60)) {
        let log = server.log
        return [" star ", " createBookmark "].allSatisfy { call in log.contains { $0.contains(call) } }
      }
      try await profile.say("sync")
      #expect(last.end() == 0)
      #expect(try await isThere(wanted, server))
    }

    private func isThere(_ wanted: [String: [Int]], _ server: DemoServer) async throws -> Bool {
      let lists = try await server.allPlaylists()
      guard lists.count == wanted.count else {
        #expect(lists.count < wanted.count, "a list was made twice: \(lists.map(\.name))")
        return false
      }
      return lists.allSatisfy { list in wanted[list.name].map { $0.map { titles[$0] } } == list.titles }
    }

    @Test("killed between one command and the next: what is kept here is what reaches the server, once")
    func editing() async throws {
      let server = try await DemoServer()
      try await settleIn(server.url, server)
      var names: [String] = []
      for round in 1...5 {
        let player = try await startOffline()
        let burst = (1...8).map { "Round \(round) list \($0)" }
        names += burst
        let commands = try burst.map { try profile.start(["playlist", "new", $0]) }
        // After so many answers, with the others under way.
        try await eventually("\(round) were answered") { commands.count { $0.exitStatus != nil } >= round }
        #expect(player.end(with: SIGKILL) == 128 + SIGKILL)
        for command in commands { try await command.finish() }
      }
      let player = try await profile.headless(output: "silent")
      try await profile.say("sync")
      var here: [String] = []
      for name in names {
        let file = profile.file("out.m3u8")
        if try await profile.dulcet("playlist", "export", name, file).exitStatus == 0 { here.append(name) }
      }
      #expect(here.count >= 5, "hardly anything was kept: \(here)")
      try await eventually("the server has the same, each once", within: .seconds(60)) {
        try await server.allPlaylists().map(\.name).sorted() == here.sorted()
      }
      #expect(player.end() == 0)
    }
  }
}
