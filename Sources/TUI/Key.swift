/// What a hand did on the keyboard, or with the mouse. A paste is one event, so that pasted text can never act as keys.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Control with a letter, lower case: `^d`.
  case control(Character)
  case alt(Character)
  case named(Name)
  /// Text as the terminal gave it, not yet sanitised.
  case paste(String)
  case mouse(Mouse)

  /// Keys without a letter of their own; the raw value is how they are written.
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case enter, escape, tab, backtab, backspace, delete, insert, space
    case up, down, left, right, home, end
    case pageUp = "page-up"
    case pageDown = "page-down"
    case shiftUp = "shift-up"
    case shiftDown = "shift-down"
    case shiftLeft = "shift-left"
    case shiftRight = "shift-right"
    case f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12
  }
}

extension Key: CustomStringConvertible {
  /// How the configuration and the help write it; `init(parsing:)` reads it back. A paste and the mouse have no such form.
  package var description: String {
    switch self {
    case .character(let character): String(character)
    case .control(let character): "^\(character)"
    case .alt(let character): "alt-\(character)"
    case .named(let name): name.rawValue
    case .paste: "paste"
    case .mouse: "mouse"
    }
  }

  /// Reads `x`, `^d`, `ctrl-d`, `alt-x`, `enter`, `page-up`, … ; nil for anything else.
  package init?(parsing text: String) {
    let lower = text.lowercased()
    if text.count == 1, let character = text.first {
      guard !character.isWhitespace else { return nil }
      self = .character(character)
    } else if let name = Name(rawValue: lower) {
      self = .named(name)
    } else if let alias = Key.aliases[lower] {
      self = .named(alias)
    } else if text.count == 2, text.first == "^" {
      self = .control(Character(String(text.last!).lowercased()))
    } else if lower.hasPrefix("ctrl-"), lower.count == 6 {
      self = .control(lower.last!)
    } else if lower.hasPrefix("alt-"), lower.count == 5 {
      self = .alt(text.last!)
    } else {
      return nil
    }
  }

  private static let aliases: [String: Name] = [
    "return": .enter, "esc": .escape, "del": .delete, "pgup": .pageUp, "pgdn": .pageDown, "shift-tab": .backtab,
  ]
}
