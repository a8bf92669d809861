import CLinux
import CNcurses
import Glibc
package import TUI

/// Why there is no terminal to draw on.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// TERM is unset or terminfo has no such entry.
  case unknownType(String)
  /// It cannot move its cursor (`dumb`): nothing can be drawn on it.
  case tooSimple(String)
}

/// A frame that is ready to be sent, on top of what the screen showed when it was prepared.
package struct PreparedFrame {
  fileprivate let bytes: [UInt8]
  fileprivate let writer: ScreenWriter
  fileprivate let writings: Int
}

/// The terminal: keys in, canvas out. Restores what it found, however the program ends.
///
/// It never decides what a key means, and never blocks in reading. There is one at a time; it lives on the loop's thread.
package final class Terminal {
  /// For `poll`: readable when keys wait. A resize interrupts `poll` (SIGWINCH must not be blocked on this thread).
  package let descriptor = STDIN_FILENO
  /// What a theme has to be adapted to.
  package let colourDepth: ColourDepth
  /// Whether the locale's characters are those of Unicode: else a theme draws its signs in ASCII.
  package let isUTF8: Bool

  private let features: TerminalFeatures
  private let screen: OpaquePointer
  private let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read through it: ncurses draws nothing for a pad.
  private let pad: UnsafeMutablePointer<WINDOW>
  private var keys = KeyReader()
  private var writer: ScreenWriter
  /// Counts what changed the screen, or what is known of it.
  private var writings = 0
  private var isOpen = true
  /// Whether the terminal tells of the mouse.
  private var reportsMouse = true

  package init() throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, dulcet_save_terminal(STDOUT_FILENO) == 0 else { throw .notATerminal }
    isUTF8 = useUTF8()
    features = TerminalFeatures()
    if let problem = Terminal.problem(ofType: features.type) { throw problem }
    guard let screen = dulcet_newterm() else { throw .unknownType(features.type) }
    self.screen = screen
    window = dulcet_stdscr()
    pad = newpad(1, 1)
    let reset = features.resetSequence
    reset.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { dulcet_guard_terminal($0.baseAddress, Int32($0.count)) }
    }
    colourDepth = features.colourDepth
    writer = ScreenWriter(language: TerminfoLanguage(depth: colourDepth, features: features))
    enterModes()
    takeScreen()
    KeyReader.defineSequences()
  }

  deinit { close() }

  /// What keeps us from drawing on terminals of this type; nil when nothing does. Not while one is open.
  package static func problem(ofType type: String) -> TerminalError? {
    var code: Int32 = 0
    guard !type.isEmpty, setupterm(type, STDOUT_FILENO, &code) == OK else { return .unknownType(type) }
    defer { dulcet_forget_type() }
    let hasCursor = tigetstr("cup").map { Int(bitPattern: $0) != -1 } ?? false
    return hasCursor ? nil : .tooSimple(type)
  }

  package var size: Size { Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window))) }

  /// All keys that wait, without blocking. After a resize `size` is another: compare it after each call.
  package func readKeys() -> [Key] {
    followSize()
    let read = keys.read(from: pad)
    // Terminals move and cut what they show.
    if keys.sawResize { redraw() }
    return read
  }

  /// Takes the size that the terminal has now, of which no signal may have told: one that comes between the question for the
  /// size and the first wish to be told is lost, and so is each where another program controls the terminal.
  package func followSize() {
    guard isOpen, let told = toldSize, told.ws_row != size.rows || told.ws_col != size.columns else { return }
    // Puts KEY_RESIZE among the keys (resizeterm(3ncurses)).
    resizeterm(Int32(told.ws_row), Int32(told.ws_col))
  }

  /// nil where the terminal does not tell (tty_ioctl(4)).
  private var toldSize: winsize? {
    var told = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &told) == 0, told.ws_col > 0, told.ws_row > 0 else { return nil }
    return told
  }

  /// Asks what the terminal can (DA1); the answer comes among the keys, and `attributes` then has it. Nothing waits for it:
  /// some terminals never answer. Not before the first frame.
  package func askAttributes() {
    if isOpen, features.isModern { send(Array("\u{1B}[c".utf8)) }
  }

  /// What it answered: 4 means sixel graphics. nil as long as it has not.
  package var attributes: Set<Int>? { keys.attributes }

  /// The size of a cell in pixels; 0 × 0 where the terminal does not tell.
  package var cellPixels: (width: Int, height: Int) {
    guard let told = toldSize else { return (0, 0) }
    return (Int(told.ws_xpixel / told.ws_col), Int(told.ws_ypixel / told.ws_row))
  }

  /// Whether the last `readKeys` found that the screen has to be drawn anew.
  package var isDamaged: Bool { keys.sawResize }

  /// Shows a canvas; only what differs from what is shown goes out, at once: in one write, and where that is long
  /// enough to be seen half done, between marks that ask the terminal to wait for the end.
  package func draw(_ canvas: Canvas) {
    guard isOpen else { return }
    writings &+= 1
    let bytes = writer.bytes(showing: canvas)
    send(marked(bytes, by: writer))
  }

  /// What `draw` would send: `show` sends it, as long as nothing else has been drawn meanwhile.
  package func prepare(_ canvas: Canvas) -> PreparedFrame {
    var ahead = writer
    let bytes = ahead.bytes(showing: canvas)
    return PreparedFrame(bytes: marked(bytes, by: ahead), writer: ahead, writings: writings)
  }

  /// - Returns: false when the screen is not any more what it was when the frame was prepared; nothing is sent then.
  package func show(_ frame: PreparedFrame) -> Bool {
    guard isOpen, frame.writings == writings else { return false }
    send(frame.bytes)
    writer = frame.writer
    writings &+= 1
    return true
  }

  private func marked(_ bytes: [UInt8], by writer: ScreenWriter) -> [UInt8] {
    let isMarked = features.isModern && (bytes.count > Self.seenHalfDone || writer.hasScrolled)
    return isMarked && !bytes.isEmpty ? Self.begin + bytes + Self.end : bytes
  }

  private static let seenHalfDone = 512
  private static let begin = Array("\u{1B}[?2026h".utf8)
  private static let end = Array("\u{1B}[?2026l".utf8)

  /// Forgets what is on the screen, so that the next `draw` paints all of it.
  package func redraw() {
    writings &+= 1
    writer.forget()
  }

  /// Whether the terminal tells of the mouse; at first it does. Without that it selects and copies by itself.
  package func setMouse(_ on: Bool) {
    guard isOpen, on != reportsMouse else { return }
    reportsMouse = on
    send(on ? features.mouseOn : features.mouseOff)
  }

  /// Gives the terminal back, for ^Z or for a child program.
  package func suspend() {
    guard isOpen else { return }
    leaveModes()
    endwin()
  }

  /// Takes it again; the next `draw` paints all of it.
  package func resume() {
    guard isOpen else { return }
    reset_prog_mode()
    enterModes()
    takeScreen()
    redraw()
  }

  /// Gives the terminal back for good.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leaveModes()
    endwin()
    dulcet_release_terminal()
    delscreen(screen)
  }

  private func enterModes() {
    raw()
    noecho()
    nonl()
    keypad(window, true)
    keypad(pad, true)
    nodelay(pad, true)
    meta(window, true)
    set_escdelay(25)
  }

  /// The only frame that ncurses draws: an empty one, with which it enters the screen.
  private func takeScreen() {
    clearok(window, true)
    wnoutrefresh(window)
    doupdate()
    send(features.wrapOff)
    if features.isModern { send(Array("\u{1B}[?2004h".utf8)) }
    if reportsMouse { send(features.mouseOn) }
  }

  private func leaveModes() {
    send(features.sequence("sgr0") + features.wrapOn)
    if features.isModern { send(Array("\u{1B}[?2004l".utf8)) }
    send(features.mouseOff)
    // Not by curs_set(3ncurses): it knows nothing of what we sent, and says nothing where it thinks the cursor is shown.
    send(features.sequence("cnorm"))
  }

  /// Past ncurses' own buffer, which is empty: it draws nothing any more.
  private func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}

/// ncurses reads keys beyond ASCII only in a UTF-8 locale; C.UTF-8 is always there.
/// Returns whether the locale was one already.
private func useUTF8() -> Bool {
  setlocale(LC_CTYPE, "")
  if String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" { return true }
  setlocale(LC_CTYPE, "C.UTF-8")
  return false
}
