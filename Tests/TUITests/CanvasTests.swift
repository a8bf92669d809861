import Testing

@testable import TUI

@Suite("Canvas")
struct CanvasTests {
  private func blank(_ columns: Int, _ rows: Int) -> Canvas { Canvas(size: Size(columns: columns, rows: rows)) }

  @Test("text is cut at the end of the row and never wraps")
  func cut() {
    var canvas = blank(6, 2)
    #expect(canvas.write("abcdefgh", at: 2, 0, style: .plain) == 4)
    #expect(canvas.lines == ["  abc…", ""])
  }

  @Test("writing outside the canvas does nothing")
  func outside() {
    var canvas = blank(4, 2)
    for (column, row) in [(-1, 0), (4, 0), (0, -1), (0, 2), (99, 99)] {
      #expect(canvas.write("x", at: column, row, style: .plain) == 0)
    }
    canvas.fill(Rect(column: -3, row: -3, columns: 99, rows: 2), style: .plain, with: "#")
    canvas.fill(Rect(column: 9, row: 9, columns: 2, rows: 2), style: .plain, with: "#")
    #expect(canvas.lines == ["", ""])
  }

  @Test("a wide character that is half covered goes wholly", arguments: [(0, "x "), (1, " x")])
  func halves(column: Int, expected: String) {
    var canvas = blank(4, 1)
    canvas.write("夜b", at: 0, 0, style: .plain)
    canvas.write("x", at: column, 0, style: .plain)
    #expect(canvas.lines == [expected + "b"])
  }

  @Test("a wide character does not stand half in the last column")
  func lastColumn() {
    var canvas = blank(3, 1)
    canvas.write("a夜の", at: 0, 0, style: .plain)
    #expect(canvas.lines == ["a…"])
    var exact = blank(3, 1)
    exact.write("a夜", at: 0, 0, style: .plain)
    #expect(exact.lines == ["a夜"])
  }

  @Test("every row always adds up to the canvas's width")
  func widths() {
    var canvas = blank(20, 1)
    for (column, text) in [(0, "夜の音楽"), (3, "שלום"), (7, "👨‍👩‍👧x"), (18, "한글"), (1, "e\u{301}")] {
      canvas.write(text, at: column, 0, style: .plain)
      #expect(canvas.row(0).reduce(0) { $0 + $1.width } == 20)
    }
  }

  private func endsOfDirection(_ canvas: Canvas) -> [Int] {
    canvas.row(0).enumerated().filter { $0.element.endsRightToLeft }.map(\.offset)
  }

  @Test(
    "text with right-to-left letters ends its direction where it ends itself, after brackets and whatever stands there",
    arguments: [
      ("שלום", 3), ("שלום!", 4), ("(שלום)", 5), ("שלום  ", 3), ("abc שלום 12", 10), ("שלום夜", 4),
      ("(ערב טוב) שלום", 11),
    ])
  func direction(text: String, end: Int) {
    var canvas = blank(20, 1)
    canvas.write(text, at: 1, 0, columns: 12, style: .plain)
    canvas.write("3:50", at: 15, 0, style: .plain)
    #expect(endsOfDirection(canvas) == [end + 1])
  }

  @Test("texts written one after another each end their own direction, and are cut as one")
  func directions() {
    let texts = ["שלום (א)", " · ", "ערב", " · ", "1999"]
    var canvas = blank(24, 1)
    #expect(canvas.write(texts, at: 1, 0, style: .plain) == 21)
    #expect(canvas.lines == [" שלום (א) · ערב · 1999"])
    #expect(endsOfDirection(canvas) == [8, 14])
    let ends: [(room: Int, ends: [Int])] = [
      (1, []), (4, [4]), (8, [8]), (9, [8]), (11, [8]), (12, [8]), (13, [8, 13]), (14, [8, 14]), (15, [8, 14]),
      (20, [8, 14]),
    ]
    for room in 0...30 {
      var (some, whole) = (blank(24, 1), blank(24, 1))
      let used = some.write(texts, at: 1, 0, columns: room, style: .plain)
      #expect(used == whole.write(texts.joined(), at: 1, 0, columns: room, style: .plain))
      #expect(some.lines == whole.lines, "\(room)")
      if let ends = ends.first(where: { $0.room == room }) { #expect(endsOfDirection(some) == ends.ends, "\(room)") }
    }
  }

  @Test("a cell keeps its text, its width and every style, in sixteen bytes")
  func cells() {
    #expect(MemoryLayout<Cell>.stride == 16)
    let colours: [Colour] = [.standard, .indexed(0), .indexed(255), .rgb(0, 0, 0), .rgb(1, 2, 3), .rgb(255, 254, 253)]
    for text in [" ", "a", "é", "e\u{301}", "夜", "🏮", "👨‍👩‍👧", "🇫🇷", "q\u{301}\u{323}", "q\u{323}\u{301}"] {
      for foreground in colours {
        for background in colours {
          let style = Style(foreground: foreground, background: background, attributes: [.italic, .reverse])
          let cell = Cell(text: text, style: style, width: 2, endsRightToLeft: true, isSure: false)
          #expect(Array(cell.text.unicodeScalars) == Array(text.unicodeScalars))
          #expect(cell.style == style && cell.width == 2 && cell.endsRightToLeft && !cell.isSure)
          #expect(cell == Cell(text: text, style: style, width: 2, endsRightToLeft: true, isSure: false))
          #expect(cell != Cell(text: text, style: style, width: 1, endsRightToLeft: true, isSure: false))
        }
      }
    }
  }

  @Test("marks in another order are another cell: a terminal may draw them otherwise")
  func markOrder() {
    func cell(_ text: String) -> Cell { Cell(text: text, style: .plain, width: 1) }
    #expect(cell("q\u{301}\u{323}") != cell("q\u{323}\u{301}"))
    #expect(cell("q\u{301}\u{323}") == cell("q\u{301}\u{323}"))
  }

  @Test(
    "what is written at once looks as what is written glyph by glyph",
    arguments: [
      "plain", "Élan vital — «ça»", "夜の音楽", "a夜b楽c", "Ночь", "━━●──┄┄", "e\u{301}x", "夜e\u{301}", "★☆ 🏮 x", "",
    ])
  func shortWays(text: String) {
    for room in 0...14 {
      for column in 0...3 {
        var quick = blank(16, 1)
        quick.write("夜夜夜夜夜夜夜夜", at: 0, 0, style: .plain)
        var slow = quick
        let used = quick.write(text, at: column, 0, columns: room, style: Style(attributes: .bold))
        var at = column
        for glyph in fitted(glyphs(of: text, columns: min(room, 16 - column)), to: min(room, 16 - column)) {
          slow.put(
            Cell(text: glyph.text, style: Style(attributes: .bold), width: glyph.width, isSure: glyph.isSure), at, 0)
          at += glyph.width
        }
        #expect(quick.lines == slow.lines && quick == slow, "\(text) at \(column) in \(room)")
        #expect(used == at - column)
      }
    }
  }

  @Test("text can end at a column")
  func endingAt() {
    var canvas = blank(8, 1)
    #expect(canvas.write("夜楽", endingAt: 7, 0, style: .plain) == 4)
    #expect(canvas.lines == ["   夜楽"])
  }

  @Test("rectangles are cut up without ever getting negative")
  func rectangles() {
    var rest = Rect(column: 0, row: 0, columns: 10, rows: 3)
    #expect(rest.takeTop(2) == Rect(column: 0, row: 0, columns: 10, rows: 2))
    #expect(rest.takeBottom(5) == Rect(column: 0, row: 2, columns: 10, rows: 1))
    #expect(rest.rows == 0)
    #expect(rest.takeLeft(99).columns == 10)
    #expect(Rect(column: 0, row: 0, columns: 10, rows: 3).inset(columns: 9).isEmpty)
    #expect(
      Rect(Size(columns: 10, rows: 5)).centred(Size(columns: 4, rows: 9))
        == Rect(column: 3, row: 0, columns: 4, rows: 5))
  }
}
