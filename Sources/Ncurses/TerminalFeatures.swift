import CNcurses
import Glibc
import TUI

/// What this kind of terminal can be asked.
struct TerminalFeatures {
  /// The value of TERM.
  let type: String

  init() { type = getenv("TERM").map { String(cString: $0) } ?? "" }

  /// A type of terminal that none is open of; nil where terminfo has no such entry. From then on terminfo is read of it.
  init?(reading type: String) {
    var code: Int32 = 0
    guard setupterm(type, STDOUT_FILENO, &code) == OK else { return nil }
    self.type = type
  }

  /// Whether it at least ignores private modes and marks that it does not know: hardware terminals and the Linux
  /// console are spared them.
  var isModern: Bool { !type.hasPrefix("vt") && !type.hasPrefix("linux") && type != "dumb" && type != "ansi" }

  /// Everything that undoes what ncurses and we switch on: for a crash, when nobody can ask ncurses any more.
  var resetSequence: [UInt8] {
    var bytes: [UInt8] = []
    if isModern { bytes += Array("\u{1B}[?2026l\u{1B}[?2004l".utf8) }
    bytes += mouseOff
    bytes += wrapOn
    for capability in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] { bytes += sequence(capability) }
    return bytes + [0x0D, 0x0A]
  }

  /// Presses, releases, moves with a button down and the wheel, as numbers (xterm's ctlseqs: modes 1002 and 1006).
  var mouseOn: [UInt8] { isModern ? Array("\u{1B}[?1002h\u{1B}[?1006h".utf8) : [] }
  var mouseOff: [UInt8] { isModern ? Array("\u{1B}[?1006l\u{1B}[?1002l".utf8) : [] }

  /// While a glyph may be wider than we think, nothing must run on into the next row.
  var wrapOff: [UInt8] { isModern ? Array("\u{1B}[?7l".utf8) : sequence("rmam") }
  var wrapOn: [UInt8] { isModern ? Array("\u{1B}[?7h".utf8) : sequence("smam") }

  /// Whether a line feed reaches the terminal as one (termios(3): ONLCR would put a return before it). ncurses sees to that.
  var leavesLineFeeds: Bool {
    var modes = termios()
    return tcgetattr(STDOUT_FILENO, &modes) != 0 || modes.c_oflag & tcflag_t(OPOST) == 0
      || modes.c_oflag & tcflag_t(ONLCR) == 0
  }

  /// Whether colours may be said in ECMA-48's way, as nearly all terminals have it.
  var isANSI: Bool { sequence("cup").starts(with: Array("\u{1B}[".utf8)) }

  /// Terminfo's entries are older than many terminals: COLORTERM says what the terminal itself knows. NO_COLOR is the
  /// listener's wish (no-color.org).
  var colourDepth: ColourDepth {
    if let wish = variable("NO_COLOR"), !wish.isEmpty { return .none }
    let told = ColourDepth(colours: Int(tigetnum("colors")))
    guard isANSI else { return min(told, .eight) }
    return told >= .eight && ["truecolor", "24bit"].contains(variable("COLORTERM")) ? .direct : told
  }

  /// Whether ambiguous characters may be wide: terminals of East Asian locales can be set up so.
  var doubtsAmbiguous: Bool {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
    return ["ja", "ko", "zh"].contains(String(name.prefix(2)))
  }

  /// A string of terminfo without its padding (`$<5>`); empty where there is none.
  func sequence(_ name: String) -> [UInt8] {
    guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return [] }
    return Self.withoutPadding(text)
  }

  static func withoutPadding(_ text: UnsafePointer<CChar>) -> [UInt8] {
    let all = UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    guard all.contains(UInt8(ascii: "$")) else { return all }
    var bytes: [UInt8] = []
    var rest = all[...]
    while let byte = rest.first {
      if rest.starts(with: Array("$<".utf8)), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }
}

private func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
