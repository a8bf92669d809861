import Music

/// What the listener asks of what is kept here and of the way to the network.
package enum KeepingCommand: Hashable, Sendable {
  /// No request leaves this computer.
  case offline(Switch)
  /// Plays the queue's entry in this place, from 1.
  case place(Int)
  /// Another program changed the library's file: look anew, and send what waits.
  case refresh
  /// Tracks that the server or the folder has no more, and that stayed since they were so many, go.
  case forgetMissing
  /// How much is on this computer, and how whole.
  case cache
  /// A playlist from a file, or the list in hand into one; the file's ending says which format.
  case importList(String, name: String?)
  case exportList(String)
  /// A playlist's name and a file.
  case exportNamed(String)
  /// Keeps the row in a smaller rendition, in kbit/s.
  case pinRendition(Int)
  /// Keeps what the queue plays in so many seconds from now, whatever it comes to be; 0: no longer.
  case pinQueue(Int)
}

// MARK: As text

extension KeepingCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "offline": { (a) throws(CommandError) in .keeping(.offline(try a.word(default: .toggle))) },
    "place": { (a) throws(CommandError) in .keeping(.place(try a.number(in: 1...1_000_000))) },
    "forget": { (a) throws(CommandError) in
      guard a.rest == "missing" else { throw .invalid(a.rest, expected: "“missing”", of: a.name) }
      return .keeping(.forgetMissing)
    },
    "cache": { (a) throws(CommandError) in
      guard a.rest.isEmpty else { throw .unexpected(a.rest, of: a.name) }
      return .keeping(.cache)
    },
    "import": { (a) throws(CommandError) in try a.importedList() },
    "export": { (a) throws(CommandError) in .keeping(.exportList(try a.required("a file"))) },
    "refresh": { (a) throws(CommandError) in
      guard a.rest.isEmpty else { throw .unexpected(a.rest, of: a.name) }
      return .keeping(.refresh)
    },
  ]

  /// Name and argument.
  var words: (String, String?) {
    switch self {
    case .offline(let value): ("offline", value == .toggle ? nil : value.rawValue)
    case .place(let number): ("place", String(number))
    case .refresh: ("refresh", nil)
    case .forgetMissing: ("forget", "missing")
    case .cache: ("cache", nil)
    case .importList(let file, let name): ("import", Self.words(ofImport: file, name))
    case .exportList(let file): ("export", quoted(file))
    case .exportNamed(let words): ("playlist export", words)
    case .pinRendition(let rate): ("pin bitrate", String(rate))
    case .pinQueue(let seconds): ("pin queue", seconds == 0 ? "off" : "\(seconds / 60)m")
    }
  }

  var summary: String {
    switch self {
    case .offline: "no request leaves this computer"
    case .place(let number): "play number \(number) of the queue"
    case .refresh: "look at the library anew"
    case .forgetMissing: "let go of tracks that are there no more"
    case .cache: "how much music is on this computer, and how whole"
    case .importList: "a playlist from a file"
    case .exportList: "this playlist, or the queue, into a file"
    case .exportNamed: "a playlist into a file"
    case .pinRendition(let rate): "keep it on this computer with \(rate) kbit/s"
    case .pinQueue: "keep the next hours of the queue"
    }
  }
}

extension CommandArguments {
  /// What follows `pin`, where it is more than on or off; nil for that.
  func keptRendition() throws(CommandError) -> Command? {
    let (verb, argument) = splitWord(rest)
    let rest = CommandArguments(name: "pin \(verb)", rest: argument)
    switch verb {
    case "bitrate", "--bitrate": return .keeping(.pinRendition(try rest.number(in: 32...320)))
    case "queue": return .keeping(.pinQueue(try rest.hours()))
    default: return nil
    }
  }

  /// `3h`, `90m` or `off`, in seconds.
  private func hours() throws(CommandError) -> Int {
    if rest == "off" { return 0 }
    let unit = rest.last == "h" ? 3600 : rest.last == "m" ? 60 : nil
    guard let unit, let number = UInt16(rest.dropLast()), case let seconds = Int(number) * unit,
      (60...7 * 86_400).contains(seconds)
    else { throw .invalid(rest, expected: "a time like 3h or 90m, or off", of: name) }
    return seconds
  }
}
