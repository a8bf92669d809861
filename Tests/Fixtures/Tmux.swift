import Foundation

/// A terminal for one program: a tmux server of its own, gone when this is let go.
package final class Tmux: Sendable {
  private let directory = TemporaryDirectory()
  private var socket: String { directory.file("tmux") }

  /// - Parameters:
  ///   - terminal: the TERM that the program sees.
  ///   - command: run without a shell. Where it ends, its last screen stays.
  package init(
    _ command: [String], columns: Int = 80, rows: Int = 24, terminal: String = "tmux-256color",
    environment: [String: String] = [:]
  ) async throws {
    let settings = """
      set -g default-terminal \(terminal)
      set -g status off
      set -g remain-on-exit on
      set -g escape-time 0
      set -g history-limit 0
      """
    try settings.write(toFile: directory.file("tmux.conf"), atomically: true, encoding: .utf8)
    let variables = environment.flatMap { ["-e", "\($0.key)=\($0.value)"] }
    // One word would go to a shell: `env` makes it two.
    let words = ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + variables + ["env"] + command
    _ = try await Program.run(
      "tmux", ["-f", directory.file("tmux.conf"), "-S", socket] + words,
      environment: Dictionary(uniqueKeysWithValues: Self.foreign.map { ($0, nil) } + [("LC_ALL", "C.UTF-8")]))
  }

  /// What tells of the terminal that the tests were started in, not of this one.
  private static let foreign = [
    "TMUX", "TMUX_PANE", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "KITTY_WINDOW_ID", "VTE_VERSION",
    "KONSOLE_VERSION", "WEZTERM_PANE", "WT_SESSION", "ITERM_SESSION_ID", "LC_TERMINAL", "SSH_CONNECTION", "SSH_CLIENT",
    "SSH_TTY", "MOSH_CONNECTION", "ESCDELAY",
  ]

  deinit { _ = try? Program("tmux", ["-S", socket, "kill-server"], environment: ["TMUX": nil]).end(with: 0) }

  /// Presses keys by tmux's names: "Enter", "Space", "Left", "C-d", "j".
  package func press(_ keys: String...) async throws {
    try await tmux(["send-keys"] + keys)
  }

  /// Types text, letter by letter.
  package func type(_ text: String) async throws {
    try await tmux(["send-keys", "-l", "--", text])
  }

  /// What a terminal would send, byte for byte: sequences, mouse reports, pastes.
  package func send(_ bytes: some Sequence<UInt8>) async throws {
    let words = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    for start in stride(from: 0, to: words.count, by: 1000) {
      try await tmux(["send-keys", "-H"] + words[start..<min(words.count, start + 1000)])
    }
  }

  /// Pastes text as a listener would: between brackets where the program asked for them.
  package func paste(_ text: String) async throws {
    try await tmux(["set-buffer", "--", text])
    try await tmux(["paste-buffer", "-p"])
  }

  package func resize(columns: Int, rows: Int) async throws {
    try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Of what was typed, how many bytes the program has not read yet (ioctl_tty(2), FIONREAD).
  package func unreadBytes() async throws -> Int {
    let terminal = open(try await fact("pane_tty"), O_RDONLY | O_NOCTTY | O_NONBLOCK)
    guard terminal >= 0 else { throw POSIXError(.ENXIO) }
    defer { close(terminal) }
    var count: Int32 = 0
    guard ioctl(terminal, UInt(FIONREAD), &count) == 0 else { throw POSIXError(.ENOTTY) }
    return Int(count)
  }

  /// What is on the screen now.
  package func screen() async throws -> ScreenText {
    ScreenText(try await tmux(["capture-pane", "-p"]), rows: try await number("pane_height"))
  }

  /// The screen with its colours and attributes, as escape sequences.
  package func colouredScreen() async throws -> String { try await tmux(["capture-pane", "-p", "-e"]) }

  /// Waits until the screen satisfies; throws `TimedOut` with the last screen.
  @discardableResult
  package func wait(
    for what: String, within limit: Duration = .seconds(30), _ satisfies: (ScreenText) throws -> Bool
  ) async throws -> ScreenText {
    let deadline = ContinuousClock.now + limit
    while true {
      let screen = try await screen()
      if try satisfies(screen) { return screen }
      guard ContinuousClock.now < deadline else { throw TimedOut(what, after: limit, seen: screen.text) }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Waits until a text is on the screen.
  @discardableResult
  package func wait(forText text: String, within limit: Duration = .seconds(30)) async throws -> ScreenText {
    try await wait(for: "“\(text)” on the screen", within: limit) { $0.contains(text) }
  }

  /// A fact that tmux knows of the pane: "pane_pid", "alternate_on", "cursor_flag", "pane_dead_status"…
  package func fact(_ name: String) async throws -> String {
    try await tmux(["display-message", "-p", "#{\(name)}"]).trimmingCharacters(in: .newlines)
  }

  package func number(_ name: String) async throws -> Int { Int(try await fact(name)) ?? -1 }

  /// Waits for the program's end; its exit code, or 128 and the number of the signal that ended it.
  package func finish(within limit: Duration = .seconds(30)) async throws -> Int {
    var status: Int?
    do {
      // The pane is dead when the terminal is closed; the status comes a moment later.
      try await eventually("the program ends", within: limit) {
        status = Int(try await fact("pane_dead_status"))
        if status == nil { status = Int(try await fact("pane_dead_signal")).map { 128 + $0 } }
        if status == nil { try await remindOfItsChild() }
        return status != nil
      }
    } catch let error as TimedOut {
      throw TimedOut("the program ends (\(error))", after: limit, seen: try await screen().text)
    }
    return status ?? -1
  }

  /// Now and then tmux 3.3a misses that its child ended: the terminal is closed, but nobody asks how it ended.
  private func remindOfItsChild() async throws {
    guard try await fact("pane_dead") == "1" else { return }
    kill(pid_t(try await number("pid")), SIGCHLD)
  }

  @discardableResult
  private func tmux(_ words: [String]) async throws -> String {
    try await Program.run("tmux", ["-S", socket] + words, environment: ["TMUX": nil, "LC_ALL": "C.UTF-8"]).text
  }
}

/// The rows of a screen, without the spaces at their ends.
package struct ScreenText: Sendable {
  package let lines: [String]

  init(_ captured: String, rows: Int) {
    var lines = captured.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    self.lines = lines + Array(repeating: "", count: max(0, rows - lines.count))
  }

  package var text: String { lines.joined(separator: "\n") }
  package func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
  package func line(with text: String) -> String? { lines.first { $0.contains(text) } }
}
