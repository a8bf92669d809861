import Fixtures
import Foundation
import Testing

/// kill -9 in the middle of streaming: what was stored is not fetched again.
extension EndToEnd {
  @Suite(.serialized)
  struct Kill {
    static let chunk = 256 * 1024

    @Test("after kill -9 only what was not stored is asked for, from a chunk's first byte on")
    func killed() async throws {
      let music = MadeMusic()
      let path = try await music.add("Long Noise", seconds: 60)
      let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
      let server = try await DemoServer(music: music.folder, options: ["--limit-rate", "128"])
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)

      var stored = [0]
      for run in 1...3 {
        let player = try await profile.headless(output: "wav:/dev/null")
        try await profile.play("Long Noise")
        try await eventually("more chunks are stored, run \(run)") {
          try await profile.cache().bytes > Double(stored.last ?? 0) + 0.5 * Double(Self.chunk)
        }
        #expect(player.end(with: SIGKILL) == 128 + SIGKILL)
        stored.append(Int((try await profile.cache().bytes / Double(Self.chunk)).rounded()) * Self.chunk)
      }
      let last = try await profile.headless(output: "wav:" + profile.file("heard.wav"))
      try await profile.play("Long Noise")
      try await eventually("all of it is stored") { try await profile.cache().whole == 1 }
      try await profile.wait(for: "it is over") { $0.state == "stopped" }
      #expect(last.end() == 0)
      try await eventually("the server has logged the requests") { server.mediaRequests.count >= stored.count }

      let requests = server.mediaRequests
      try #require(requests.count == stored.count, "one request for each run of missing bytes: \(requests)")
      for (request, start) in zip(requests, stored) {
        // Each begins exactly where what was stored ended, and asks for the rest.
        #expect(request.range == start..<size)
        #expect(request.total == size)
      }
      for (cut, next) in zip(requests, requests.dropFirst()) {
        // Twice went over the wire: the chunk in flight, and what lay in the sockets' buffers.
        let twice = cut.served.upperBound - next.range.lowerBound
        #expect((0...Self.chunk + Self.inSockets).contains(twice), "\(twice) bytes after \(cut)")
      }
      #expect(requests.last?.served.upperBound == size)
      let heard = try Data(contentsOf: URL(fileURLWithPath: profile.file("heard.wav")))
      #expect(heard.dropFirst(44) == (try await decodedByMpg123(path)))
      #expect(try await profile.dulcet("cache", "verify").exitStatus == 0)
    }

    /// At 128 KiB a second, read at once, hardly more than what the server hands over in one go can be under way; a busy
    /// machine may be late by a second.
    static let inSockets = 192 * 1024
  }
}
