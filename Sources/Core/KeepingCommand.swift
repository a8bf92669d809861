import Music

/// What the listener asks of what is kept here and of the way to the network.
package enum KeepingCommand: Hashable, Sendable {
  /// No request leaves this computer.
  case offline(Switch)
  /// Plays the queue's entry in this place, from 1.
  case place(Int)
  /// Another program changed the library's file: look anew, and send what waits.
  case refresh
}

// MARK: As text

extension KeepingCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "offline": { (a) throws(CommandError) in .keeping(.offline(try a.word(default: .toggle))) },
    "place": { (a) throws(CommandError) in .keeping(.place(try a.number(in: 1...1_000_000))) },
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
    }
  }

  var summary: String {
    switch self {
    case .offline: "no request leaves this computer"
    case .place(let number): "play number \(number) of the queue"
    case .refresh: "look at the library anew"
    }
  }
}
