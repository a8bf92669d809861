import Music

// Files of playlists on a line, with the name that the list gets or has.

extension CommandArguments {
  /// `FILE [NAME]`
  func importedList() throws(CommandError) -> Command {
    let (file, list) = splitFile(rest)
    guard !file.isEmpty else { throw .missing("a file", of: name) }
    return .keeping(.importList(file, name: list))
  }

  /// `NAME FILE`, told apart by the names that there are.
  func exportedList() throws(CommandError) -> Command {
    guard !splitWord(rest).rest.isEmpty else {
      throw .missing("a playlist's name and a file", of: name)
    }
    return .keeping(.exportNamed(rest))
  }
}

extension KeepingCommand {
  /// What `importedList` reads back.
  static func words(ofImport file: String, _ name: String?) -> String {
    if let name { return inQuotes(file) + " " + quoted(name)! }
    return splitFile(file) == (file, nil) ? quoted(file)! : inQuotes(file)
  }
}

/// Quotes, or the ending of a playlist's file, tell where the file's name ends; else all of it is that.
private func splitFile(_ text: String) -> (file: String, name: String?) {
  let end = text.first == "\"" ? endOfQuotes(text) : endOfFileName(text)
  guard let end, end < text.endIndex else { return (unquoted(text), nil) }
  return (unquoted(String(text[..<end])), unquoted(trimmed(text[end...])))
}

/// Behind the quotes that the text begins with; nil where they do not end before a space.
private func endOfQuotes(_ text: String) -> String.Index? {
  var isEscaped = false
  for index in text.indices.dropFirst() {
    if isEscaped {
      isEscaped = false
    } else if text[index] == "\\" {
      isEscaped = true
    } else if text[index] == "\"" {
      let end = text.index(after: index)
      return end == text.endIndex || text[end].isWhitespace ? end : nil
    }
  }
  return nil
}

private func endOfFileName(_ text: String) -> String.Index? {
  func isFile(_ name: Substring) -> Bool {
    let name = name.lowercased()
    return [".m3u", ".m3u8", ".xspf", ".json", ".jspf"].contains { name.hasSuffix($0) }
  }
  if isFile(text[...]) { return nil }
  return text.indices.first { text[$0].isWhitespace && isFile(text[..<$0]) }
}

extension AppState {
  /// The playlist of the longest name that the words begin with goes into the file that the rest names.
  mutating func exportNamed(_ words: String, _ token: ReplyToken?) -> [Effect] {
    let found = playlists.lists.rows.compactMap { list -> (list: Playlist, file: String)? in
      let start = [list.name, inQuotes(list.name)].first { words.hasPrefix($0 + " ") }
      return start.map { (list, unquoted(trimmed(words.dropFirst($0.count)))) }
    }
    guard let (list, file) = found.max(by: { $0.list.name.count < $1.list.name.count }) else {
      post(
        Notice(
          .warning,
          "There is no playlist “\(splitWord(words).word)”: its name goes before the file."))
      return []
    }
    return [.exportList(.playlist(list.id), title: list.name, file, replyTo: token)]
  }
}
