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
    return Array((place.column == 0 ? "\u{1B}[\(place.row + 1)H" : "\u{1B}[\(place.row + 1);\(place.column + 1)H").utf8)
  }

  func forward(_ columns: Int) -> [UInt8]? {
    if hasForward { return Array((columns == 1 ? "\u{1B}[C" : "\u{1B}[\(columns)C").utf8) }
    return isANSI ? nil : Self.word("cuf", columns)
  }

  func move(toColumn column: Int) -> [UInt8]? {
    if hasColumn { return Array("\u{1B}[\(column + 1)G".utf8) }
    return isANSI ? nil : Self.word("hpa", column)
  }

  func erase(_ columns: Int) -> [UInt8]? { hasErase ? Array("\u{1B}[\(columns)X".utf8) : nil }

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
