import Fixtures
import Foundation
import Testing

/// A command run by a shell in a terminal, which looks at the terminal before and after.
final class Visit: Sendable {
  let tmux: Tmux
  private let directory = TemporaryDirectory()

  init(
    _ command: String, columns: Int = 120, rows: Int = 30, terminal: String = "tmux-256color",
    environment: [String: String]
  ) async throws {
    // The shell's own output follows the command's: what the screen shows last is what is left of it.
    let script = """
      echo first line; stty -g >"$0/before"; \(command); echo $? >"$0/status"; stty -g >"$0/after"; echo last line
      while read line; do case $line in *goodbye) exit;; esac; done
      """
    tmux = try await Tmux(
      ["sh", "-c", script, directory.path], columns: columns, rows: rows, terminal: terminal, environment: environment)
  }

  /// Waits for the command's end, and compares the terminal with what it was. Returns the command's exit status.
  ///
  /// - Parameter keepsLines: false where the window was too small meanwhile to hold what stood on it before.
  func end(within limit: Duration = .seconds(30), keepsLines: Bool = true) async throws -> Int {
    let screen = try await tmux.wait(forText: "last line", within: limit)
    #expect(!keepsLines || screen.contains("first line"))
    #expect(!screen.contains("│"))
    #expect(try await tmux.fact("alternate_on") == "0")
    #expect(try await tmux.fact("cursor_flag") == "1")
    #expect(try await tmux.fact("keypad_cursor_flag") == "0")
    #expect(try await tmux.fact("mouse_any_flag") == "0")
    #expect(try await tmux.fact("mouse_sgr_flag") == "0")
    #expect(try file("before") == file("after"))
    let status = try #require(Int(try file("status")))
    try await tmux.press("goodbye", "Enter")
    return status
  }

  /// The process id of the command, which the shell runs.
  func commandID() async throws -> pid_t {
    let shell = try await tmux.fact("pane_pid")
    var found: pid_t?
    try await eventually("the command runs") {
      let program = try Program("pgrep", ["-P", shell])
      try await program.finish()
      found = program.text.split(separator: "\n").first.flatMap { pid_t($0) }
      return found != nil
    }
    return found!
  }

  private func file(_ name: String) throws -> String {
    try String(contentsOfFile: directory.file(name), encoding: .utf8).trimmingCharacters(in: .newlines)
  }
}

extension ScreenText {
  /// The seconds on the left of the progress bar.
  var clock: Int? {
    guard let line = lines.last(where: { $0.contains("━") || $0.contains("●─") }) else { return nil }
    let numbers = line.prefix { $0 != "━" && $0 != "●" }.split(separator: ":").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    return numbers.count == 2 ? numbers[0] * 60 + numbers[1] : nil
  }
}
