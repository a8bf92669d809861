/// What can be done about the changes that a server has still to hear of.
package enum OutboxCommand: String, Hashable, Sendable, CaseIterable {
  case show = ""
  /// The chosen ones that were refused.
  case retry
  case retryAll = "retry-all"
  /// The chosen ones are not sent, and taken back here.
  case discard
  /// Asks what only the listener can decide.
  case decide
  /// Asks for the password that the server takes now.
  case password
}

extension OutboxCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "outbox": { (a) throws(CommandError) in .outbox(try a.word(default: .show)) }
  ]

  var words: (String, String?) { ("outbox", rawValue) }

  var summary: String {
    switch self {
    case .show: "what is still to be sent"
    case .retry: "send it again"
    case .retryAll: "send again what was refused"
    case .discard: "give the change up, here too"
    case .decide: "decide about the playlist"
    case .password: "give the password anew"
    }
  }
}
