import TUI

/// Puts together what a terminal reports of the mouse: `CSI < b ; x ; y M` (SGR, mode 1006) or the older `CSI M b x y`
/// (xterm's ctlseqs, “Mouse Tracking”). A report may come in pieces; what is none ends it and is swallowed.
struct MouseReader {
  private enum Form { case numbers, bytes }

  /// The form and what has come so far of the report that is under way.
  private var report: (form: Form, text: [UInt32])?
  private var lastPress: (point: Point, at: Duration)?
  /// Two presses within this are one double press.
  static let doubleTime = Duration.milliseconds(400)
  private static let longest = 24

  var isReading: Bool { report != nil }

  mutating func beginNumbers() { report = (.numbers, []) }
  mutating func beginBytes() { report = (.bytes, []) }
  mutating func giveUp() { report = nil }

  /// - Parameter now: by a clock that only goes forward.
  mutating func add(_ value: UInt32, at now: Duration) -> Mouse? {
    guard let form = report?.form, var text = report?.text else { return nil }
    if form == .numbers, value == 0x4D || value == 0x6D {
      report = nil
      return event(text, isRelease: value == 0x6D, at: now)
    }
    text.append(value)
    let isNumber = (0x30...0x39).contains(value) || value == 0x3B
    report = form == .numbers && (!isNumber || text.count > Self.longest) ? nil : (form, text)
    guard form == .bytes, text.count == 3 else { return nil }
    report = nil
    guard text.allSatisfy({ $0 >= 32 }) else { return nil }
    let button = Int(text[0]) - 32
    let point = Point(column: Int(text[1]) - 33, row: Int(text[2]) - 33)
    return event(button: button, point, isRelease: button & 3 == 3 && button < 64, at: now)
  }

  private mutating func event(_ text: [UInt32], isRelease: Bool, at now: Duration) -> Mouse? {
    let fields = text.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
      digits.count > 5 ? -1 : digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    guard fields.count == 3 else { return nil }
    return event(
      button: fields[0], Point(column: fields[1] - 1, row: fields[2] - 1), isRelease: isRelease, at: now)
  }

  private mutating func event(button: Int, _ point: Point, isRelease: Bool, at now: Duration) -> Mouse? {
    guard point.column >= 0, point.row >= 0, button >= 0 else { return nil }
    // Shift, meta and control make no difference.
    let kind = button & ~0b1_1100
    if isRelease { return kind == 2 || kind == 1 ? nil : Mouse(.release, at: point) }
    switch kind {
    case 0: return Mouse(isSecondPress(at: point, now) ? .doublePress : .press, at: point)
    case 2: return Mouse(.rightPress, at: point)
    case 32: return Mouse(.drag, at: point)
    case 64: return Mouse(.wheelUp, at: point)
    case 65: return Mouse(.wheelDown, at: point)
    default: return nil
    }
  }

  private mutating func isSecondPress(at point: Point, _ now: Duration) -> Bool {
    if let last = lastPress, last.point == point, now - last.at <= Self.doubleTime {
      lastPress = nil
      return true
    }
    lastPress = (point, now)
    return false
  }
}
