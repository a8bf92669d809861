import Glibc

/// Where dulcet keeps things: the XDG base directories, each with `dulcet/` appended.
///
/// https://specifications.freedesktop.org/basedir-spec/latest/
package struct Paths: Sendable {
  /// What the listener writes: `config`, `themes/`.
  package let configuration: String
  /// What must not be lost: accounts and the catalogue with its outbox.
  package let data: String
  /// What can be fetched again: chunks of music.
  package let cache: String
  /// What is nice to find again: the log of the last run.
  package let state: String
  /// The control socket. Without a XDG_RUNTIME_DIR that can be written it is in `state`.
  package let runtime: String

  package init(environment: [String: String] = currentEnvironment()) {
    // The specification says: a relative path in one of these variables is to be ignored.
    func absolute(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let home = absolute("HOME") ?? homeFromPasswordFile() ?? "/"
    func place(_ variable: String, _ fallback: String) -> String {
      (absolute(variable) ?? home + "/" + fallback) + "/dulcet"
    }
    configuration = place("XDG_CONFIG_HOME", ".config")
    data = place("XDG_DATA_HOME", ".local/share")
    cache = place("XDG_CACHE_HOME", ".cache")
    state = place("XDG_STATE_HOME", ".local/state")
    // After `su` it is another user's: then the socket is in `state`.
    runtime = absolute("XDG_RUNTIME_DIR").flatMap { access($0, W_OK) == 0 ? $0 + "/dulcet" : nil } ?? state
  }

  package var configurationFile: String { configuration + "/config" }
  /// What was chosen inside the player.
  package var settingsFile: String { state + "/settings" }
  package var accountsFile: String { data + "/accounts.json" }
  package var catalogueFile: String { data + "/library.sqlite" }
  package var chunkFile: String { cache + "/chunks.sqlite" }
  package var controlSocket: String { runtime + "/control" }
  package var logFile: String { state + "/log" }

  /// Makes every directory, readable by the user alone. The one for the configuration is only read: it may be missing.
  /// - Throws: `FileError` for the first that cannot be made.
  package func create() throws(FileError) {
    try? makeDirectory(configuration)
    for directory in [data, cache, state, runtime] { try makeDirectory(directory) }
  }
}

/// Makes a directory and the missing ones above it, mode 0700.
package func makeDirectory(_ path: String) throws(FileError) {
  // As a rule it is there.
  if isDirectory(path) { return }
  var built = ""
  for part in path.split(separator: "/") {
    built += "/" + part
    if mkdir(built, 0o700) != 0 && errno != EEXIST && errno != EISDIR {
      throw FileError(code: errno, path: built, action: .create)
    }
  }
  guard isDirectory(path) else { throw FileError(code: ENOTDIR, path: path, action: .create) }
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

package func currentEnvironment() -> [String: String] {
  var environment: [String: String] = [:]
  var pointer = environ
  while let entry = pointer.pointee {
    let text = String(cString: entry)
    if let equals = text.firstIndex(of: "=") {
      environment[String(text[..<equals])] = String(text[text.index(after: equals)...])
    }
    pointer += 1
  }
  return environment
}

private func homeFromPasswordFile() -> String? {
  getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) }
}
