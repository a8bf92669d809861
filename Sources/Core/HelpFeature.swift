import TUI

/// The help's screen: the keymap as it really is, narrowed down by words. Enter does what the row says.
package struct HelpState: Sendable {
  package internal(set) var list = ListCursor()
  /// What narrows it.
  package internal(set) var field = TextField() { didSet { if field.text != oldValue.text { rows = nil } } }
  package internal(set) var isTyping = false
  /// Not nil: the keys of this view alone.
  package internal(set) var view: ScreenName? { didSet { if view != oldValue { rows = nil } } }
  /// Made once: nil when the words, the view or the keys have changed.
  var rows: [HelpRow]? { didSet { commands = (rows ?? []).indices.filter { rows![$0].isCommand } } }
  /// Which of the rows are commands, ascending.
  private var commands: [Int] = []
  var cameFrom = ScreenName.library

  init(cameFrom: ScreenName = .library) { self.cameFrom = cameFrom }

  /// The command under the cursor among all of them, from 1; `0/0` where there is none.
  package var position: String {
    let before = commands.prefix { $0 <= list.cursor }.count
    return commands.isEmpty ? "0/0" : "\(before)/\(commands.count)"
  }

  /// The cursor skips what is no command.
  mutating func move(_ motion: Motion, rows: [HelpRow], height: Int) {
    let before = list.cursor
    list.move(motion, count: rows.count, height: height)
    settle(rows, isUpwards: list.cursor < before, height: height)
  }

  mutating func settle(_ rows: [HelpRow], isUpwards: Bool = false, height: Int) {
    list.fit(count: rows.count, height: height)
    guard rows.indices.contains(list.cursor), !rows[list.cursor].isCommand else { return }
    let below = rows[list.cursor...].firstIndex(where: \.isCommand)
    let above = rows[..<list.cursor].lastIndex(where: \.isCommand)
    list.cursor = (isUpwards ? above ?? below : below ?? above) ?? 0
    list.fit(count: rows.count, height: height)
    // The heading above the first row stays in sight.
    if list.cursor <= 1, height > 1 { list.top = 0 }
  }
}

package enum HelpRow: Hashable, Sendable {
  case heading(String)
  /// `command` is empty where it needs an argument: then `keys` shows it as it is typed.
  case binding(keys: String, command: String, summary: String)
  case blank

  package var isCommand: Bool { if case .binding = self { true } else { false } }
}

extension AppState {
  /// Every command that has a key, by group, then the commands for the `:` line; as far as the words allow.
  package var helpRows: [HelpRow] { screen == .help ? help.rows ?? freshHelpRows : [] }

  /// Makes the rows, where they are not those of the words and keys that there are now.
  mutating func settleHelp() {
    guard screen == .help else { return }
    let rows = helpRows
    if help.rows == nil { help.rows = rows }
    help.settle(rows, height: layout.listHeight)
  }

  private var freshHelpRows: [HelpRow] {
    var rows: [HelpRow] = []
    for group in CommandGroup.allCases {
      let commands = keymap.commands.filter { $0.group == group && !isRefused($0) }
      add(group.rawValue, commands.compactMap { helpRow($0) }, to: &rows)
    }
    if help.view == nil { add("Also on the command line (:)", commandLine, to: &rows) }
    return rows
  }

  private var commandLine: [HelpRow] {
    guard isAttached else { return HelpRow.commandLine }
    return HelpRow.commandLine.filter { row in
      guard case .binding(let keys, _, _) = row, let command = try? Command(parsing: String(keys.dropFirst())) else {
        return true
      }
      return !isRefused(command)
    }
  }

  private func helpRow(_ command: Command) -> HelpRow? {
    let keys =
      help.view.map { keymap.keys(for: command, in: $0) } ?? keymap.places(of: command).map(\.description)
    guard !keys.isEmpty else { return nil }
    return .binding(
      keys: keys.joined(separator: "  "), command: command.description, summary: command.summary)
  }

  private func add(_ heading: String, _ all: [HelpRow], to rows: inout [HelpRow]) {
    let words = help.field.text.lowercased().split(separator: " ")
    let fitting = words.isEmpty ? all : all.filter { $0.has(words) }
    guard !fitting.isEmpty else { return }
    if !rows.isEmpty { rows.append(.blank) }
    rows.append(.heading(heading))
    rows += fitting
  }

  mutating func showKeys(of view: ScreenName?) -> [Effect] {
    let effects = show(.help)
    help.view = view
    return effects
  }

  /// Keys while words are typed in the help; nil when the key is none of its business.
  mutating func helpKey(_ key: Key) -> [Effect]? {
    switch key {
    case .named(.escape):
      help.field = TextField()
      help.isTyping = false
    case .named(.enter): return activateHelp()
    case .named(.tab): help.isTyping = false
    case .named(.down), .control("n"): return move(.down)
    case .named(.up), .control("p"): return move(.up)
    case .named(.backspace) where help.field.characters.isEmpty: help.isTyping = false
    default:
      guard help.field.handle(key) else { return nil }
      help.list = ListCursor()
    }
    return []
  }

  /// Does what the row under the cursor says, on the screen from which the help was opened.
  mutating func activateHelp() -> [Effect] {
    let rows = helpRows
    guard rows.indices.contains(help.list.cursor), case .binding(let keys, let line, _) = rows[help.list.cursor]
    else { return [] }
    let effects = show(help.cameFrom)
    guard let command = try? Command(parsing: line) else {
      // As it is typed, without the colon and the words that stand for an argument.
      let words = keys.dropFirst().split(separator: " ").prefix { $0.contains(where: \.isLowercase) }
      return effects + openCommandLine(words.joined(separator: " ") + " ")
    }
    return effects + perform(command, replyTo: nil)
  }

  /// The row under the cursor, whole: narrow windows cut it.
  mutating func tellHelpRow() {
    let rows = helpRows
    let cursor = help.list.cursor
    guard rows.indices.contains(cursor), case .binding(let keys, let line, let summary) = rows[cursor] else { return }
    post(Notice(.information, "\(keys): \(summary)" + (line.isEmpty ? "" : " (:\(line))")))
  }

  /// From the help a step back: its words, its view, itself.
  mutating func leaveHelp() -> [Effect] {
    guard help.field.characters.isEmpty, help.view == nil else {
      help.field = TextField()
      help.view = nil
      return []
    }
    return show(help.cameFrom)
  }
}

extension HelpRow {
  fileprivate func has(_ words: [Substring]) -> Bool {
    guard case .binding(let keys, let command, let summary) = self else { return false }
    let text = "\(keys) \(command) \(summary)".lowercased()
    return words.allSatisfy { text.contains($0) }
  }

  static let commandLine: [HelpRow] = [
    ("play WORDS", "search and play"), ("seek 1:30", "go to a time"), ("volume 80", "set the volume"),
    ("shuffle albums", "whole albums in random order"), ("consume", "take out of the queue what was heard"),
    ("stop-after queue", "do not repeat it once more"), ("replay-gain album", "even loudness: off, track, album"),
    ("preamp -3", "dB on top of it"), ("crossfade 4", "seconds; never within an album"),
    ("equalizer 3 2 1 0 0 0 0 1 2 3", "ten bands in dB, or a preset"), ("speed 1.25", "0.5 to 2, pitch kept"),
    ("loop 1:00 1:30", "repeat a part"), ("pause-fade 300", "milliseconds"),
    ("prefetch 2", "tracks to fetch ahead"), ("metered on", "fetch nothing ahead"),
    ("offline on", "no request leaves this computer"), ("place 5", "play number 5 of the queue"),
    ("panel lyrics", "or both, cover, queue, spectrum"), ("lyrics-offset 0.3", "seconds earlier, kept for the track"),
    ("pictures auto", "or off, symbols, kitty, sixel, iterm"), ("spectrum braille", "or bars"),
    ("spectrum-rate 15", "frames a second, at most 30; auto, off"),
    ("library genre", "another view: genre, year, folder, random…"),
    ("sort year desc title", "the order of a list of tracks"),
    ("filter WORDS", "only rows that hold them"), ("save-search NAME", "keep a search as a smart playlist"),
    ("smart edit", "change its search"), ("smart freeze", "make an ordinary playlist of it"),
    ("import FILE NAME", "a playlist: M3U8, XSPF, JSON"), ("export FILE", "this playlist, or the queue"),
    ("pin bitrate 128", "keep it in a smaller form"),
    ("pin queue 3h", "keep what plays in the next hours"),
    ("albums newest", "all albums in an order"), ("starred", "the starred tracks"), ("rate 4", "rate the row"),
    ("find WORDS", "the next row of this list with these words"), ("row 10", "to a row"),
    ("history", "what was done; Enter goes back there"), ("versions", "a playlist as it was before"),
    ("bookmark", "keep this place; :bookmarks goes on there"),
    ("queue fetch", "take over the server’s queue; save leaves it"),
    ("save-queue on", "leave the queue on the server at the end"),
    ("outbox", "what is still to be sent"), ("registers", "what was yanked and cut"),
    ("5,10d  g/words/star  v/words/d", "commands on lines of the list"), ("edit", "the list in $EDITOR"),
    ("playlist sort artist year", "or reverse, shuffle, dedupe, split 20, merge NAME"),
    ("clear", "empty the queue"), ("theme NAME", "seventeen come along: dark, light, ocean… or your own"),
    ("settings", "accounts and settings"), ("details playing", "all that is known of what plays"),
    ("cancel", "end a sync, a scan, downloads"), ("time total", "the whole time, or what remains"),
    ("account", "choose the account"), ("login", "sign in to another server"),
    ("open FOLDER", "music of this computer"),
    ("demo", "the demo music"), ("sync", "synchronise now"), ("set NAME VALUE", "change a setting"),
    ("set keymap NAME", "keys of vim, emacs, cmus or ncmpcpp"), ("keys VIEW", "the keys of one view"),
    ("bind KEYS COMMAND", "give keys a command; bind VIEW KEYS COMMAND: in one view"),
    ("unbind KEYS", "take it away"),
  ].map { .binding(keys: ":" + $0.0, command: "", summary: $0.1) }
}
