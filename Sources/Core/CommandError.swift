import Music

/// Why a text is not a command: facts; `sentence` puts them in words.
package enum CommandError: Error, Hashable, Sendable {
  case empty
  case unknown(String)
  case missing(String, of: String)
  case unexpected(String, of: String)
  /// `expected` in words: `a number from 0 to 100`.
  case invalid(String, expected: String, of: String)
}

extension CommandError {
  /// With the command that was probably meant.
  package static func unknownSentence(_ name: String, among names: [String]) -> String {
    let meant = nearest(to: name, among: names).map { " Did you mean “\($0)”?" } ?? ""
    return "There is no command “\(name)”.\(meant)"
  }

  package var sentence: String {
    switch self {
    case .empty: "No command was given."
    case .unknown(let name): Self.unknownSentence(name, among: Command.names)
    case .missing(let what, let name): "“\(name)” needs \(what)."
    case .unexpected(let text, let name): "“\(name)” takes nothing more, but “\(text)” was given."
    case .invalid(let text, let expected, let name): "“\(name)” takes \(expected), not “\(text)”."
    }
  }
}
