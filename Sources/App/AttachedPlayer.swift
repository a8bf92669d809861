import CLinux
import Core
import Glibc
import Music
import Ncurses
import Screens
import TUI
import Threading

/// dulcet runs already on this data: becomes its remote control, or says how it is steered.
func join(_ first: PlayerLock.Holder?, hasScreen: Bool, _ paths: Paths) -> Int32 {
  guard let first, hasScreen else {
    let who = first.map { " (process \($0.process))" } ?? ""
    complain("dulcet runs already\(who). Steer it with “dulcet play”, “dulcet next”… or “dulcet quit” it first.")
    return 1
  }
  do {
    let terminal = try Terminal()
    let code = withErrorsIn("/dev/null") { AttachedPlayer(first, terminal, paths).run() }
    terminal.close()
    if code != 0 { complain("the player that this was the remote control of has ended.") }
    return code
  } catch {
    complain("dulcet runs already (process \(first.process)). \(error.sentence)")
    return 1
  }
}

/// The remote control of a player that has the data: shows what it tells, and hands it what is asked.
///
/// Lives on the process's first thread; a thread of its own talks to the player. It opens no database, no sound and no
/// network, and wakes once a second.
final class AttachedPlayer {
  private let first: PlayerLock.Holder
  private let terminal: Terminal
  private var theme: Theme
  private let themes: ThemeFiles
  private let line = SerialThread("control", stackSize: 1024 * 1024)
  private let link: AttachedLink
  private let news = Monitor<[AttachedLink.News]>([])
  private let wake = Wake()
  private var state: AppState
  private var isDone = false

  init(_ first: PlayerLock.Holder, _ terminal: Terminal, _ paths: Paths) {
    self.first = first
    self.terminal = terminal
    link = AttachedLink(path: first.controlSocket)
    let start = Beginning(paths: paths)
    theme = start.theme.adapted(to: terminal.colourDepth, isASCII: !terminal.isUTF8)
    themes = ThemeFiles(paths)
    state = AppState(size: terminal.size, theme: start.theme)
    // Its own keys are the listener's, too.
    for case .configured(let command) in start.messages where command.isOfHands {
      perform(update(&state, .configured(command)))
    }
    tellTime()
    perform(update(&state, .themesFound(themes.names)))
    state.attach(to: first.process)
  }

  /// - Returns: the exit code: 0 where the listener left.
  func run() -> Int32 {
    dulcet_catch_quit(wake.descriptor)
    dulcet_hold_resize()
    ask()
    while !isDone {
      terminal.draw(draw(state, theme: theme, size: state.size))
      sleepUntilNews()
      if dulcet_quit_signal() != 0 { isDone = true }
    }
    return link.isBroken ? 1 : 0
  }

  private func sleepUntilNews() {
    var descriptors = [terminal.descriptor, wake.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let count = dulcet_poll(&descriptors, UInt(descriptors.count), 1000)
    tellTime()
    if count < 0 || descriptors[0].revents != 0 { readTerminal(descriptors[0]) }
    wake.clear()
    let heard = news.withLock { news in
      defer { news = [] }
      return news
    }
    for item in heard { take(item) }
    if count == 0 { ask() }
  }

  private func readTerminal(_ descriptor: pollfd) {
    for key in terminal.readKeys() {
      let before = state.theme
      perform(update(&state, .key(key)))
      // A theme that was tried on goes with the prompt.
      if state.theme != before { theme = state.theme.adapted(to: terminal.colourDepth, isASCII: !terminal.isUTF8) }
    }
    if terminal.size != state.size { perform(update(&state, .resized(terminal.size))) }
    if descriptor.revents & Int16(POLLHUP | POLLERR) != 0 { isDone = true }
  }

  private func tellTime() {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    perform(update(&state, .clock(Timestamp(seconds: Int64(now.tv_sec)))))
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .forward(let command): ask(command)
      case .redraw: terminal.redraw()
      case .mouse(let on): terminal.setMouse(on)
      case .suspend:
        terminal.suspend()
        kill(0, SIGTSTP)
        terminal.resume()
      case .loadTheme(let name, _): wear(name)
      case .previewTheme(let name): if let theme = try? themes.read(name) { dress(.themePreview(theme)) }
      case .readThemes: dress(.themesRead(themes.all(for: terminal.colourDepth, isASCII: !terminal.isUTF8)))
      case .quit: isDone = true
      default: break
      }
    }
  }

  /// For this screen and this run: the settings are the other player's.
  private func wear(_ name: String) {
    do throws(ThemeProblem) {
      dress(.theme(try themes.read(name)))
    } catch {
      perform(update(&state, .notice(Notice(.error, error.sentence))))
    }
  }

  private func dress(_ message: Message) {
    perform(update(&state, message))
    theme = state.theme.adapted(to: terminal.colourDepth, isASCII: !terminal.isUTF8)
  }

  private func take(_ item: AttachedLink.News) {
    switch item {
    case .mirror(let mirror): state.take(mirror)
    case .notice(let notice): perform(update(&state, .notice(notice)))
    case .ended: isDone = true
    }
  }

  /// Hands a command over, then asks how things stand.
  private func ask(_ command: Command? = nil) {
    line.async { [link, news, wake] in
      let heard = link.ask(command)
      news.update { $0 += heard }
      wake.ring()
    }
  }
}

extension Command {
  /// Which keys there are, and whether the mouse is listened to.
  fileprivate var isOfHands: Bool {
    switch self {
    case .bind, .unbind: true
    case .set(let name, _): ["keymap", "mouse"].contains(name)
    default: false
    }
  }
}
