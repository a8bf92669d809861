import Music

/// What only hands ask for: commands that find rows and commands.
package enum HandCommand: Hashable, Sendable {
  /// The cursor goes to a row, counted from 1, or so many rows further.
  case row(Change)
  /// To the next row of the list in hand that has these words.
  case find(String)
  case hit(Hit)
  /// Every command, by words.
  case palette
  /// What can be done with the row.
  case menu
  /// The keys as they are bound: everywhere, or those of a view.
  case keys(ScreenName?)

  package enum Hit: String, Hashable, Sendable, CaseIterable { case next, previous }
}

// MARK: As text

extension HandCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "row": { (a) throws(CommandError) in .hand(.row(try a.rowChange())) },
    "find": { (a) throws(CommandError) in .hand(.find(try a.required("words"))) },
    "hit": { (a) throws(CommandError) in .hand(.hit(try a.word())) },
    "palette": { (a) throws(CommandError) in .hand(try a.alone(.palette)) },
    "menu": { (a) throws(CommandError) in .hand(try a.alone(.menu)) },
    "keys": { (a) throws(CommandError) in .hand(.keys(try a.optionalWord())) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .row(let change): ("row", change.description)
    case .find(let words): ("find", quoted(words))
    case .hit(let hit): ("hit", hit.rawValue)
    case .palette: ("palette", nil)
    case .menu: ("menu", nil)
    case .keys(let view): ("keys", view?.rawValue)
    }
  }

  var summary: String {
    switch self {
    case .row(.to(let row)): "row \(row)"
    case .row(.by(let count)): count < 0 ? "up \(-count) rows" : "down \(count) rows"
    case .find(let words): "the next row with “\(words)”"
    case .hit(.next): "next row that was searched for"
    case .hit(.previous): "the one before; else a new playlist"
    case .palette: "find any command"
    case .menu: "what can be done with the row"
    case .keys(let view): view.map { "the keys of \($0.title)" } ?? "the keys"
    }
  }

  var group: CommandGroup {
    switch self {
    case .row, .find, .hit: .moving
    case .menu: .rows
    case .palette, .keys: .program
    }
  }
}

extension CommandArguments {
  fileprivate func rowChange() throws(CommandError) -> Change {
    guard !rest.isEmpty else { throw .missing("a row’s number, or a change like +5", of: name) }
    guard let number = Int32(rest) else {
      throw .invalid(rest, expected: "a row’s number, or a change like +5", of: name)
    }
    return rest.first == "+" || rest.first == "-" ? .by(Int(number)) : .to(Int(number))
  }

  fileprivate func alone(_ command: HandCommand) throws(CommandError) -> HandCommand {
    guard rest.isEmpty else { throw .unexpected(rest, of: name) }
    return command
  }
}

// MARK: What they do

extension AppState {
  mutating func perform(_ command: HandCommand, _ token: ReplyToken?) -> [Effect] {
    switch command {
    case .row(let change): return goToRow(change)
    case .find(let words): return find(words)
    case .hit(let hit): return goToHit(hit)
    case .palette: return openPalette()
    case .menu: return openMenu()
    case .keys(let view):
      guard let token else { return showKeys(of: view) }
      return [.reply(token, .words(keymap.lines(for: view).joined(separator: "\n")))]
    }
  }

  mutating func goToRow(_ change: Change) -> [Effect] {
    guard let place = placeInHand else { return [] }
    return moveCursor(of: place) { list, count, height in
      switch change {
      case .to(let row): list.cursor = row - 1
      case .by(let step): list.cursor += step
      }
      list.fit(count: count, height: height)
    }
  }
}
