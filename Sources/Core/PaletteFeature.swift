import Music
import TUI

/// A command in a list over the screen.
package struct PaletteRow: Hashable, Sendable {
  package var summary: String
  package var keys: String
  /// What is run, or what stands on the command line where something is missing.
  package var line: String
  package var needsArgument = false
}

/// Commands to choose from, found by words: all of them, or those of a row. Lies over the screen and takes the keys.
package struct PaletteState: Sendable {
  package let title: String
  package internal(set) var field = TextField()
  package internal(set) var rows: [PaletteRow]
  package internal(set) var list = ListCursor()
  private let all: [PaletteRow]
  let extent: PaletteExtent

  init(title: String, rows: [PaletteRow]) {
    self.title = title
    all = rows
    extent = PaletteExtent(rows)
    self.rows = rows
  }

  package var chosen: PaletteRow? { rows.indices.contains(list.cursor) ? rows[list.cursor] : nil }

  /// The commands that hold all the words, the best first.
  mutating func narrow() {
    let typed = trimmed(field.text).lowercased()
    list = ListCursor()
    guard !typed.isEmpty else { return rows = all }
    let words = typed.split(separator: " ")
    let ranked = all.enumerated().compactMap { place, row in
      row.rank(typed, words).map { (rank: $0, place: place, row: row) }
    }
    rows = ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.row)
  }
}

extension PaletteRow {
  /// How well it fits, the least best; nil: not at all.
  func rank(_ typed: String, _ words: [Substring]) -> Int? {
    let line = line.lowercased()
    let text = summary.lowercased() + " " + line
    if keys.split(separator: " ").contains(where: { $0 == typed }) { return 0 }
    if line.hasPrefix(typed) { return 1 }
    let starts = text.split { $0 == " " || $0 == "-" || $0 == ":" }
    if words.allSatisfy({ word in starts.contains { $0.hasPrefix(word) } }) { return 2 }
    if words.allSatisfy({ text.contains($0) }) { return 3 }
    return typed.count > 2 && words.allSatisfy({ isSubsequence($0, of: text) }) ? 4 : nil
  }
}

/// Whether the letters come in this order, the first of them at the start of a word.
private func isSubsequence(_ letters: Substring, of text: String) -> Bool {
  text.split(separator: " ").contains { word in
    var rest = letters[...]
    for letter in word where letter == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty && word.first == letters.first
  }
}

// MARK: Opening one

extension AppState {
  mutating func openPalette() -> [Effect] {
    palette = PaletteState(title: "Commands", rows: allCommands)
    return []
  }

  func paletteRow(_ command: Command) -> PaletteRow {
    PaletteRow(
      summary: command.summary, keys: keymap.keys(for: command, in: screen).joined(separator: "  "),
      line: command.description)
  }
}

// MARK: Keys

extension AppState {
  mutating func paletteKey(_ key: Key) -> [Effect] {
    guard var state = palette else { return [] }
    let height = popup.list.rows
    switch key {
    case .named(.escape), .control("c"), .control("g"):
      palette = nil
      return []
    case .named(.backspace) where state.field.characters.isEmpty:
      palette = nil
      return []
    case .named(.enter): return choose(state.chosen)
    case .named(.down), .named(.tab), .control("n"): state.list.move(.down, count: state.rows.count, height: height)
    case .named(.up), .named(.backtab), .control("p"): state.list.move(.up, count: state.rows.count, height: height)
    case .named(.pageDown): state.list.move(.pageDown, count: state.rows.count, height: height)
    case .named(.pageUp): state.list.move(.pageUp, count: state.rows.count, height: height)
    default: if state.field.handle(key) { state.narrow() }
    }
    palette = state
    return []
  }

  mutating func fitPalette() {
    guard let count = palette?.rows.count else { return }
    let height = popup.list.rows
    palette?.list.fit(count: count, height: height)
  }

  /// Runs the command, or lets what is missing be typed.
  mutating func choose(_ row: PaletteRow?) -> [Effect] {
    guard let row else { return [] }
    palette = nil
    if row.needsArgument { return openCommandLine(row.line + " ") }
    return (try? Command(parsing: row.line)).map { perform($0, replyTo: nil) } ?? []
  }
}
