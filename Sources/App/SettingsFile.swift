import Core

/// What was chosen inside the player and is kept between runs: one `set NAME VALUE` a line, in the command language.
///
/// Owned by the loop. The configuration file is the listener's and is never written.
struct SettingsFile {
  let path: String
  private var values: [String: String] = [:]
  private var isChanged = false

  /// A file that cannot be read counts as empty: settings are a convenience.
  init(path: String) {
    self.path = path
    guard let bytes = try? readFile(path) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if case .set(let name, let value)? = try? Command(parsing: String(line)) { values[name] = value }
    }
  }

  /// What brings the settings back: `volume 70` where the name is a command itself, else `set NAME VALUE`.
  var commands: [Command] {
    values.sorted { $0.key < $1.key }.map { name, value in
      (try? Command(parsing: "\(name) \(value)")) ?? .set(name: name, value: value)
    }
  }

  mutating func set(_ name: String, _ value: String) {
    guard values[name] != value else { return }
    values[name] = value
    isChanged = true
  }

  /// What the file has to hold; nil when it does. Whoever takes it writes it, and says so when that failed.
  mutating func takeUnwritten() -> [UInt8]? {
    guard isChanged else { return nil }
    isChanged = false
    let text = values.sorted { $0.key < $1.key }.map { "\(Command.set(name: $0.key, value: $0.value))\n" }.joined()
    return Array(text.utf8)
  }

  /// What was taken could not be written: it is tried again with the next change, and at the end.
  mutating func writingFailed() { isChanged = true }

  /// - Throws: `FileError` when it could not be written; the values hold for this run all the same.
  mutating func save() throws(FileError) {
    guard let bytes = takeUnwritten() else { return }
    do throws(FileError) { try Self.write(bytes, to: path) } catch {
      writingFailed()
      throw error
    }
  }

  /// Any thread; waits for the disk.
  static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try replaceFile(path, with: bytes, mode: 0o600)
  }
}
