import Fixtures
import Foundation
import Testing

/// Titles that no terminal agrees about, in a real terminal.
extension EndToEnd {
  @Suite(.serialized)
  struct Torture {
    let profile = Profile()

    @Test("whatever titles there are, columns hold, and what is drawn by difference is what is drawn anew")
    func columns() async throws {
      let music = TemporaryDirectory()
      try TortureLibrary.write(to: music.path)
      let server = try await DemoServer(music: music.path)
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit(
        "\(player) --output silent", columns: 100, rows: 30, terminal: "tmux-256color",
        environment: profile.environment)
      try await visit.tmux.wait(forText: "Torture")
      // Without the panel the list's rows end at the terminal's own edge.
      try await visit.tmux.press("T")
      try await visit.tmux.press("Tab", "Tab")
      try await visit.tmux.wait(forText: "夜の音楽")
      // Both letters of `gg` at once: between them it shows what may follow the first.
      for key in ["j", "C-d", "C-d", "j", "k", "C-u", "G", "gg", "C-d"] {
        if key == "gg" { try await visit.tmux.press("g", "g") } else { try await visit.tmux.press(key) }
        try await expectAligned(visit)
      }
      try await eventually("the screen drawn anew is the same") {
        let before = try await visit.tmux.screen()
        try await visit.tmux.press("C-l")
        return try await visit.tmux.screen().text == before.text
      }
      try await visit.tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    /// Each row of the list ends with its duration, in the terminal's own last columns but one.
    private func expectAligned(_ visit: Visit) async throws {
      try await visit.tmux.wait(for: "every row of the list ends in its column") { screen in
        let rows = screen.lines.dropFirst(3).prefix(22).filter { !$0.isEmpty }
        return rows.count > 10
          && rows.allSatisfy { row in
            row.hasSuffix(" 0:21") || row.hasSuffix(" 0:21 ┃") || row.hasSuffix("│")
          }
      }
    }
  }
}
