import TUI
import Testing

@testable import Ncurses

@Suite("What terminals tell of the mouse")
struct MouseReaderTests {
  private func read(_ text: String, _ reader: inout MouseReader, at time: Duration = .zero) -> [Mouse] {
    text.unicodeScalars.compactMap { reader.add($0.value, at: time) }
  }

  private func numbers(_ text: String) -> [Mouse] {
    var reader = MouseReader()
    reader.beginNumbers()
    return read(text, &reader)
  }

  @Test("presses, drags, releases and the wheel, each at its place, whatever else is held down")
  func numbers() {
    let point = Point(column: 9, row: 4)
    #expect(numbers("0;10;5M") == [Mouse(.press, at: point)])
    #expect(numbers("16;10;5M") == [Mouse(.press, at: point)])
    #expect(numbers("2;10;5M") == [Mouse(.rightPress, at: point)])
    #expect(numbers("32;10;5M") == [Mouse(.drag, at: point)])
    #expect(numbers("0;10;5m") == [Mouse(.release, at: point)])
    #expect(numbers("64;10;5M") == [Mouse(.wheelUp, at: point)])
    #expect(numbers("65;10;5M") == [Mouse(.wheelDown, at: point)])
    #expect(numbers("1;10;5M") == [])
    #expect(numbers("2;10;5m") == [])
  }

  @Test("two presses at one place soon one after the other are a double press; a third is a single one")
  func double() {
    var reader = MouseReader()
    func press(at time: Int, column: Int = 3) -> Mouse.Action? {
      reader.beginNumbers()
      return read("0;\(column);1M", &reader, at: .milliseconds(time)).first?.action
    }
    #expect([press(at: 0), press(at: 300), press(at: 500), press(at: 1000)] == [.press, .doublePress, .press, .press])
    #expect(press(at: 1100, column: 4) == .press)
  }

  @Test("a report in pieces is one; bytes of the older form are read as well")
  func pieces() {
    var reader = MouseReader()
    reader.beginNumbers()
    #expect(read("0;1", &reader) == [])
    #expect(reader.isReading)
    #expect(read("2;3M", &reader) == [Mouse(.press, at: Point(column: 11, row: 2))])
    #expect(!reader.isReading)
    reader.beginBytes()
    #expect(read(" +%", &reader) == [Mouse(.press, at: Point(column: 10, row: 4))])
    reader.beginBytes()
    #expect(read("#+%", &reader) == [Mouse(.release, at: Point(column: 10, row: 4))])
  }

  @Test(
    "what is no report is swallowed and does not crash",
    arguments: ["M", ";;M", "0;0;0M", "0;1M", "1;2;3;4M", "99999999999999999999;1;1M", "x", "-1;2;3M", "0;5\u{1B}"])
  func nonsense(text: String) {
    var reader = MouseReader()
    reader.beginNumbers()
    #expect(read(text, &reader) == [])
    reader.giveUp()
    #expect(!reader.isReading)
  }
}
