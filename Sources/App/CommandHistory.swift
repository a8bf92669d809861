import Core
import Glibc

// The lines of the command line, kept between runs, and the folders that complete one.

/// One a line, the oldest first, readable by the listener alone.
struct CommandHistory {
  let path: String

  /// A file that cannot be read counts as empty.
  var lines: [String] {
    guard let bytes = try? readFile(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(200).map(String.init)
  }

  func write(_ lines: [String]) throws(FileError) {
    let text = lines.map { $0.map { $0.isNewline ? " " : String($0) }.joined() + "\n" }.joined()
    try replaceFile(path, with: Array(text.utf8), mode: 0o600)
  }
}

/// The folders whose path begins so, at most a hundred, by name; `~` stays as it is. May block.
func folders(beginning start: String) -> [String] {
  let slash = start.lastIndex(of: "/")
  let shown = slash.map { String(start[...$0]) } ?? ""
  let wanted = slash.map { String(start[start.index(after: $0)...]) } ?? start
  let home = currentEnvironment()["HOME"] ?? "/"
  let directory = shown.isEmpty ? "." : shown.hasPrefix("~/") ? home + shown.dropFirst(1) : shown
  guard let stream = opendir(directory) else { return [] }
  defer { closedir(stream) }
  var found: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    guard name.hasPrefix(wanted), name.first != "." || wanted.first == ".", name != ".", name != ".." else { continue }
    var status = stat()
    guard stat(directory + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
    found.append(shown + name + "/")
  }
  return Array(found.sorted().prefix(100))
}
