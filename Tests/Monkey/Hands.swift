import Core
import Fixtures
import TUI

/// What a monkey does to a keyboard: everything that the key reader can make of a terminal's bytes.
struct Hands {
  func key(_ chance: inout Chance) -> Key {
    switch Int.random(in: 0..<100, using: &chance) {
    case 0..<45: return .character(Character(Unicode.Scalar(UInt32.random(in: 0x21...0x7E, using: &chance))!))
    case 45..<80: return .named(chance.pick(Key.Name.allCases))
    case 80..<86: return .character(chance.pick(Array("夜éшלم👩‍👧🇫🇷\u{301}ﬁ�ß")))
    case 86..<91: return .control(chance.pick(Array("abcdefghijklmnopqrstuvwxyz")))
    case 91..<93: return .mouse(mouse(&chance))
    case 93..<96: return .alt(chance.pick(Array("abcxyz./<>:1 ")))
    default: return .paste(paste(&chance))
    }
  }

  /// Also outside of a window that has become smaller since.
  private func mouse(_ chance: inout Chance) -> Mouse {
    let action = chance.pick([Mouse.Action.press, .doublePress, .drag, .release, .rightPress, .wheelUp, .wheelDown])
    let reach = chance.once(in: 10) ? 320 : 100
    return Mouse(
      action,
      at: Point(column: Int.random(in: 0...reach, using: &chance), row: Int.random(in: 0...reach / 3, using: &chance)))
  }

  private func paste(_ chance: inout Chance) -> String {
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: return ":quit\nq\r\u{1B}[2J"
    case 1: return chance.pick(Command.names) + " " + chance.pick(TortureLibrary.titles).title
    case 2: return String(repeating: "夜", count: Int.random(in: 0...3000, using: &chance))
    case 3: return ""
    default: return String(chance.pick(TortureLibrary.titles).title.prefix(200))
    }
  }

  /// From one cell to more than anybody has.
  func size(_ chance: inout Chance) -> Size {
    let usual = [(120, 40), (100, 28), (80, 24), (56, 16), (40, 10), (39, 10), (40, 9), (1, 1), (300, 100)]
    if chance.once(in: 2) {
      let (columns, rows) = chance.pick(usual)
      return Size(columns: columns, rows: rows)
    }
    let isLarge = chance.once(in: 8)
    return Size(
      columns: Int.random(in: 1...(isLarge ? 300 : 130), using: &chance),
      rows: Int.random(in: 1...(isLarge ? 100 : 40), using: &chance))
  }
}
