import CNcurses
import Glibc

/// What this kind of terminal can be asked.
struct TerminalFeatures {
  /// The value of TERM.
  let type: String

  init() { type = getenv("TERM").map { String(cString: $0) } ?? "" }

  /// Whether it at least ignores private modes and marks that it does not know: hardware terminals and the Linux
  /// console are spared them.
  var isModern: Bool { !type.hasPrefix("vt") && !type.hasPrefix("linux") && type != "dumb" && type != "ansi" }

  /// Everything that undoes what ncurses and we switch on: for a crash, when nobody can ask ncurses any more.
  var resetSequence: [UInt8] {
    var bytes: [UInt8] = []
    if isModern { bytes += Array("\u{1B}[?2026l\u{1B}[?2004l".utf8) }
    for capability in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] { bytes += sequence(capability) }
    return bytes + [0x0D, 0x0A]
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
