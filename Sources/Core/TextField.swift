import TUI

/// A line of text being typed, and the place in it.
package struct TextField: Hashable, Sendable {
  package private(set) var characters: [Character] = []
  /// Characters before the cursor.
  package private(set) var cursor = 0

  package init(_ text: String = "") { set(text) }

  package var text: String { String(characters) }

  package mutating func set(_ text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  /// Applies an editing key; false when the key edits nothing.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .named(.space): insert(" ")
    case .paste(let text): insert(trimmedLineEnds(sanitize(text)))
    case .named(.backspace), .control("h"): delete(from: cursor - 1, to: cursor)
    case .named(.delete), .control("d"): delete(from: cursor, to: cursor + 1)
    case .named(.left), .control("b"): cursor = max(0, cursor - 1)
    case .named(.right), .control("f"): cursor = min(characters.count, cursor + 1)
    case .named(.home), .control("a"): cursor = 0
    case .named(.end), .control("e"): cursor = characters.count
    case .control("u"): delete(from: 0, to: cursor)
    case .control("k"): delete(from: cursor, to: characters.count)
    case .control("w"): delete(from: wordStart, to: cursor)
    default: return false
    }
    return true
  }

  private mutating func insert(_ text: String) {
    let before = String(characters[..<cursor]) + text
    let whole = before + String(characters[cursor...])
    // Counted anew: a combining mark joins the character before it.
    characters = Array(whole)
    cursor = min(before.count, characters.count)
  }

  private mutating func delete(from start: Int, to end: Int) {
    let range = max(0, start)..<max(0, start, min(end, characters.count))
    characters.removeSubrange(range)
    cursor = min(range.lowerBound, characters.count)
  }

  private var wordStart: Int {
    var place = cursor
    while place > 0, characters[place - 1].isWhitespace { place -= 1 }
    while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
    return place
  }

  private func trimmedLineEnds(_ text: String) -> String { trimmed(text) }
}
