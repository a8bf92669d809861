import Music

// What completes a line and is not in the state: names in the catalogue, folders, files. It is asked for, and never waited for.

extension AppState {
  /// nil where the state itself knows what can follow.
  mutating func askForCompletions(of line: String, from last: Bool) -> [Effect]? {
    let (name, rest) = splitWord(line)
    guard line.contains(" ") else { return nil }
    switch name {
    case "play" where !rest.isEmpty:
      let ticket = tickets.next()
      prompt?.completing = (ticket, last)
      return [.ask(ticket, .find(unquoted(rest)))]
    case "open", "import", "export":
      let ticket = tickets.next()
      prompt?.completing = (ticket, last)
      let start = rest.isEmpty || rest == "~" ? "~/" : unquoted(rest)
      return [name == "open" ? .askFolders(ticket, start) : .askPlaylistFiles(ticket, start)]
    default: return nil
    }
  }

  /// nil when the answer belongs to no line.
  mutating func completeLine(_ ticket: Ticket, _ answer: CatalogueAnswer) -> [Effect]? {
    guard prompt?.completing?.ticket == ticket else { return nil }
    guard case .found(let artists, let albums, let tracks) = answer else { return offer([]) }
    var seen: Set<String> = []
    let names = artists.map(\.name) + albums.map(\.name) + tracks.prefix(20).map(\.title)
    return offer(names.filter { seen.insert($0).inserted }.prefix(40).map { "play \($0)" })
  }

  mutating func completePaths(_ ticket: Ticket, _ paths: [String]) -> [Effect] {
    guard let prompt, prompt.completing?.ticket == ticket else { return [] }
    let (name, _) = splitWord(prompt.field.text)
    return offer(paths.map { "\(name) \($0)" })
  }

  /// What came for the line as it stands: the first, or the last, is taken.
  private mutating func offer(_ lines: [String]) -> [Effect] {
    guard let completing = prompt?.completing else { return [] }
    prompt?.completing = nil
    guard let first = completing.last ? lines.last : lines.first else { return [] }
    prompt?.field.set(first)
    if lines.count > 1 {
      prompt?.options = lines
      prompt?.cursor = completing.last ? lines.count - 1 : 0
    }
    return []
  }
}

// MARK: The lines of earlier runs

extension AppState {
  /// Remembers a line that was run. Those that may hold a password are not written down.
  mutating func remember(_ line: String) -> [Effect] {
    commandHistory.removeAll { $0 == line }
    commandHistory.append(line)
    if commandHistory.count > 200 { commandHistory.removeFirst() }
    return [.saveHistory(commandHistory.filter { !AppState.mayHoldSecret($0) })]
  }

  mutating func recall(_ lines: [String]) {
    commandHistory = lines.suffix(200) + commandHistory
  }

  /// All lines are looked at whenever one was run: byte by byte, which is a hundred times quicker than letter by letter.
  private static func mayHoldSecret(_ line: String) -> Bool {
    let bytes = line.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    if secrets.contains(where: { bytes.firstIndex(of: $0) != nil }) { return true }
    // An address with a user in it: http://user:word@host.
    guard let scheme = bytes.firstIndex(of: Array("://".utf8)) else { return false }
    return bytes[(scheme + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: " ") }
      .contains(UInt8(ascii: "@"))
  }

  private static let secrets = ["password", "passwd", "token", "apikey", "api-key", "secret"].map { Array($0.utf8) }
}

extension [UInt8] {
  /// Where `others` begin in it first.
  fileprivate func firstIndex(of others: [UInt8]) -> Int? {
    guard let first = others.first, count >= others.count else { return nil }
    return (0...count - others.count).first { self[$0] == first && self[$0...].starts(with: others) }
  }
}
