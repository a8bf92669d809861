import Core
import PlaylistFiles

/// What was asked on the command line.
package struct Arguments: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case play(Face)
    case login(address: String, user: String?, password: PasswordSource)
    /// Another address of the account's server; nil: the current one's.
    case addAddress(String, account: String?)
    case cache(CacheAction)
    case playlist(PlaylistAction)
    case pack(Pack)
    /// No playlists: everything that is cached.
    case exportTracks([String], folder: String)
    case doctor
    /// Words of the command language for the player that runs.
    case command([String], json: Bool)
    /// Of everything, or of one command.
    case help(of: String?)
    case version
  }

  /// How the player shows itself.
  package enum Face: Hashable, Sendable {
    case screen
    /// Commands in, sentences out.
    case lines
    case headless
  }

  package enum PasswordSource: Hashable, Sendable {
    case terminal
    case standardInput
    /// Run by the shell; its first line of output is the password.
    case command(String)
  }

  package enum CacheAction: Hashable, Sendable {
    case summary
    case verify
    /// `pinned`: what is to be kept is thrown away too, and fetched again.
    case clear(pinned: Bool, confirmed: Bool)
  }

  /// What is done with files of other players, whether a player runs or not.
  package enum PlaylistAction: Hashable, Sendable {
    case importFile(String, name: String?)
    case exportList(String, file: String)
  }

  package struct Pack: Hashable, Sendable {
    package var playlists: [String]
    /// In bytes.
    package var size: Int64
    /// In kbit/s; 0: the files as the server holds them.
    package var bitRate: Int
    package var isDryRun: Bool
    /// What earlier packs chose stays.
    package var isAdded = false
  }

  package enum OutputChoice: Hashable, Sendable {
    case alsa(device: String?)
    case silent
    case wav(String)

    /// As it is typed.
    var text: String {
      switch self {
      case .alsa(nil): "alsa"
      case .alsa(let device?): "alsa:\(device)"
      case .silent: "silent"
      case .wav(let path): "wav:\(path)"
      }
    }
  }

  package var action: Action
  package var output: OutputChoice?
  /// No request leaves in this run.
  package var isOffline = false

  /// What is wrong with the words: printed with a hint at `dulcet help`, exit code 2.
  package struct UsageError: Error, Hashable, Sendable {
    package let reason: String
  }

  /// - Parameter words: without the program's name.
  package init(parsing words: [String]) throws(UsageError) {
    var cursor = Cursor(words: words)
    var output: OutputChoice?
    var face: Face?
    var isOffline = false
    while let option = cursor.option() {
      switch option {
      case "--help", "-h": self.init(action: .help(of: nil)); return
      case "--version": self.init(action: .version); return
      case "--headless", "--plain":
        guard face == nil else { throw UsageError(reason: "one of --headless and --plain is enough") }
        face = option == "--plain" ? .lines : Face.headless
      case "--offline": isOffline = true
      case "--output": output = try OutputChoice(parsing: try cursor.value(of: option))
      default: throw UsageError(reason: "there is no option \(option)")
      }
    }
    guard let verb = cursor.word() else {
      self.init(action: .play(face ?? .screen), output: output)
      self.isOffline = isOffline
      return
    }
    if face != nil || isOffline || output != nil {
      throw UsageError(reason: "--headless, --plain, --offline and --output go with the player, not with “\(verb)”")
    }
    try self.init(verb: verb, cursor: &cursor)
  }

  private init(action: Action, output: OutputChoice? = nil) {
    self.action = action
    self.output = output
  }

  private init(verb: String, cursor: inout Cursor) throws(UsageError) {
    // Words to search for may be anything: there the option stands alone.
    let takesOptions = ["login", "cache", "playlist", "pack", "export", "doctor", "status"].contains(verb)
    if takesOptions ? cursor.rest.contains(where: isHelp) : cursor.rest.count == 1 && isHelp(cursor.rest[0]) {
      self.init(action: .help(of: verb))
      return
    }
    switch verb {
    case "login": self.init(action: try Self.login(&cursor))
    case "cache": self.init(action: .cache(try Self.cache(&cursor)))
    case "doctor":
      try cursor.finish()
      self.init(action: .doctor)
    case "playlist" where ["import", "export"].contains(cursor.rest.first):
      self.init(action: .playlist(try Self.playlist(&cursor)))
    case "pack": self.init(action: .pack(try Self.pack(&cursor)))
    // With a playlist's file for its one word it is the player's own command.
    case "export" where cursor.rest.count != 1 || PlaylistFileFormat(fileName: cursor.rest[0]) == nil:
      guard let folder = cursor.rest.last else { throw UsageError(reason: "export needs a folder") }
      self.init(action: .exportTracks(cursor.rest.dropLast(), folder: folder))
    case "help":
      let topic = cursor.word()
      try cursor.finish()
      self.init(action: .help(of: topic))
    case "status":
      let json = cursor.rest == ["--json"]
      guard json || cursor.rest.isEmpty else { throw UsageError(reason: "status takes only --json") }
      self.init(action: .command(["status"], json: json))
    default: self.init(action: .command([verb] + cursor.rest, json: false))
    }
  }

  private static func login(_ cursor: inout Cursor) throws(UsageError) -> Action {
    var address: String?
    var user: String?
    var also: String?
    var password = PasswordSource.terminal
    while !cursor.rest.isEmpty {
      if let option = cursor.option() {
        switch option {
        case "--user": user = try cursor.value(of: option)
        case "--also": also = try cursor.value(of: option)
        case "--password-stdin": password = .standardInput
        case "--password-command": password = .command(try cursor.value(of: option))
        case "--password":
          throw UsageError(reason: "a password among the arguments can be seen by others: use --password-stdin")
        default: throw UsageError(reason: "login has no option \(option)")
        }
      } else if let word = cursor.word() {
        guard address == nil else { throw UsageError(reason: "login takes one address, not also “\(word)”") }
        address = word
      }
    }
    if let also { return .addAddress(also, account: address) }
    guard let address else { throw UsageError(reason: "login needs the server's address") }
    return .login(address: address, user: user, password: password)
  }

  private static func playlist(_ cursor: inout Cursor) throws(UsageError) -> PlaylistAction {
    let verb = cursor.word()
    let words = cursor.rest
    if verb == "import" {
      guard (1...2).contains(words.count) else { throw UsageError(reason: "playlist import takes a file, and a name") }
      return .importFile(words[0], name: words.count == 2 ? words[1] : nil)
    }
    guard words.count == 2 else { throw UsageError(reason: "playlist export takes a playlist's name and a file") }
    return .exportList(words[0], file: words[1])
  }

  private static func pack(_ cursor: inout Cursor) throws(UsageError) -> Pack {
    var pack = Pack(playlists: [], size: 0, bitRate: 0, isDryRun: false)
    while !cursor.rest.isEmpty {
      if let option = cursor.option() {
        switch option {
        case "--size":
          let text = try cursor.value(of: option)
          guard let size = parseByteCount(text), size > 0 else {
            throw UsageError(reason: "“\(text)” is no size: say 4G, or 700M")
          }
          pack.size = size
        case "--bitrate":
          let text = try cursor.value(of: option)
          guard let rate = Int(text), (32...320).contains(rate) else {
            throw UsageError(reason: "--bitrate takes a number from 32 to 320")
          }
          pack.bitRate = rate
        case "--dry-run": pack.isDryRun = true
        case "--add": pack.isAdded = true
        default: throw UsageError(reason: "pack has no option \(option)")
        }
      } else if let name = cursor.word() {
        pack.playlists.append(name)
      }
    }
    guard !pack.playlists.isEmpty, pack.size > 0 else {
      throw UsageError(reason: "pack takes playlists and --size, as in dulcet pack Trip --size 4G")
    }
    return pack
  }

  private static func cache(_ cursor: inout Cursor) throws(UsageError) -> CacheAction {
    switch cursor.word() {
    case nil: return .summary
    case "verify":
      try cursor.finish()
      return .verify
    case "clear":
      let options = Set(cursor.rest)
      guard options.isSubset(of: ["--yes", "--pinned"]) else {
        throw UsageError(reason: "cache clear takes only --yes and --pinned")
      }
      return .clear(pinned: options.contains("--pinned"), confirmed: options.contains("--yes"))
    case let word?: throw UsageError(reason: "cache has no “\(word)”: say verify or clear, or nothing")
    }
  }
}

extension Arguments.OutputChoice {
  /// `alsa`, `alsa:DEVICE`, `silent`, `wav:FILE`.
  package init(parsing text: String) throws(Arguments.UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("alsa", 1): self = .alsa(device: nil)
    case ("alsa", 2): self = .alsa(device: parts[1])
    case ("silent", 1): self = .silent
    case ("wav", 2): self = .wav(parts[1])
    default: throw .init(reason: "“\(text)” is no output: say alsa, alsa:DEVICE, silent or wav:FILE")
    }
  }
}

private func isHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

/// Walks over the words; `--option=value` is `--option value`.
private struct Cursor {
  private(set) var rest: [String]

  init(words: [String]) { rest = words }

  /// The next word when it is an option.
  mutating func option() -> String? {
    guard let word = rest.first, word.hasPrefix("-"), word != "-" else { return nil }
    rest.removeFirst()
    if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
      rest.insert(String(word[word.index(after: equals)...]), at: 0)
      return String(word[..<equals])
    }
    return word
  }

  mutating func word() -> String? { rest.isEmpty ? nil : rest.removeFirst() }

  mutating func value(of option: String) throws(Arguments.UsageError) -> String {
    guard let value = word() else { throw .init(reason: "\(option) needs a value") }
    return value
  }

  func finish() throws(Arguments.UsageError) {
    if let word = rest.first { throw .init(reason: "“\(word)” is one word too many") }
  }
}
