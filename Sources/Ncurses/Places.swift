import CNcurses
import TUI

/// The words that lead to a place or move rows. Nearly all terminals have them in ECMA-48's form, which is made here:
/// terminfo(5) takes longer than all the rest of a frame.
struct Places {
  private let isANSI: Bool
  private let hasForward: Bool
  private let hasColumn: Bool
  private let hasErase: Bool
  private let region: Bool
  /// By many rows at once, and by one at the region's edge.
  private let hasScroll: (up: Bool, down: Bool)
  private let edge: (up: [UInt8], down: [UInt8])

  /// - Parameter erases: whether what is emptied takes the present background.
  init(isANSI: Bool, erases: Bool) {
    func has(_ name: String, _ form: String) -> Bool {
      Self.string(name) == Array(form.utf8)
    }
    self.isANSI = isANSI && has("cup", "\u{1B}[%i%p1%d;%p2%dH")
    hasForward = has("cuf", "\u{1B}[%p1%dC")
    hasColumn = has("hpa", "\u{1B}[%i%p1%dG")
    hasErase = erases && has("ech", "\u{1B}[%p1%dX")
    region = has("csr", "\u{1B}[%i%p1%d;%p2%dr")
    hasScroll = (has("indn", "\u{1B}[%p1%dS"), has("rin", "\u{1B}[%p1%dT"))
    let down = Self.string("ri")
    edge = (has("ind", "\n") ? [0x0A] : has("ind", "\u{1B}D") ? Array("\u{1B}D".utf8) : [], down)
  }

  func move(to place: Point) -> [UInt8] {
    guard isANSI else { return Self.word("cup", place.row, place.column) ?? [] }
    if place.row == 0, place.column == 0 { return Array("\u{1B}[H".utf8) }
    return controlWord("H", place.row + 1, place.column == 0 ? nil : place.column + 1)
  }

  func forward(_ columns: Int) -> [UInt8]? {
    if hasForward { return controlWord("C", columns == 1 ? nil : columns) }
    return isANSI ? nil : Self.word("cuf", columns)
  }

  func move(toColumn column: Int) -> [UInt8]? {
    if hasColumn { return controlWord("G", column + 1) }
    return isANSI ? nil : Self.word("hpa", column)
  }

  func erase(_ columns: Int) -> [UInt8]? { hasErase ? controlWord("X", columns) : nil }

  /// Sets the region, moves in it, and gives the whole screen back (ECMA-48, DECSTBM).
  func scroll(_ rows: Range<Int>, by count: Int) -> [UInt8]? {
    guard isANSI, region, rows.count > abs(count), count != 0 else { return nil }
    let set = "\u{1B}[\(rows.lowerBound + 1);\(rows.upperBound)r"
    let times = abs(count)
    let number = times == 1 ? "" : "\(times)"
    var move: [UInt8]
    if count > 0, hasScroll.up {
      move = Array("\u{1B}[\(number)S".utf8)
    } else if count < 0, hasScroll.down {
      move = Array("\u{1B}[\(number)T".utf8)
    } else {
      let word = count > 0 ? edge.up : edge.down
      guard !word.isEmpty else { return nil }
      move = self.move(to: Point(column: 0, row: count > 0 ? rows.upperBound - 1 : rows.lowerBound))
      for _ in 0..<times { move += word }
    }
    return Array(set.utf8) + move + Array("\u{1B}[r".utf8)
  }

  static func word(_ name: String, _ first: Int, _ second: Int = 0) -> [UInt8]? {
    guard let text = tigetstr(name), Int(bitPattern: text) != -1,
      let filled = dulcet_tparm(text, Int32(truncatingIfNeeded: first), Int32(truncatingIfNeeded: second))
    else { return nil }
    return TerminalFeatures.withoutPadding(filled)
  }

  private static func string(_ name: String) -> [UInt8] {
    guard let text = tigetstr(name), Int(bitPattern: text) != -1 else { return [] }
    return TerminalFeatures.withoutPadding(text)
  }
}

/// `ESC [ first ; second end`, made without text: there are some for every row that changes.
private func controlWord(_ end: Unicode.Scalar, _ first: Int?, _ second: Int? = nil) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(12)
  bytes.append(0x1B)
  bytes.append(UInt8(ascii: "["))
  if let first { appendDecimal(first, to: &bytes) }
  if let second {
    bytes.append(UInt8(ascii: ";"))
    appendDecimal(second, to: &bytes)
  }
  bytes.append(UInt8(ascii: end))
  return bytes
}

/// - Parameter number: a place on a terminal, never negative.
private func appendDecimal(_ number: Int, to bytes: inout [UInt8]) {
  if number >= 10 { appendDecimal(number / 10, to: &bytes) }
  bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
}
