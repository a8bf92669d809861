import Foundation

/// A listener's home for one test: its own configuration, accounts, catalogue, cache and control socket.
package final class Profile: Sendable {
  private let directory = TemporaryDirectory()

  package init() {
    // The control socket's path has to be short; the others do not exist yet, as on a first start.
    try? FileManager.default.createDirectory(
      atPath: directory.file("run"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? "".write(toFile: directory.file("no-cards.conf"), atomically: true, encoding: .utf8)
  }

  package var path: String { directory.path }

  package func file(_ name: String) -> String { directory.file(name) }

  /// What a program needs to live here, in UTF-8, on a computer without a sound card whatever this one has.
  package var environment: [String: String] {
    [
      "HOME": directory.path, "XDG_CONFIG_HOME": directory.file("config"), "XDG_DATA_HOME": directory.file("data"),
      "XDG_CACHE_HOME": directory.file("cache"), "XDG_STATE_HOME": directory.file("state"),
      "XDG_RUNTIME_DIR": directory.file("run"), "LC_ALL": "C.UTF-8",
      "ALSA_CONFIG_PATH": directory.file("no-cards.conf"), "SWIFT_BACKTRACE": "enable=no", "NO_COLOR": "", "TZ": "UTC",
    ]
  }

  /// Writes the configuration file.
  package func configure(_ text: String) throws {
    let folder = directory.file("config/dulcet")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/config", atomically: true, encoding: .utf8)
  }

  /// Runs `dulcet` from the shell with these words.
  package func dulcet(_ words: String..., input: String = "", environment: [String: String] = [:]) async throws
    -> Program
  {
    let program = try start(words, input: input, environment: environment)
    try await program.finish()
    return program
  }

  /// Runs `dulcet` with these words and leaves it running.
  package func start(_ words: [String], input: String = "", environment: [String: String] = [:]) throws -> Program {
    let all = self.environment.merging(environment) { $1 }
    return try Program(try player(), words, environment: all.mapValues { $0 }, input: input)
  }

  /// Signs in from the shell; throws where it fails.
  package func login(_ url: String, user: String, password: String) async throws {
    let program = try await dulcet("login", url, "--user", user, "--password-stdin", input: password + "\n")
    guard program.exitStatus == 0 else { throw Program.Failed(description: program.text + program.errors) }
  }

  /// Opens the player in a terminal. Without a configuration of the test's own a digit is no number: what follows it at
  /// once belongs to the screen that it shows.
  package func open(
    _ options: String..., columns: Int = 80, rows: Int = 24, terminal: String = "tmux-256color",
    environment: [String: String] = [:]
  ) async throws -> Tmux {
    if !FileManager.default.fileExists(atPath: directory.file("config/dulcet/config")) {
      try configure("set count-wait 0\n")
    }
    return try await Tmux(
      [try player()] + options, columns: columns, rows: rows, terminal: terminal,
      environment: self.environment.merging(environment) { $1 })
  }

  private func player() throws -> String {
    guard let path = Repository.product("dulcet") else { throw Program.Failed(description: "dulcet is not built") }
    return path
  }
}
