import Music
import TUI

/// What stands after a command's name, read as the command needs it.
struct CommandArguments {
  let name: String
  /// Without spaces at its ends.
  let rest: String

  /// The rest as free text; nil when there is none.
  var text: String? { rest.isEmpty ? nil : unquoted(rest) }

  func required(_ what: String) throws(CommandError) -> String {
    guard let text, !text.isEmpty else { throw .missing(what, of: name) }
    return text
  }

  /// One of an enum's words.
  func optionalWord<Word: RawRepresentable & CaseIterable>() throws(CommandError) -> Word?
  where Word.RawValue == String {
    if rest.isEmpty { return nil }
    guard let word = Word(rawValue: rest) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid(rest, expected: "one of \(words)", of: name)
    }
    return word
  }

  func word<Word: RawRepresentable & CaseIterable>(default fallback: Word? = nil) throws(CommandError) -> Word
  where Word.RawValue == String {
    if let word: Word = try optionalWord() { return word }
    if let fallback { return fallback }
    throw .missing("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))", of: name)
  }

  func number(in range: ClosedRange<Int>) throws(CommandError) -> Int {
    guard !rest.isEmpty else { throw .missing("a number", of: name) }
    guard let number = Int(rest), range.contains(number) else {
      throw .invalid(rest, expected: "a number from \(range.lowerBound) to \(range.upperBound)", of: name)
    }
    return number
  }

  /// `+5`, `-5` or `80`; with or without a per cent sign.
  func change() throws(CommandError) -> Change {
    guard !rest.isEmpty else { throw .missing("a number from 0 to 100, or a change like +5", of: name) }
    let digits = rest.hasSuffix("%") ? String(rest.dropLast()) : rest
    guard let number = Int(digits), (-100...100).contains(number) else {
      throw .invalid(rest, expected: "a number from 0 to 100, or a change like +5", of: name)
    }
    return digits.first == "+" || digits.first == "-" ? .by(number) : .to(number)
  }

  /// `+10`, `-10`, `90`, `1:30`, `1:02:03` or `50%`.
  func seekTarget() throws(CommandError) -> SeekTarget {
    let expected = "seconds (90, +10, -10), a time (1:30) or a part (50%)"
    guard !rest.isEmpty else { throw .missing(expected, of: name) }
    if rest.hasSuffix("%"), let part = Int(rest.dropLast()), (0...100).contains(part) { return .percent(part) }
    let isRelative = rest.first == "+" || rest.first == "-"
    let fields = (isRelative ? rest.dropFirst() : rest[...]).split(separator: ":", omittingEmptySubsequences: false)
    var seconds = 0
    for field in fields {
      guard fields.count <= 3, field.count <= 6, field.allSatisfy(\.isASCII), let number = UInt32(field) else {
        throw .invalid(rest, expected: expected, of: name)
      }
      seconds = seconds * 60 + Int(number)
    }
    return isRelative ? .by(rest.first == "-" ? -seconds : seconds) : .to(seconds)
  }

  /// `on` is by track.
  func shuffleMode() throws(CommandError) -> ShuffleMode? { rest == "on" ? .tracks : try optionalWord() }

  func starring() throws(CommandError) -> Command {
    if rest.isEmpty { return .star }
    guard rest == "playing" else { throw .invalid(rest, expected: "nothing or “playing”", of: name) }
    return .starPlaying
  }

  func addition() throws(CommandError) -> Command {
    if rest.isEmpty { return .add }
    guard rest == "next" else { throw .invalid(rest, expected: "nothing or “next”", of: name) }
    return .addNext
  }

  func pin() throws(CommandError) -> Command {
    if let command = try keptRendition() { return command }
    let (verb, argument) = splitWord(rest)
    guard verb == "starred" else { return .pin(try word(default: .toggle)) }
    return .pinStarred(try CommandArguments(name: "pin starred", rest: argument).word(default: .toggle))
  }

  func playlist() throws(CommandError) -> Command {
    let (verb, argument) = splitWord(rest)
    let text = argument.isEmpty ? nil : unquoted(argument)
    switch verb {
    case "new": return .playlistNew(text)
    case "rename": return .playlistRename(text)
    case "add": return .playlistAdd(text)
    case "comment": return .playlistDescribe(.comment(text))
    case "publish":
      let own = CommandArguments(name: "playlist publish", rest: argument)
      return .playlistDescribe(.publish(try own.word(default: .toggle)))
    case "delete":
      guard argument.isEmpty else { throw .unexpected(argument, of: "playlist delete") }
      return .playlistDelete
    case "import": return try CommandArguments(name: "playlist import", rest: argument).importedList()
    case "export": return try CommandArguments(name: "playlist export", rest: argument).exportedList()
    case "": throw .missing(Self.playlistVerbs, of: name)
    default:
      if let command = try arrangement(verb, argument) { return command }
      throw .invalid(verb, expected: Self.playlistVerbs, of: name)
    }
  }

  private static let playlistVerbs =
    "one of new, rename, comment, publish, delete, add, sort, reverse, shuffle, dedupe, split, merge, import, export"

  func setting() throws(CommandError) -> Command {
    let (setting, value) = splitWord(rest)
    guard !setting.isEmpty else { throw .missing("a setting and its value", of: name) }
    guard !value.isEmpty else { throw .missing("a value for “\(setting)”", of: name) }
    return .set(name: setting, value: unquoted(value))
  }
}
