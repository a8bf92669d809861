import Cache
import Core
import Glibc
import Music
import Ncurses
import TUI
import Threading

/// Opens the player, on the screen, in lines or with neither, and runs it to its end.
func play(_ face: Arguments.Face, isOffline: Bool, output: Arguments.OutputChoice?, paths: Paths) -> Int32 {
  do {
    try paths.create()
    let lock: PlayerLock
    switch try PlayerLock.take(paths) {
    case .mine(let mine): lock = mine
    case .taken(let first): return join(first, hasScreen: face == .screen, paths)
    }
    defer { lock.release() }
    // The accounts are read and the catalogue is opened beside all else: the first frame waits for both.
    let inbox = Inbox()
    let library = LibraryService(path: paths.catalogueFile, inbox: inbox)
    let accounts = Promised(on: library.thread) { StoredAccounts(paths) }
    library.warmUp()
    let control = try ControlServer(path: paths.controlSocket)
    let terminal = face == .screen ? try Terminal() : nil
    let console = face == .lines ? Console() : nil
    defer {
      terminal?.close()
      console?.close()
    }
    return face == .headless
      ? run(nil, nil, control, library, accounts, output, isOffline, paths)
      : withErrorsIn(paths.logFile) {
        run(terminal, console, control, library, accounts, output, isOffline, paths)
      }
  } catch let error as FileError where error.code == EADDRINUSE {
    complain("dulcet runs already. Steer it from here with “dulcet play”, “dulcet next”… or quit it first.")
  } catch let error as TerminalError {
    complain(error.sentence)
  } catch {
    complain(sentence(for: error))
  }
  return 1
}

private func run(
  _ terminal: Terminal?, _ console: Console?, _ control: ControlServer, _ library: LibraryService,
  _ accounts: Promised<StoredAccounts>, _ output: Arguments.OutputChoice?, _ isOffline: Bool, _ paths: Paths
) -> Int32 {
  let start = Beginning(paths: paths)
  let stored = accounts.value
  let services = Services(
    paths: paths, library: library, accounts: stored.book, settings: start.settings,
    output: output ?? start.output, cacheCapacity: start.cacheCapacity)
  services.themeName = start.theme.name == "plain" ? nil : start.theme.name
  let size = terminal?.size ?? Size(columns: 80, rows: 24)
  let state = AppState(
    size: size, theme: start.theme, seed: UInt64.random(in: .min ... .max), plain: console?.input)
  let loop = Loop(
    state: state, terminal: terminal, console: console, control: control, inbox: library.inbox, services: services)
  // Said on the command line, it holds for this run alone.
  var messages = start.messages + stored.messages
  if let output { messages.append(.settingsKnown(["output": output.text])) }
  if isOffline { messages.append(.configured(.keeping(.offline(.on)))) }
  loop.run(messages)
  terminal?.close()
  services.stop()
  // Whoever reads lines cannot see that the lists were empty for want of a library.
  return console != nil && loop.hasLibraryTrouble ? 1 : 0
}

/// The accounts as they are found. Any thread may read them.
struct StoredAccounts: Sendable {
  let book: AccountBook
  /// What is wrong with the file.
  private let notices: [String]

  var messages: [Message] { notices.map { .notice(Notice(.warning, $0)) } }

  /// A damaged file is set aside, so that signing in again cannot destroy it; later starts tell of it, too.
  init(_ paths: Paths) {
    let store = AccountStore(path: paths.accountsFile)
    do {
      let (accounts, wasExposed) = try store.load()
      let exposed = "\(store.path) could be read by others until now. It is closed; consider a new password."
      book = AccountBook(store: store, accounts: accounts)
      let aside = accounts.all.isEmpty && accounts.folder == nil ? Self.setAside(from: store.path) : nil
      notices = (wasExposed ? [exposed] : []) + (aside.map { [Self.sentence(on: $0, store.path)] } ?? [])
    } catch {
      book = AccountBook(store: store, accounts: Accounts())
      guard case .damaged(let path) = error, let aside = Self.freeName(beside: path), rename(path, aside) == 0 else {
        notices = [error.sentence]
        return
      }
      notices = [Self.sentence(on: aside, path)]
    }
  }

  private static func sentence(on aside: String, _ path: String) -> String {
    "\(path) is damaged, and is kept as \(aside). Mend it and name it \(path) again, or sign in anew and remove it."
  }

  private static func names(beside path: String) -> [String] {
    [path + ".damaged"] + (2...9).map { "\(path).damaged\($0)" }
  }

  /// None that was set aside before is written over.
  private static func freeName(beside path: String) -> String? {
    names(beside: path).first { access($0, F_OK) != 0 }
  }

  private static func setAside(from path: String) -> String? { names(beside: path).last { access($0, F_OK) == 0 } }
}

/// What else is read from files before the first frame.
struct Beginning {
  let settings: SettingsFile
  let theme: Theme
  let cacheCapacity: Int64
  private(set) var output = Arguments.OutputChoice.alsa(device: nil)
  private(set) var messages: [Message] = []

  init(paths: Paths) {
    var configuration = Configuration(path: paths.configurationFile)
    settings = SettingsFile(path: paths.settingsFile)
    let kept = settings.commands
    var notices: [String] = []
    let wanted = (kept + configuration.commands).lastTheme ?? "dark"
    do {
      theme = try ThemeFiles(paths).read(wanted)
    } catch {
      let isOfConfiguration = configuration.refuse(theme: wanted, error)
      let other = isOfConfiguration ? kept.lastTheme ?? "dark" : "dark"
      theme = (try? ThemeFiles(paths).read(other)) ?? .plain
      if !isOfConfiguration { notices.append(error.sentence) }
    }
    if let notice = configuration.notice { notices.append(notice) }
    // The listener's file has the last word. What cannot be worn was told.
    let isWorn = theme.name == wanted
    let commands = (kept + configuration.commands).filter { $0.themeName != wanted || isWorn }
    func value(_ name: String) -> String? { commands.value(of: name) }
    cacheCapacity = value("cache-size").flatMap(parseByteCount) ?? ChunkStore.defaultCap
    if let text = value("output") {
      do { output = try Arguments.OutputChoice(parsing: text) } catch { notices.append("set output: \(error.reason).") }
    }
    let known = ["cache-size", "output"].compactMap { name in value(name).map { (name, $0) } }
    // A screen has hands: there a digit may begin a number.
    let hands: [Command] = [.set(name: "count-wait", value: "250")]
    messages =
      [
        .settingsKnown(Dictionary(uniqueKeysWithValues: known)),
        .commandHistory(CommandHistory(path: paths.state + "/history").lines),
      ]
      + (hands + commands).filter { !$0.isTakenAtStart }.map { .configured($0) }
      + notices.map { .notice(Notice(.warning, $0)) }
  }
}

extension [Command] {
  /// What the last `set NAME VALUE` says.
  func value(of name: String) -> String? {
    reduce(nil) { last, command in
      if case .set(name, let value) = command { return value }
      return last
    }
  }

  fileprivate var lastTheme: String? { lazy.compactMap(\.themeName).last }
}

extension Command {
  /// Settings that are read before the loop begins, so that it need not hear of them.
  fileprivate var isTakenAtStart: Bool {
    if case .set(let name, _) = self { ["cache-size", "output"].contains(name) } else { false }
  }
}

extension TerminalError {
  var sentence: String {
    switch self {
    case .notATerminal:
      "There is no terminal to draw on. Use “dulcet --plain” for commands in lines, or “dulcet --headless” for none."
    case .unknownType(let name):
      name.isEmpty
        ? "TERM is not set. Say what terminal this is, as in “TERM=xterm dulcet”."
        : "The terminal type “\(name)” is not known here. Try “TERM=xterm dulcet”, or install ncurses-term."
    case .tooSimple(let name):
      "The terminal type “\(name)” cannot draw a screen. Use “dulcet --plain”, which needs only lines."
    }
  }
}

/// While the screen is drawn, what libraries print to standard error goes to the log, not over the screen.
func withErrorsIn(_ log: String, _ body: () -> Int32) -> Int32 {
  let kept = dup(2)
  let file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  if file >= 0 { dup2(file, 2) }
  defer {
    if kept >= 0 { dup2(kept, 2) }
    close(kept)
    close(file)
  }
  return body()
}
