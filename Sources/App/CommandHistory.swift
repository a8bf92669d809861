/// The lines of the command line, kept between runs: one a line, the oldest first, readable by the listener alone.
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
