import Music
import TUI

// The text form of commands. One line, one command: `name argument…`. The last free argument (a query, a name, a
// folder) is the rest of the line; quotes around it keep spaces at its ends.

extension Command: CustomStringConvertible {
  /// Reads one command.
  package init(parsing line: String) throws(CommandError) {
    if let (range, rest) = try LineRange.parse(line) {
      self = .editing(.lines(range, try LineRange.command(rest)))
      return
    }
    let (name, rest) = splitWord(line)
    guard !name.isEmpty else { throw .empty }
    if let simple = Command.withoutArguments[name] {
      guard rest.isEmpty else { throw .unexpected(rest, of: name) }
      self = simple
      return
    }
    guard let parse = Command.parser(of: name) else { throw .unknown(name) }
    self = try parse(CommandArguments(name: name, rest: rest))
  }

  /// The text that `init(parsing:)` reads back.
  package var description: String {
    if let name = Command.namesWithoutArguments[self] { return name }
    let (name, argument) = words
    return argument.map { $0.isEmpty ? name : "\(name) \($0)" } ?? name
  }

  /// The names that can stand first on a line, sorted: for completion.
  package static let names: [String] =
    (Array(withoutArguments.keys) + parsers.flatMap(\.keys)).sorted()

  static let withoutArguments: [String: Command] = [
    "stop": .stop, "next": .next, "previous": .previous, "back": .back, "jump": .jump, "activate": .activate,
    "remove": .remove, "clear": .clear, "starred": .starred, "login": .login,
    "demo": .demo, "sync": .synchronize, "status": .status, "redraw": .redraw,
    "suspend": .suspend, "quit": .quit, "help": .view(.help), "settings": .view(.settings),
  ]

  private static let namesWithoutArguments: [Command: String] = Dictionary(
    withoutArguments.filter { $0.key != "help" && $0.key != "settings" }.map { ($0.value, $0.key) },
    uniquingKeysWith: { first, _ in first })

  private static func parser(of name: String) -> SoundCommand.Parser? {
    for parsers in parsers { if let parser = parsers[name] { return parser } }
    return nil
  }

  /// One line for each feature with commands of its own.
  private static let parsers: [[String: SoundCommand.Parser]] = [
    withArguments,
    HistoryCommand.parsers,
    OutboxCommand.parsers,
    EditingCommand.parsers,
    ResumeCommand.parsers,
    SoundCommand.parsers,
    ModeCommand.parsers,
    KeepingCommand.parsers,
    DisplayCommand.parsers,
    PanelCommand.parsers,
    HandCommand.parsers,
    ViewsCommand.parsers,
  ]

  private static let withArguments: [String: SoundCommand.Parser] = [
    "play": { (a) throws(CommandError) in .play(a.text) },
    "pause": { (a) throws(CommandError) in .pause(try a.word(default: .toggle)) },
    "shuffle": { (a) throws(CommandError) in .shuffle(try a.shuffleMode()) },
    "repeat": { (a) throws(CommandError) in .repeatMode(try a.optionalWord()) },
    "seek": { (a) throws(CommandError) in .seek(try a.seekTarget()) },
    "volume": { (a) throws(CommandError) in .volume(try a.change()) },
    "move": { (a) throws(CommandError) in .move(try a.word()) },
    "pane": { (a) throws(CommandError) in .pane(try a.word()) },
    "view": { (a) throws(CommandError) in .view(try a.word()) },
    "pin": { (a) throws(CommandError) in try a.pin() },
    "downloads": { (a) throws(CommandError) in try a.optionalWord().map(Command.downloads) ?? .view(.downloads) },
    "add": { (a) throws(CommandError) in try a.addition() },
    "reorder": { (a) throws(CommandError) in .reorder(try a.word()) },
    "star": { (a) throws(CommandError) in try a.starring() },
    "rate": { (a) throws(CommandError) in .rate(try a.number(in: 0...5)) },
    "search": { (a) throws(CommandError) in .search(a.text) },
    "prompt": { (a) throws(CommandError) in .prompt(a.text) },
    "albums": { (a) throws(CommandError) in .albums(try a.word(default: .name)) },
    "playlist": { (a) throws(CommandError) in try a.playlist() },
    "radio": { (a) throws(CommandError) in try a.radio() },
    "account": { (a) throws(CommandError) in .account(a.text) },
    "open": { (a) throws(CommandError) in .open(try a.required("a folder")) },
    "announce": { (a) throws(CommandError) in .announce(try a.word(default: .toggle)) },
    "theme": { (a) throws(CommandError) in .theme(a.text) },
    "set": { (a) throws(CommandError) in try a.setting() },
    "bind": { (a) throws(CommandError) in try a.binding() },
    "unbind": { (a) throws(CommandError) in try a.unbinding() },
  ]

  /// Name and argument of the commands that have one.
  private var words: (String, String?) {
    switch self {
    case .play(let text): ("play", quoted(text))
    case .pause(let value): ("pause", value == .toggle ? nil : value.rawValue)
    case .shuffle(let mode): ("shuffle", mode?.rawValue)
    case .repeatMode(let mode): ("repeat", mode?.rawValue)
    case .seek(let target): ("seek", target.description)
    case .volume(let change): ("volume", change.description)
    case .sound(let command): command.words
    case .history(let command): command.words
    case .outbox(let command): command.words
    case .editing(let command): command.words
    case .resume(let command): command.words
    case .queue: ("queue", nil)
    case .mark: ("mark", nil)
    case .mode(let command): command.words
    case .keeping(let command): command.words
    case .display(let command): command.words
    case .panel(let command): command.words
    case .move(let motion): ("move", motion.rawValue)
    case .pane(let motion): ("pane", motion.rawValue)
    case .view(let name): ("view", name.rawValue)
    case .pin(let value): ("pin", value == .toggle ? nil : value.rawValue)
    case .pinStarred(let value): ("pin starred", value == .toggle ? nil : value.rawValue)
    case .downloads(let action): ("downloads", action.rawValue)
    case .add: ("add", nil)
    case .addNext: ("add", "next")
    case .reorder(let direction): ("reorder", direction.rawValue)
    case .star: ("star", nil)
    case .starPlaying: ("star", "playing")
    case .rate(let rating): ("rate", String(rating))
    case .search(let text): ("search", quoted(text))
    case .prompt(let text): ("prompt", quoted(text))
    case .albums(let order): ("albums", order.rawValue)
    case .playlistNew(let name): ("playlist new", quoted(name))
    case .playlistRename(let name): ("playlist rename", quoted(name))
    case .playlistDescribe(let detail): detail.words
    case .playlistDelete: ("playlist delete", nil)
    case .playlistAdd(let name): ("playlist add", quoted(name))
    case .views(let command): command.words
    case .radio(let command): ("radio", command.words)
    case .account(let name): ("account", quoted(name))
    case .open(let path): ("open", quoted(path))
    case .announce(let value): ("announce", value == .toggle ? nil : value.rawValue)
    case .theme(let name): ("theme", quoted(name))
    case .set(let name, let value): ("set", "\(name) \(quoted(value)!)")
    case .bind(let key, let command): ("bind", "\(key) \(command)")
    case .unbind(let key): ("unbind", key.description)
    case .hand(let command): command.words
    default: ("", nil)  // those without arguments, printed above
    }
  }
}
