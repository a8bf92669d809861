/// What is done to lists: marks, registers, and changes of a list as a whole.
package enum EditingCommand: Hashable, Sendable {
  /// A range of rows from here to wherever the cursor goes.
  case range
  case markAll, markOthers, unmark
  case yank(Register)
  case cut(Register)
  /// After the row under the cursor, or before it.
  case put(before: Bool, Register)
  case registers
  /// The next key names the register for the command that follows.
  case name
  /// The last change once more.
  case again
  case arrange(Rearrangement)
  /// The rows that it names, and what is done with them; nil: the cursor goes there.
  indirect case lines(LineRange, Command?)
  /// The list as text, in the listener's editor.
  case editor
}

/// Holds what was yanked or cut: `a` to `z`, or the one without a name.
package struct Register: Hashable, Sendable {
  package let name: Character
  package static let unnamed = Register(name: "\"")

  private init(name: Character) { self.name = name }

  /// A capital adds to what the register holds.
  package init?(_ name: Character) {
    guard name.isASCII, name.isLetter || name == "\"" else { return nil }
    self.name = name
  }

  var isAdding: Bool { name.isUppercase }
  var key: Character { Character(name.lowercased()) }
}

/// Another order, or other contents, of the list in hand: the whole of it, or its marked rows.
package enum Rearrangement: Hashable, Sendable {
  case sort([ListOrder])
  case reverse
  case shuffle
  /// Each track once.
  case dedupe
  /// Makes playlists of so many tracks of it.
  case split(Int)
  /// Adds what another playlist holds and this one does not.
  case merge(String)
}

/// What a list is put in order by.
package struct ListOrder: Hashable, Sendable {
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case artist, album, track, title, year, genre, time, rating, plays, starred
  }
  package var field: Field
  package var isDescending: Bool

  package init(_ field: Field, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}

// MARK: As text

extension EditingCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "range": { (a) throws(CommandError) in try a.alone(.editing(.range)) },
    "mark": { (a) throws(CommandError) in try a.marking() },
    "yank": { (a) throws(CommandError) in .editing(.yank(try a.register())) },
    "cut": { (a) throws(CommandError) in .editing(.cut(try a.register())) },
    "put": { (a) throws(CommandError) in try a.putting() },
    "register": { (a) throws(CommandError) in try a.alone(.editing(.name)) },
    "registers": { (a) throws(CommandError) in try a.alone(.editing(.registers)) },
    "again": { (a) throws(CommandError) in try a.alone(.editing(.again)) },
    "edit": { (a) throws(CommandError) in try a.alone(.editing(.editor)) },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .range: ("range", nil)
    case .markAll: ("mark", "all")
    case .markOthers: ("mark", "others")
    case .unmark: ("mark", "none")
    case .yank(let register): ("yank", register.word)
    case .cut(let register): ("cut", register.word)
    case .put(let before, let register):
      ("put", [before ? "before" : nil, register.word].compactMap(\.self).joined(separator: " "))
    case .registers: ("registers", nil)
    case .name: ("register", nil)
    case .again: ("again", nil)
    case .arrange(let arrangement): ("playlist", arrangement.words)
    case .lines(let range, let command): ("\(range)", command.map { "\($0)" })
    case .editor: ("edit", nil)
    }
  }

  var summary: String {
    switch self {
    case .range: "mark from here to where the cursor goes"
    case .markAll: "mark all rows"
    case .markOthers: "mark the other rows instead"
    case .unmark: "take all marks away"
    case .yank: "yank: note the rows, to be put elsewhere"
    case .cut: "cut: take the rows out, to be put elsewhere"
    case .put(before: false, _): "put after this row what was yanked or cut"
    case .put: "put before this row what was yanked or cut"
    case .registers: "what was yanked and cut"
    case .name: "the next key names a register"
    case .again: "the last change once more"
    case .arrange(let arrangement): arrangement.summary
    case .lines(let range, nil): "go to line \(range)"
    case .lines(let range, let command?): "“\(command)” on lines \(range)"
    case .editor: "edit the list as text"
    }
  }
}

extension Register {
  fileprivate var word: String? { self == .unnamed ? nil : String(name) }
}

extension Rearrangement {
  fileprivate var words: String {
    switch self {
    case .sort(let keys): (["sort"] + keys.map(\.description)).joined(separator: " ")
    case .reverse: "reverse"
    case .shuffle: "shuffle"
    case .dedupe: "dedupe"
    case .split(let count): "split \(count)"
    case .merge(let name): "merge \(quoted(name)!)"
    }
  }

  fileprivate var summary: String {
    switch self {
    case .sort: "put the list in order"
    case .reverse: "turn the list round"
    case .shuffle: "mix the list"
    case .dedupe: "each track once"
    case .split(let count): "make playlists of \(counted(count, "track")) of it"
    case .merge(let name): "add what “\(name)” holds besides"
    }
  }
}

extension ListOrder: CustomStringConvertible {
  package var description: String { (isDescending ? "-" : "") + field.rawValue }
}

extension CommandArguments {
  fileprivate func marking() throws(CommandError) -> Command {
    switch rest {
    case "": return .mark
    case "all": return .editing(.markAll)
    case "others": return .editing(.markOthers)
    case "none": return .editing(.unmark)
    default: throw .invalid(rest, expected: "all, others or none", of: name)
    }
  }

  fileprivate func register() throws(CommandError) -> Register {
    if rest.isEmpty { return .unnamed }
    guard rest.count == 1, let register = Register(rest.first!) else {
      throw .invalid(rest, expected: "a letter", of: name)
    }
    return register
  }

  fileprivate func putting() throws(CommandError) -> Command {
    let (word, argument) = splitWord(rest)
    let isPlace = word == "before" || word == "after"
    let register = CommandArguments(name: name, rest: isPlace ? argument : rest)
    return .editing(.put(before: word == "before", try register.register()))
  }

  /// What follows `playlist`; nil where it is no arrangement.
  func arrangement(_ verb: String, _ argument: String) throws(CommandError) -> Command? {
    let own = CommandArguments(name: "playlist \(verb)", rest: argument)
    switch verb {
    case "sort": return .editing(.arrange(.sort(try own.sortKeys())))
    case "reverse": return try own.alone(.editing(.arrange(.reverse)))
    case "shuffle": return try own.alone(.editing(.arrange(.shuffle)))
    case "dedupe": return try own.alone(.editing(.arrange(.dedupe)))
    case "split": return .editing(.arrange(.split(try own.number(in: 1...100_000))))
    case "merge": return .editing(.arrange(.merge(try own.required("a playlist"))))
    default: return nil
    }
  }

  private func sortKeys() throws(CommandError) -> [ListOrder] {
    var keys: [ListOrder] = []
    for word in rest.split(separator: " ") {
      let isDescending = word.hasPrefix("-")
      guard let field = ListOrder.Field(rawValue: String(isDescending ? word.dropFirst() : word)) else {
        let fields = ListOrder.Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalid(String(word), expected: "some of \(fields), each with - for the other way round", of: name)
      }
      keys.append(ListOrder(field, isDescending: isDescending))
    }
    let usual: [ListOrder.Field] = [.artist, .album, .track]
    return keys.isEmpty ? usual.map { ListOrder($0) } : keys
  }
}
