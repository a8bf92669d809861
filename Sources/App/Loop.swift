import CLinux
import Core
import Glibc
import Music
import Ncurses
import Screens
import TUI
import Threading

/// The loop: drains every message that waits, draws one frame, sleeps.
///
/// Owns the state, the terminal and the control socket; lives on the process's first thread and blocks only in `poll`.
/// Without a terminal it is the headless player. It never reads a database, a socket of a server, or a sound device.
final class Loop {
  /// Owned here. It is large: as a variable it would be copied for each function that looks at it.
  private let memory = UnsafeMutablePointer<AppState>.allocate(capacity: 1)
  private let terminal: Terminal?
  private let console: Console?
  private let control: ControlServer?
  private let inbox: Inbox
  private let services: Services
  private var waitingClients: [ReplyToken: Int] = [:]
  private var nextToken = 1
  /// The theme as it was loaded, and what draws with it as this terminal can show it.
  private var worn: (theme: Theme, painter: Painter)?
  private var pacing: Pacing
  private var foresight = Foresight()
  private var isDone = false
  /// The listener's editor has the terminal.
  private var isTerminalLent = false
  private var editor: Editor?
  private var hasAskedTerminal = false

  init(
    state: AppState, terminal: Terminal?, console: Console? = nil, control: ControlServer?, inbox: Inbox,
    services: Services
  ) {
    memory.initialize(to: state)
    self.terminal = terminal
    self.console = console
    self.control = control
    self.inbox = inbox
    self.services = services
    pacing = Pacing(hasScreen: terminal != nil)
  }

  deinit {
    memory.deinitialize(count: 1)
    memory.deallocate()
  }

  private var state: AppState {
    _read { yield memory.pointee }
    _modify { yield &memory.pointee }
  }

  /// Whether the catalogue could not be read when it was last asked.
  var hasLibraryTrouble: Bool { state.libraryTrouble != nil }

  /// - Parameter first: what the configuration says, and what went wrong while starting.
  func run(_ first: [Message]) {
    dulcet_catch_quit(inbox.descriptor)
    dulcet_hold_resize()
    followSize()
    tellTime()
    for message in [services.accountsMessage] + first { receive(message) }
    awaitFirstRows()
    drawWhenDue()
    services.start()
    while !isDone {
      drawWhenDue()
      sleepUntilNews()
      if dulcet_quit_signal() != 0 { isDone = true }
    }
    editor?.end()
    tellMoment()
    receive(.ending)
  }

  /// The catalogue answers sooner than an empty frame is drawn: the first frame has its rows, or comes without them.
  private func awaitFirstRows() { awaitNews(atMost: .milliseconds(5)) { state.awaitsFirstRows } }

  /// What is beside a cursor that moved, or in a view that was opened, mostly comes sooner than a frame is drawn: one frame
  /// shows both, where there would be two.
  private func awaitNeighbours() { awaitNews(atMost: .milliseconds(1)) { state.awaitsNeighbours } }

  private func awaitNews(atMost time: Duration, while isAwaited: () -> Bool) {
    let deadline = monotonicNow() + time
    while terminal != nil, isAwaited(), case let left = deadline - monotonicNow(), left > .zero {
      var descriptor = pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, max(1, Int32(left / .milliseconds(1)))) > 0 else { return }
      takeNews()
    }
  }

  // MARK: News

  private func sleepUntilNews() {
    var descriptors = [pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0)]
    if let terminal {
      descriptors.append(pollfd(fd: isTerminalLent ? -1 : terminal.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let alarmPlace = descriptors.count
    descriptors.append(pollfd(fd: services.alarm.descriptor, events: Int16(POLLIN), revents: 0))
    let wantsLines = state.lineMode?.wantsLines == true
    if wantsLines, let console { descriptors.append(pollfd(fd: console.descriptor, events: Int16(POLLIN), revents: 0)) }
    let controlStart = descriptors.count
    descriptors += control?.descriptors ?? []
    let foreseen = keyToForesee
    let timeout = foreseen == nil ? pacing.timeout(isTicking: isTicking) : Foresight.rest
    let count = dulcet_poll(&descriptors, UInt(descriptors.count), timeout)
    if count == 0, let foreseen { return foresee(foreseen) }
    let wasInterrupted = count < 0
    if terminal != nil && (wasInterrupted || descriptors[1].revents != 0) { readTerminal(descriptors[1]) }
    tellTime()
    if wasInterrupted { return }
    if wantsLines, descriptors[controlStart - 1].revents != 0 { readLines() }
    if descriptors[alarmPlace].revents != 0 {
      for name in services.alarm.rung() {
        tellMoment()
        receive(.alarm(name))
      }
    }
    if descriptors[0].revents != 0 { takeNews() }
    if descriptors[controlStart...].contains(where: { $0.revents != 0 }) { serveShell() }
    tick()
  }

  private func takeNews() {
    for item in inbox.take() {
      switch item {
      case .message(let message): receive(message)
      case .task(let task): task(services)
      }
    }
  }

  private func readTerminal(_ descriptor: pollfd) {
    guard let terminal, !isTerminalLent else { return }
    let keys = terminal.readKeys()
    let wasForeseen = showForeseen(keys)
    services.leisure.touch()
    if wasForeseen { return }
    tellTime()
    tellMoment()
    let wasAwaiting = state.awaitsNeighbours
    for key in keys {
      receive(.key(key))
      foresight.note(key, movesCursor: state.hasMovedCursor)
    }
    if terminal.size != state.size { receive(.resized(terminal.size)) }
    if hasAskedTerminal { services.setPictures(on: terminal) }
    // What was asked before may be long.
    if !wasAwaiting { awaitNeighbours() }
    if terminal.isDamaged { pacing.isDirty = true }
    // The window was closed.
    if descriptor.revents & Int16(POLLHUP | POLLERR) != 0 { isDone = true }
    pacing.hurry()
  }

  private func readLines() {
    services.leisure.touch()
    tellMoment()
    for line in console?.readLines() ?? [] { receive(.line(line)) }
    if console?.isOver == true { receive(.linesEnded) }
  }

  private func serveShell() {
    services.leisure.touch()
    tellMoment()
    for request in control?.serve() ?? [] {
      do {
        let command = try Command(parsing: request.line)
        let token = ReplyToken(nextToken)
        nextToken += 1
        waitingClients[token] = request.client
        receive(.command(command, replyTo: token))
      } catch {
        control?.answer(request.client, ReplyLine(error: error.sentence).text)
      }
    }
  }

  private var isTicking: Ticking {
    if services.isPlaying { return .playing(services.position) }
    return state.wantsClock ? .clock : .none
  }

  /// Once a second of music: where it is now.
  private func tick() {
    guard pacing.isTickDue(isTicking: isTicking) else { return }
    if let status = services.playbackStatus(of: state.queue.current) { receive(.status(status)) }
  }

  private func tellTime() {
    let time = timeOfDay
    if time != state.now { receive(.clock(time), changesScreen: state.wantsClock) }
  }

  private var timeOfDay: Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(seconds: Int64(now.tv_sec))
  }

  /// What is asked now is about where the music is now, not where it was when last told.
  private func tellMoment() {
    guard let (entry, position) = services.moment else { return }
    receive(.moment(entry, position), changesScreen: false)
  }

  // MARK: Messages and effects

  private func receive(_ message: Message, changesScreen: Bool = true) {
    foresight.forget()
    if case .editedText = message { takeTerminalBack() }
    if changesScreen, !state.isQuiet(message) { pacing.isDirty = true }
    perform(update(&state, message))
    services.leisure.setMetered(state.modes.isMetered)
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .quit: isDone = true
      case .redraw: terminal?.redraw()
      case .mouse(let on): terminal?.setMouse(on)
      case .suspend: suspend()
      case .editText(let text, _): lendTerminal(to: text)
      case .say(let sentence): if console?.say(sentence) == false { isDone = true }
      case .askLine(let question, let hidden): console?.ask(question, hidden: hidden)
      case .reply(let token, let reply): answer(token, reply)
      case .player:
        services.perform(effect)
        pacing.expectChange()
      case .alarm(.panel, _):
        // A cover may be asked for when it rings; until then the terminal has told what it can.
        askTerminal()
        services.perform(effect)
      default: services.perform(effect)
      }
    }
  }

  private func answer(_ token: ReplyToken, _ reply: Reply) {
    guard let client = waitingClients.removeValue(forKey: token) else { return }
    control?.answer(client, ReplyLine(reply).text)
  }

  /// Stops the whole job as ^Z does, and comes back whole.
  private func suspend() {
    guard let terminal else { return }
    terminal.suspend()
    kill(0, SIGTSTP)
    terminal.resume()
    followSize()
    pacing.isDirty = true
  }

  /// Once, when the first cover is near: what the terminal can, and how tmux is set up.
  private func askTerminal() {
    guard let terminal, !hasAskedTerminal else { return }
    hasAskedTerminal = true
    services.setPictures(on: terminal)
    terminal.askAttributes()
    services.askTmux()
  }

  // MARK: The next frame, before its key

  /// nil also while something is due or awaited that would make it void.
  private var keyToForesee: Key? {
    guard !pacing.isDirty, !isTerminalLent, !state.awaitsNeighbours else { return nil }
    return foresight.keyWanted()
  }

  private func foresee(_ key: Key) {
    guard let terminal, let worn else { return foresight.giveUp() }
    var next = state
    let effects = update(&next, .key(key))
    guard next.hasMovedCursor else { return foresight.giveUp() }
    var painter = worn.painter
    let frame = terminal.prepare(painter.draw(next))
    foresight.take(Foresight.Next(key: key, state: next, effects: effects, painter: painter, frame: frame))
  }

  /// - Returns: whether the key is done with.
  private func showForeseen(_ keys: [Key]) -> Bool {
    guard let terminal, let next = foresight.next, keys == [next.key], terminal.size == state.size,
      terminal.show(next.frame)
    else { return false }
    // Told of another time it may do more: then it is handled as any key, and what it moves is on the screen already.
    guard timeOfDay == state.now else { return false }
    foresight.forget()
    foresight.note(next.key, movesCursor: true)
    state = next.state
    worn?.painter = next.painter
    pacing.answered()
    perform(next.effects)
    return true
  }

  // MARK: The editor

  /// The listener's editor gets the text and the terminal; the loop goes on without one.
  private func lendTerminal(to text: String) {
    guard let terminal, !isTerminalLent else {
      return receive(.editedText(nil, problem: "An editor needs a terminal."))
    }
    do throws(FileError) {
      let editor = try Editor(text, directory: services.paths.state)
      isTerminalLent = true
      self.editor = editor
      terminal.suspend()
      // ^C is the editor's.
      signal(SIGINT, SIG_IGN)
      let inbox = inbox
      editor.start { outcome in
        switch outcome {
        case .text(let text): inbox.post(.editedText(text, problem: nil))
        case .failed(let problem): inbox.post(.editedText(nil, problem: problem))
        }
      }
    } catch {
      receive(.editedText(nil, problem: error.sentence))
    }
  }

  private func takeTerminalBack() {
    guard isTerminalLent, let terminal else { return }
    isTerminalLent = false
    editor = nil
    dulcet_catch_quit(inbox.descriptor)
    terminal.resume()
    followSize()
    pacing.isDirty = true
  }

  /// The window may have changed while nobody was told.
  private func followSize() {
    guard let terminal else { return }
    terminal.followSize()
    if terminal.size != state.size { receive(.resized(terminal.size)) }
  }

  // MARK: Frames

  private func drawWhenDue() {
    // Asked first, also without a screen: a frame that stays due keeps `poll` from sleeping.
    guard pacing.isFrameDue(), let terminal, !isTerminalLent else { return }
    if worn?.theme != state.theme {
      let adapted = state.theme.adapted(to: terminal.colourDepth, isASCII: !terminal.isUTF8)
      worn = (state.theme, Painter(adapted))
    }
    terminal.draw(worn!.painter.draw(state))
  }
}
