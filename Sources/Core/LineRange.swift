/// Rows of a list, as one names them on the command line: `5`, `5,10`, `.,$`, `.,.+4`, `%`, `'<,'>` (the marked ones),
/// `g/words/` and `v/words/` (those that hold the words, and those that do not).
package enum LineRange: Hashable, Sendable {
  case span(LineAddress, LineAddress)
  case all
  case marked
  case matching(String, inverted: Bool)
}

package struct LineAddress: Hashable, Sendable {
  package enum Anchor: Hashable, Sendable { case start, cursor, end }
  var anchor: Anchor
  /// From the start it is the line's number.
  var offset: Int
}

extension LineRange {
  /// The range that a line begins with, and the rest; nil where it begins with none.
  static func parse(_ line: String) throws(CommandError) -> (LineRange, String)? {
    let text = trimmed(line)
    if text.hasPrefix("%") { return (.all, trimmed(text.dropFirst())) }
    if text.hasPrefix("'<,'>") { return (.marked, trimmed(text.dropFirst(5))) }
    if let matching = try parseMatching(text) { return matching }
    var rest = text[...]
    guard let first = try LineAddress(parsing: &rest) else { return nil }
    guard rest.first == "," else { return isEnd(rest) ? (.span(first, first), trimmed(rest)) : nil }
    rest = rest.dropFirst()
    guard let last = try LineAddress(parsing: &rest) else {
      throw .invalid(String(rest), expected: "a line’s number, . or $", of: "\(first),")
    }
    return isEnd(rest) ? (.span(first, last), trimmed(rest)) : nil
  }

  /// Whether a command, or nothing, can follow.
  private static func isEnd(_ rest: Substring) -> Bool { rest.first.map { $0.isWhitespace || $0.isLetter } ?? true }

  /// What follows a range: a command, or one letter for the commonest; nil where nothing does.
  static func command(_ text: String) throws(CommandError) -> Command? {
    if text.isEmpty { return nil }
    let (name, rest) = splitWord(text)
    let letters = ["d": "remove", "x": "cut", "y": "yank", "m": "mark"]
    return try Command(parsing: letters[name].map { rest.isEmpty ? $0 : "\($0) \(rest)" } ?? text)
  }

  /// `g/words/command`; `\/` is a stroke that is part of the words, and any sign may stand for the strokes.
  private static func parseMatching(_ text: String) throws(CommandError) -> (LineRange, String)? {
    var inverted = text.hasPrefix("v")
    guard text.hasPrefix("g") || inverted else { return nil }
    var rest = text.dropFirst()
    if text.hasPrefix("g!") {
      inverted = true
      rest = rest.dropFirst()
    }
    guard let stroke = rest.first, stroke.isASCII, stroke.isPunctuation || stroke.isSymbol, stroke != "\"" else {
      return nil
    }
    var pattern = ""
    var isEscaped = false
    rest = rest.dropFirst()
    while let sign = rest.first {
      rest = rest.dropFirst()
      if isEscaped {
        pattern += sign == stroke ? "\(sign)" : "\\\(sign)"
        isEscaped = false
      } else if sign == "\\" {
        isEscaped = true
      } else if sign == stroke {
        break
      } else {
        pattern.append(sign)
      }
    }
    guard !trimmed(pattern).isEmpty else { throw .missing("some words", of: String(text.prefix(1))) }
    return (.matching(trimmed(pattern), inverted: inverted), trimmed(rest))
  }
}

extension LineRange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .span(let first, let last): first == last ? "\(first)" : "\(first),\(last)"
    case .all: "%"
    case .marked: "'<,'>"
    case .matching(let pattern, let inverted):
      (inverted ? "v/" : "g/")
        + pattern.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
        + "/"
    }
  }
}

extension LineAddress: CustomStringConvertible {
  package var description: String {
    let sign = offset > 0 ? "+\(offset)" : offset < 0 ? "\(offset)" : ""
    switch anchor {
    case .start: return "\(offset)"
    case .cursor: return "." + sign
    case .end: return "$" + sign
    }
  }

  /// Takes one from the start of the text; nil where there is none.
  init?(parsing text: inout Substring) throws(CommandError) {
    func number(_ text: inout Substring) -> Int? {
      let digits = text.prefix { $0.isASCII && $0.isNumber }.prefix(9)
      text = text.dropFirst(digits.count)
      return Int(digits)
    }
    switch text.first {
    case ".": self.init(anchor: .cursor, offset: 0)
    case "$": self.init(anchor: .end, offset: 0)
    default:
      guard let line = number(&text) else { return nil }
      self.init(anchor: .start, offset: line)
      return
    }
    text = text.dropFirst()
    guard let sign = text.first, sign == "+" || sign == "-" else { return }
    let whole = String(text)
    text = text.dropFirst()
    guard let count = number(&text) else { throw .invalid(whole, expected: "a number", of: "line") }
    offset = sign == "+" ? count : -count
  }

  /// A position from 0; the start of the list for what lies before it, its end for what lies behind.
  func position(cursor: Int, count: Int) -> Int {
    max(0, min(unbounded(cursor: cursor, count: count), count - 1))
  }

  /// Whether it lies behind the last of so many rows.
  func isBehind(_ count: Int, cursor: Int) -> Bool { unbounded(cursor: cursor, count: count) >= count }

  private func unbounded(cursor: Int, count: Int) -> Int {
    switch anchor {
    case .start: offset - 1
    case .cursor: cursor + offset
    case .end: count - 1 + offset
    }
  }
}
