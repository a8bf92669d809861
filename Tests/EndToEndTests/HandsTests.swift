import Fixtures
import Foundation
import Testing

/// Keys one after another, numbers, the palette and the mouse, in the built player.
extension EndToEnd {
  @Suite(.serialized)
  struct Hands {
    let profile = Profile()

    private func visit(_ server: DemoServer, columns: Int = 100, rows: Int = 30) async throws -> Visit {
      try await profile.login(server.url, user: server.user, password: server.password)
      try profile.configure("bind g g move top\nbind queue x clear\n")
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit(
        "\(player) --output silent", columns: columns, rows: rows, environment: profile.environment)
      try await visit.tmux.wait(forText: "三日月小楽団")
      return visit
    }

    /// What a terminal sends for the mouse, counted from 1.
    private func mouse(_ tmux: Tmux, _ button: Int, _ column: Int, _ row: Int, times: Int = 1) async throws {
      let click = ["M", "m"].map { "\u{1B}[<\(button);\(column);\(row)\($0)" }.joined()
      try await tmux.type(String(repeating: click, count: times))
    }

    @Test("sequences, numbers before keys, what may follow, and a paste that does nothing")
    func keys() async throws {
      let server = try await DemoServer()
      let visit = try await visit(server)
      let tmux = visit.tmux
      try await tmux.type("2j")
      try await tmux.wait(forText: "3/3")
      try await tmux.type("gg")
      try await tmux.wait(forText: "1/3")
      try await tmux.type("3G")
      try await tmux.wait(forText: "3/3")
      try await tmux.type("g")
      try await tmux.wait(forText: "g…")
      try await tmux.wait(forText: "first row")
      try await tmux.press("Escape")
      try await tmux.wait(for: "the hints again") { !$0.contains("g…") }
      try await tmux.type("\u{1B}[200~gg\nq\n\u{1B}[201~")
      try await tmux.type("k")
      try await tmux.wait(forText: "2/3")
      try await tmux.press("C-p")
      try await tmux.wait(forText: "Commands")
      try await tmux.type("shuffle albums")
      try await tmux.press("Enter")
      try await eventually("it is shuffled") { try await profile.status().shuffle }
      try await tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("clicks, the wheel and the menu; suspended and back, the mouse is there; at the end it is given back")
    func mouse() async throws {
      let server = try await DemoServer()
      let visit = try await visit(server)
      let tmux = visit.tmux
      #expect(try await tmux.fact("mouse_any_flag") == "1")
      #expect(try await tmux.fact("mouse_sgr_flag") == "1")
      try await mouse(tmux, 0, 6, 5)
      try await tmux.wait(forText: "2/3")
      // Two at once, however long the machine took to show what the first one did.
      try await mouse(tmux, 0, 6, 5, times: 2)
      try await eventually("a double click plays") { try await profile.status().state == "playing" }
      try await mouse(tmux, 0, 16, 1)
      try await tmux.wait(forText: "Queue ·")
      try await mouse(tmux, 2, 6, 5)
      try await tmux.wait(forText: "remove from the queue")
      try await tmux.press("Escape")
      try await tmux.wait(for: "no menu") { !$0.contains("remove from the queue") }
      try await tmux.type(":set mouse off")
      try await tmux.press("Enter")
      try await eventually("the terminal keeps the mouse") { try await tmux.fact("mouse_any_flag") == "0" }
      try await tmux.type(":set mouse on")
      try await tmux.press("Enter")
      try await eventually("and tells of it again") { try await tmux.fact("mouse_any_flag") == "1" }
      try await tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("suspended, or ended after that, the terminal is the shell's: no mouse, a cursor; back, all is there again")
    func suspending() async throws {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try #require(Repository.product("dulcet"))
      let tmux = try await Tmux(["bash", "--norc", "-i"], columns: 100, rows: 30, environment: profile.environment)
      try await tmux.type("\(player) --output silent\n")
      try await tmux.wait(forText: "三日月小楽団")
      try await tmux.press("C-z")
      try await tmux.wait(forText: "Stopped")
      #expect(try await tmux.fact("mouse_any_flag") == "0")
      #expect(try await tmux.fact("alternate_on") == "0")
      #expect(try await tmux.fact("cursor_flag") == "1")
      try await tmux.type("fg\n")
      try await tmux.wait(forText: "三日月小楽団")
      #expect(try await tmux.fact("mouse_any_flag") == "1")
      #expect(try await tmux.fact("cursor_flag") == "0")
      try await tmux.press("q")
      try await eventually("the screen is the shell's") { try await tmux.fact("alternate_on") == "0" }
      #expect(try await tmux.fact("mouse_any_flag") == "0")
      #expect(try await tmux.fact("cursor_flag") == "1")
      server.stop()
    }

    @Test("the keys are printed with and without a player, and what is wrong with them is told")
    func shell() async throws {
      try profile.configure("bind g jump\nbind g g next\nbind ctl-x stop\nset keymap cmus\n")
      let program = try await profile.dulcet("keys", "queue")
      #expect(program.exitStatus == 0)
      #expect(program.text.contains("bind gg next"))
      #expect(program.text.contains("bind c pause"))
      #expect(program.errors.contains("line 2"))
      #expect(program.errors.contains("line 3"))
      #expect(try await profile.dulcet("keys", "nowhere").exitStatus == 2)
    }
  }
}
