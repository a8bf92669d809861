import Server

/// What is wrong with the arguments, as a sentence.
struct UsageError: Error, Hashable {
  let sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}

struct ServeOptions: Hashable {
  var music = ""
  var listen = ListenAddress()
  var data: String?
  var log: String?
  var readyFile: String?
  var demoUser: String?
  /// In bytes a second.
  var rate: Int?
}

enum UserCommand: Hashable {
  case add(String, isAdmin: Bool, passwordFromInput: Bool)
  case password(String, passwordFromInput: Bool)
  case key(String)
  case remove(String)
  case list
}

/// What the arguments ask for.
enum Invocation: Hashable {
  case help
  case version
  case serve(ServeOptions)
  case scan(folder: String, library: String, forgetsMissing: Bool)
  case cover(file: String)
  case lyrics(file: String)
  case fillTags(list: String)
  case user(UserCommand, data: String?)

  init(_ arguments: [String]) throws(UsageError) {
    if arguments.contains("--help") || arguments.contains("-h") || arguments.isEmpty {
      self = .help
    } else if arguments.contains("--version") {
      self = .version
    } else {
      switch arguments[0] {
      case "scan":
        self = try Self.scan(Words(arguments.dropFirst(), valued: ["--library"], flags: ["--forget-missing"]))
      case "cover": self = .cover(file: try Self.file(Words(arguments.dropFirst(), valued: []), "cover"))
      case "lyrics": self = .lyrics(file: try Self.file(Words(arguments.dropFirst(), valued: []), "lyrics"))
      case "fill-tags": self = .fillTags(list: try Self.file(Words(arguments.dropFirst(), valued: []), "fill-tags"))
      case "user":
        self = try Self.user(Words(arguments.dropFirst(), valued: ["--data"], flags: ["--admin", "--password-stdin"]))
      default:
        self = try Self.serve(
          Words(
            arguments[...],
            valued: ["--music", "--listen", "--data", "--log", "--ready-file", "--demo-user", "--limit-rate"],
            flags: ["--demo-password-stdin"]))
      }
    }
  }

  private static func serve(_ words: Words) throws(UsageError) -> Invocation {
    guard words.plain.isEmpty else { throw UsageError("“\(words.plain[0])” is no command.") }
    var options = ServeOptions()
    guard let music = words.values["--music"] else { throw UsageError("--music DIR is missing.") }
    options.music = music
    if let text = words.values["--listen"] {
      guard let listen = ListenAddress(text) else { throw UsageError("--listen wants ADDRESS:PORT, not “\(text)”.") }
      options.listen = listen
    }
    options.data = words.values["--data"]
    options.log = words.values["--log"]
    options.readyFile = words.values["--ready-file"]
    if let text = words.values["--limit-rate"] {
      guard let rate = Int(text), (1...1_000_000).contains(rate) else {
        throw UsageError("--limit-rate wants KiB a second, not “\(text)”.")
      }
      options.rate = rate * 1024
    }
    options.demoUser = words.values["--demo-user"]
    guard (options.demoUser != nil) == words.flags.contains("--demo-password-stdin") else {
      throw UsageError("--demo-user and --demo-password-stdin go together.")
    }
    return .serve(options)
  }

  private static func scan(_ words: Words) throws(UsageError) -> Invocation {
    guard words.plain.count == 1, let library = words.values["--library"] else {
      throw UsageError("scan wants a folder and --library FILE.")
    }
    return .scan(folder: words.plain[0], library: library, forgetsMissing: words.flags.contains("--forget-missing"))
  }

  private static func file(_ words: Words, _ command: String) throws(UsageError) -> String {
    guard words.plain.count == 1 else { throw UsageError("\(command) wants a file.") }
    return words.plain[0]
  }

  private static func user(_ words: Words) throws(UsageError) -> Invocation {
    let fromInput = words.flags.contains("--password-stdin")
    let name = words.plain.count == 2 ? words.plain[1] : nil
    let command: UserCommand? =
      switch (words.plain.first, name) {
      case ("add", let name?):
        .add(name, isAdmin: words.flags.contains("--admin"), passwordFromInput: fromInput)
      case ("password", let name?): .password(name, passwordFromInput: fromInput)
      case ("key", let name?): .key(name)
      case ("remove", let name?): .remove(name)
      case ("list", nil) where words.plain.count == 1: .list
      default: nil
      }
    guard let command else { throw UsageError("user wants add, password, key or remove with a name, or list.") }
    return .user(command, data: words.values["--data"])
  }
}

/// Arguments taken apart: `--name value`, `--name=value`, flags, and the rest. `--` ends the options.
private struct Words {
  var plain: [String] = []
  var values: [String: String] = [:]
  var flags: Set<String> = []

  init(_ arguments: ArraySlice<String>, valued: Set<String>, flags known: Set<String> = []) throws(UsageError) {
    var rest = arguments
    while let word = rest.popFirst() {
      if word == "--" {
        plain += rest
        return
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if !word.hasPrefix("-") || word == "-" {
        plain.append(word)
      } else if known.contains(word) {
        flags.insert(word)
      } else if valued.contains(parts[0]) {
        guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
          throw UsageError("\(parts[0]) wants a value.")
        }
        values[parts[0]] = value
      } else {
        throw UsageError("There is no option \(parts[0]) here.")
      }
    }
  }
}
