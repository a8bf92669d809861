import CNcurses
import Glibc
import TUI

/// Turns what ncurses reads into keys.
struct KeyReader {
  private static let pasteBegins: Int32 = 0x500
  private static let pasteEnds: Int32 = 0x501
  private static let mouseNumbers: Int32 = 0x502
  private static let mouseBytes: Int32 = 0x503
  /// A paste whose end never comes must not swallow the keyboard.
  private static let longestPaste = 65_536

  /// The text of a paste that is under way.
  private var paste: String?
  private var mouse = MouseReader()
  /// The terminal has another size, or had for a moment.
  private(set) var sawResize = false

  /// What the terminal answered to the question for its primary attributes (ECMA-48 DA, xterm's ctlseqs); nil before.
  private(set) var attributes: Set<Int>?

  /// Forms that terminals send though their terminfo entry does not say so.
  static func defineSequences() {
    define_key("\u{1B}[200~", pasteBegins)
    define_key("\u{1B}[201~", pasteEnds)
    // In place of what ncurses would make of them.
    define_key("\u{1B}[<", mouseNumbers)
    define_key("\u{1B}[M", mouseBytes)
    for (sequence, key) in extraSequences { define_key("\u{1B}" + sequence, key) }
  }

  private static let extraSequences: [(String, Int32)] = [
    ("[A", KEY_UP), ("[B", KEY_DOWN), ("[C", KEY_RIGHT), ("[D", KEY_LEFT),
    ("OA", KEY_UP), ("OB", KEY_DOWN), ("OC", KEY_RIGHT), ("OD", KEY_LEFT),
    ("[H", KEY_HOME), ("[F", KEY_END), ("[1~", KEY_HOME), ("[4~", KEY_END), ("OH", KEY_HOME), ("OF", KEY_END),
    ("[2~", KEY_IC), ("[3~", KEY_DC), ("[5~", KEY_PPAGE), ("[6~", KEY_NPAGE), ("[Z", KEY_BTAB),
    ("[1;2A", KEY_SR), ("[1;2B", KEY_SF), ("[1;2C", KEY_SRIGHT), ("[1;2D", KEY_SLEFT),
  ]

  /// Everything that waits.
  mutating func read(from window: UnsafeMutablePointer<WINDOW>) -> [Key] {
    var keys: [Key] = []
    sawResize = false
    while let input = next(window) {
      if case .code(KEY_RESIZE) = input {
        sawResize = true
        continue
      }
      if paste != nil {
        if let key = addToPaste(input) { keys.append(key) }
        continue
      }
      if mouse.isReading, case .character(let value) = input {
        if let event = mouse.add(value, at: now()) { keys.append(.mouse(event)) }
        continue
      }
      mouse.giveUp()
      switch input {
      case .code(KeyReader.pasteBegins): paste = ""
      case .code(KeyReader.mouseNumbers): mouse.beginNumbers()
      case .code(KeyReader.mouseBytes): mouse.beginBytes()
      case .code(let code): if let key = key(code) { keys.append(key) }
      case .character(0x1B): if let key = afterEscape(window) { keys.append(key) }
      case .character(let value): if let key = key(character: value) { keys.append(key) }
      }
    }
    return keys
  }

  private enum Input {
    case code(Int32)
    case character(UInt32)
  }

  private func next(_ window: UnsafeMutablePointer<WINDOW>) -> Input? {
    var value = wint_t(0)
    switch wget_wch(window, &value) {
    case KEY_CODE_YES: return .code(Int32(bitPattern: value))
    case OK: return .character(value)
    default: return nil
    }
  }

  private mutating func addToPaste(_ input: Input) -> Key? {
    switch input {
    case .code(KeyReader.pasteEnds): return endPaste()
    case .code: return nil
    case .character(let value):
      if let scalar = Unicode.Scalar(value) { paste!.unicodeScalars.append(scalar) }
      return paste!.utf8.count >= KeyReader.longestPaste ? endPaste() : nil
    }
  }

  private mutating func endPaste() -> Key {
    defer { paste = nil }
    return .paste(paste ?? "")
  }

  /// A lone escape, a key with alt, or a sequence that nobody knows, which is swallowed whole.
  private mutating func afterEscape(_ window: UnsafeMutablePointer<WINDOW>) -> Key? {
    guard let input = next(window) else { return .named(.escape) }
    guard case .character(let value) = input else {
      if case .code(let code) = input { return key(code) }
      return nil
    }
    if value == 0x1B { return .named(.escape) }
    if value == 0x5B || value == 0x4F, let first = next(window) {  // CSI, SS3
      var last = first
      var parameters = ""
      while case .character(let byte) = last, !(0x40...0x7E).contains(byte), let more = next(window) {
        if let scalar = Unicode.Scalar(byte), parameters.utf8.count < 256 { parameters.unicodeScalars.append(scalar) }
        last = more
      }
      if value == 0x5B, case .character(0x63) = last, parameters.first == "?" {
        attributes = Set(parameters.dropFirst().split(separator: ";").compactMap { Int($0) })
      }
      return nil
    }
    guard let scalar = Unicode.Scalar(value), value >= 0x20, value != 0x7F else { return nil }
    return .alt(Character(scalar))
  }

  private func key(character value: UInt32) -> Key? {
    switch value {
    case 0x09: return .named(.tab)
    case 0x0A, 0x0D: return .named(.enter)
    case 0x08, 0x7F: return .named(.backspace)
    case 0x20: return .named(.space)
    case 1...26: return .control(Character(Unicode.Scalar(value + 0x60)!))
    case 0..<0x20: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  private func key(_ code: Int32) -> Key? {
    if let name = KeyReader.names[code] { return .named(name) }
    for number in 1...12 where code == dulcet_key_f(Int32(number)) {
      return Key.Name(rawValue: "f\(number)").map { .named($0) }
    }
    return nil
  }

  private static let names: [Int32: Key.Name] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_DC: .delete, KEY_IC: .insert, KEY_BACKSPACE: .backspace,
    KEY_ENTER: .enter, KEY_BTAB: .backtab, KEY_SR: .shiftUp, KEY_SF: .shiftDown, KEY_SLEFT: .shiftLeft,
    KEY_SRIGHT: .shiftRight,
  ]
}

/// By a clock that only goes forward.
private func now() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
