import Fixtures
import Foundation
import Testing

/// What `make run` does, with the programs that were built for the tests.
extension EndToEnd {
  @Suite(.serialized)
  struct Run {
    let directory = TemporaryDirectory()

    @Test("make run's script plays the demo music; q ends both programs and leaves nothing behind")
    func demo() async throws {
      let programs = try #require(Repository.product("dulcet")).dropLast("/dulcet".count)
      let music = Repository.path("demo/music")
      let terminal = try await Visit(
        "\(Repository.path("scripts/play.sh")) \(programs) \(music)",
        environment: Profile().environment.merging(["TMPDIR": directory.path]) { $1 })
      try await terminal.tmux.wait(for: "columns of the library") { screen in
        screen.contains("listener@127.0.0.1")
          && screen.lines.contains { line in
            ["Lantern Quay Ensemble", "│", "Harbour Lights", "│"].allSatisfy { line.contains($0) }
          }
      }
      #expect(try await !processes().isEmpty)

      try await terminal.tmux.press("l", "l", "Enter")
      try await terminal.tmux.wait(for: "the clock moves") { ($0.clock ?? 0) >= 2 }
      try await terminal.tmux.press("q")
      #expect(try await terminal.end() == 0)
      #expect(try await processes().isEmpty)
      let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      #expect(left == [])
    }

    @Test("a folder that is not there is refused in words")
    func noFolder() async throws {
      let program = try Program(Repository.path("scripts/play.sh"), [Repository.path(".build"), "/no/such/folder"])
      #expect(try await program.finish() == 1)
      #expect(program.errors == "There is no folder /no/such/folder.\n")
    }

    /// The processes of this run: all that name its folder.
    private func processes() async throws -> [String] {
      let found = try Program("pgrep", ["-f", "--", directory.path + "/dulcet-run"])
      try await found.finish()
      return found.text.split(separator: "\n").map(String.init)
    }
  }
}
