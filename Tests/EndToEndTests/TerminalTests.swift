import Fixtures
import Foundation
import Testing

/// The screen in terminals of several sizes and kinds, and what is left of it afterwards.
extension EndToEnd {
  @Suite(.serialized)
  struct Terminals {
    let profile = Profile()

    private func server() async throws -> DemoServer {
      let server = try await DemoServer()
      try await profile.login(server.url, user: server.user, password: server.password)
      return server
    }

    private func visit(
      columns: Int = 80, rows: Int = 24, terminal: String = "tmux-256color", environment: [String: String] = [:]
    ) async throws -> Visit {
      let player = try #require(Repository.product("dulcet"))
      return try await Visit(
        "\(player) --output silent", columns: columns, rows: rows, terminal: terminal,
        environment: profile.environment.merging(environment) { $1 })
    }

    @Test("every screen fits at every tier", arguments: [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10)])
    func sizes(columns: Int, rows: Int) async throws {
      let server = try await server()
      let visit = try await visit(columns: columns, rows: rows)
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await profile.say("repeat", "one")
      try await profile.play("Ночной поезд")
      try await profile.wait(for: "music") { $0.state == "playing" && $0.position > 0 }
      for (key, name) in [
        ("2", "Queue"), ("3", "Playlists"), ("4", "Search"), ("5", "Downloads"), ("6", "History"), ("7", "Radio"),
        ("8", "Settings"), ("1", "Library"),
      ] {
        try await visit.tmux.press(key)
        try await visit.tmux.wait(for: "“\(key) \(name)”, all of its rows, and what plays") {
          screen in
          screen.contains("\(key) \(name)") && screen.lines.count == rows
            && screen.contains("▸ Ночной поезд")
        }
        if key == "4" { try await visit.tmux.press("Enter") }
      }
      try await visit.tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("a cursor that goes on after rests of any length, there and back, leaves the screen as it is drawn anew")
    func goingOn() async throws {
      let server = try await server()
      let visit = try await visit(columns: 100, rows: 28)
      let tmux = visit.tmux
      try await tmux.wait(forText: "三日月小楽団")
      try await profile.play("Harbour Lights")
      for place in ["?", "2", "1"] {
        try await tmux.press(place)
        // Once something may come in between that is late on a busy machine; what is drawn wrongly is so each time.
        var isSame = try await isSameDrawnAnew(tmux)
        if !isSame { isSame = try await isSameDrawnAnew(tmux) }
        #expect(isSame, "\(place)")
      }
      try await tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    private func isSameDrawnAnew(_ tmux: Tmux) async throws -> Bool {
      for keys in ["jjj", "jkjk", "JJ", "kkkkkkkk", "jjjjj"] {
        for key in keys {
          try await tmux.press(key == "J" ? "C-f" : String(key))
          // Longer than the next frame takes to be made, so that some of them are shown and others overtaken by news.
          try await Task.sleep(for: .milliseconds(key == "k" ? 10 : 60))
        }
        // A second goes by: the time has changed when the key comes.
        if keys == "JJ" { try await Task.sleep(for: .milliseconds(1100)) }
      }
      try await profile.say("pause", "on")
      var shown = try await tmux.screen().lines
      try await eventually("nothing changes any more") {
        let before = shown
        try await Task.sleep(for: .milliseconds(700))
        shown = try await tmux.screen().lines
        return shown == before
      }
      try await tmux.press("C-l")
      // What stands where nothing is drawn is gone as well.
      try await Task.sleep(for: .milliseconds(300))
      let isSame = try await tmux.screen().lines == shown
      try await profile.say("pause", "off")
      return isSame
    }

    @Test("a change of size of which no signal told is seen with the next key")
    func unheard() async throws {
      let server = try await server()
      let player = try #require(Repository.product("dulcet"))
      var environment: [String: String?] = profile.environment.mapValues { $0 }
      environment["TERM"] = "xterm-256color"
      let program = try Program(
        "python3", ["-c", Self.uncontrolled, player, "--output", "silent"], environment: environment)
      #expect(try await program.finish(within: .seconds(90)) == 0, "\(program.errors)")
      server.stop()
    }

    /// Runs a program on a terminal that controls nobody, and changes its size.
    private static let uncontrolled = """
      import fcntl, os, select, struct, subprocess, sys, termios, time
      master, slave = os.openpty()
      def resize(columns, rows):
          fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
      def wait(text):
          seen, end = b"", time.monotonic() + 30
          while text not in seen:
              if time.monotonic() > end: sys.exit(f"no {text!r} in {seen!r}")
              if select.select([master], [], [], 0.1)[0]: seen += os.read(master, 65536)
      resize(30, 8)
      # No terminal controls a new session: nobody there is told of sizes.
      player = subprocess.Popen(sys.argv[1:], stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
      wait(b"Please make this window")
      resize(80, 24)
      os.write(master, b"8")
      wait(b"Settings")
      player.terminate()
      sys.exit(player.wait() and 1)
      """

    @Test("resizing while music plays leaves no garbage")
    func resizing() async throws {
      let server = try await server()
      let visit = try await visit()
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await profile.say("repeat", "one")
      try await profile.play("月の庭")
      for (columns, rows) in [(120, 40), (41, 11), (30, 5), (133, 17), (40, 10), (79, 24), (200, 60), (80, 24)] {
        try await visit.tmux.resize(columns: columns, rows: rows)
        try await visit.tmux.wait(for: "the screen at \(columns) × \(rows)") { screen in
          guard columns >= 40 else { return screen.contains("Please make this") }
          return screen.lines.count == rows
            && screen.lines.contains { $0.contains("●") && $0.contains(" -0:") && $0.count == columns - 1 }
        }
      }
      try await profile.say("pause")
      // What stands there is what is drawn on an empty screen.
      try await eventually("the screen drawn anew is the same") {
        let before = try await visit.tmux.wait(forText: "‖ 月の庭")
        try await visit.tmux.press("6", "C-l", "1")
        let after = try await visit.tmux.wait(forText: "三日月小楽団")
        return before.text == after.text
      }
      try await visit.tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("terminals of several kinds", arguments: ["xterm", "xterm-256color", "tmux-256color", "screen"])
    func kinds(terminal: String) async throws {
      let server = try await server()
      let visit = try await visit(terminal: terminal)
      try await visit.tmux.wait(forText: "Трио «Синева»")
      try await visit.tmux.press("j", "Tab", "Right", "Up", "Down", "?")
      try await visit.tmux.wait(forText: "Keys and commands")
      try await visit.tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    @Test("an unknown kind of terminal is refused in words")
    func unknownKind() async throws {
      let player = try #require(Repository.product("dulcet"))
      let visit = try await Visit("TERM=no-such-terminal \(player)", environment: profile.environment)
      try await visit.tmux.wait(forText: "The terminal type “no-such-terminal” is not known here.")
      #expect(try await visit.end() == 1)
    }

    @Test("colours, and none with NO_COLOR", arguments: [false, true])
    func colours(isWithout: Bool) async throws {
      let server = try await server()
      let visit = try await visit(environment: isWithout ? ["NO_COLOR": "1"] : [:])
      try await visit.tmux.wait(forText: "三日月小楽団")
      let screen = try await visit.tmux.colouredScreen()
      #expect(screen.contains("\u{1B}["))
      #expect(Self.hasColours(screen) == !isWithout)
      try await visit.tmux.press("q")
      #expect(try await visit.end() == 0)
      server.stop()
    }

    /// Whether a sequence sets a foreground or background: 30…49, 90…107.
    private static func hasColours(_ screen: String) -> Bool {
      screen.components(separatedBy: "\u{1B}[").dropFirst().contains { sequence in
        let codes = sequence.prefix { $0 != "m" }.split(separator: ";").compactMap { Int($0) }
        return codes.contains { (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0) }
      }
    }

    @Test(
      "however it ends, the terminal is as it was", arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGKILL])
    func ends(signal: Int32) async throws {
      let server = try await server()
      let visit = try await visit()
      try await visit.tmux.wait(forText: "三日月小楽団")
      try await profile.play("Ebb")
      try await visit.tmux.wait(forText: "▸ Ebb")
      #expect(try await visit.tmux.fact("alternate_on") == "1")
      let player = try await visit.commandID()
      kill(player, signal)
      try await eventually("its files are closed") { Self.hasEnded(player) }
      // Nobody can tidy up after SIGKILL; the control socket does not keep the next player from starting.
      if signal != SIGKILL { #expect([0, 128 + Int(signal)].contains(try await visit.end())) }
      let again = try await profile.headless(output: "silent")
      #expect(again.end() == 0)
      server.stop()
    }

    /// Gone, or only its exit status is still there. The first thread may be gone while others still hold the files.
    private static func hasEnded(_ process: pid_t) -> Bool {
      guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
      return status.split(separator: ")").last?.split(separator: " ").first == "Z" && threads.count <= 1
    }

    @Test("without a terminal it says what to do")
    func noTerminal() async throws {
      let program = try await profile.dulcet()
      #expect(program.exitStatus == 1)
      #expect(program.errors.contains("“dulcet --headless”"))
    }
  }
}
