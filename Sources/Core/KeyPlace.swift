package import TUI

/// What a binding hangs on: keys one after another, everywhere or in one view.
package struct KeyPlace: Hashable, Sendable {
  /// nil: in every view that has no binding of its own for these keys.
  package var view: ScreenName?
  package var keys: [Key]

  package static let longest = 4

  package init(_ keys: [Key], in view: ScreenName? = nil) {
    self.view = view
    self.keys = keys
  }

  package init(_ key: Key, in view: ScreenName? = nil) { self.init([key], in: view) }
}

extension KeyPlace: CustomStringConvertible {
  /// As the configuration writes it: `queue gg`, `^x ^s`.
  package var description: String { (view.map { $0.rawValue + " " } ?? "") + keysText }

  package var keysText: String {
    if keys.count == 1 { return keys[0].description }
    let short = keys.map(\.description).joined()
    return keySequence(short) == keys ? short : keys.map(\.description).joined(separator: " ")
  }

  /// Reads `[VIEW] KEYS`; nil for anything else.
  package init?(parsing text: String) {
    guard let (place, rest) = try? CommandArguments(name: "", rest: trimmed(text)).keyPlace(), rest.isEmpty
    else { return nil }
    self = place
  }
}

/// One word as keys: the name of one, or a few letters that are pressed one after another (`gg`).
func keySequence(_ word: String) -> [Key]? {
  if let key = Key(parsing: word) { return [key] }
  guard (2...3).contains(word.utf8.count), ScreenName(rawValue: word) == nil, ownNotation(word) == nil,
    word.first != "^", word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
  else { return nil }
  return word.map { .character($0) }
}

/// What terminals send for a letter with Control, where that is another key.
private let sentForControl: [Character: Key.Name] = [
  "i": .tab, "j": .enter, "m": .enter, "h": .backspace, "[": .escape, "?": .backspace,
]

/// How a key is written here that was written as in Emacs: `C-a`, `M-x`, `S-x`; nil for anything else.
private func ownNotation(_ word: String) -> String? {
  let letters = Array(word)
  guard letters.count == 3, letters[1] == "-", letters[2] != " " else { return nil }
  let key = String(letters[2])
  switch letters[0] {
  case "C", "c": return sentForControl[Character(key.lowercased())]?.rawValue ?? "^" + key.lowercased()
  case "M", "m", "A", "a": return "alt-" + key
  case "S", "s": return key.uppercased()
  default: return nil
  }
}

// MARK: On a line

extension CommandArguments {
  /// `[VIEW] KEYS`, and what follows them.
  func keyPlace() throws(CommandError) -> (place: KeyPlace, rest: String) {
    var (word, rest) = splitWord(self.rest)
    var view: ScreenName?
    if let name = ScreenName(rawValue: word) {
      view = name
      (word, rest) = splitWord(rest)
    }
    guard !word.isEmpty else { throw .missing("a key", of: name) }
    try refuseUnreachable(word)
    guard var keys = keySequence(word) else {
      throw .invalid(word, expected: "keys like x, ^d, alt-x, page-up, gg or ^x ^s", of: name)
    }
    while keys.count < KeyPlace.longest {
      let (next, after) = splitWord(rest)
      try refuseUnreachable(next)
      guard let key = Key(parsing: next) else { break }
      keys.append(key)
      rest = after
    }
    if keys.dropFirst().contains(.named(.escape)) {
      throw .invalid("escape", expected: "escape only as the first key: it cancels those before it", of: name)
    }
    return (KeyPlace(keys, in: view), rest)
  }

  /// Keys that no terminal sends, and notations of other programs, which would be read as letters.
  private func refuseUnreachable(_ word: String) throws(CommandError) {
    if let own = ownNotation(word) {
      throw .invalid(word, expected: "keys as they are written here, \(own)", of: name)
    }
    guard case .control(let character)? = Key(parsing: word) else { return }
    if let same = sentForControl[character] {
      throw .invalid(word, expected: "\(same.rawValue), which is what terminals send", of: name)
    }
    guard ("a"..."z").contains(character) else {
      throw .invalid(word, expected: "^ with a letter: terminals send no other", of: name)
    }
  }

  func binding() throws(CommandError) -> Command {
    let (place, text) = try keyPlace()
    guard !text.isEmpty else { throw .missing("a command", of: "bind \(place)") }
    return .bind(place, try Command(parsing: text))
  }

  func unbinding() throws(CommandError) -> Command {
    let (place, text) = try keyPlace()
    guard text.isEmpty else { throw .unexpected(text, of: "unbind \(place)") }
    return .unbind(place)
  }
}
