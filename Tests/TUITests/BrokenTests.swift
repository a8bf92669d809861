import TUI
import Testing

@Suite("Lines that are broken")
struct BrokenTests {
  @Test("at spaces, and longer words where they end")
  func words() {
    #expect(broken("the tide goes out", to: 8) == ["the tide", "goes out"])
    #expect(broken("the  tide", to: 20) == ["the  tide"])
    #expect(broken("unbelievable", to: 5) == ["unbel", "ievab", "le"])
    #expect(broken("an unbelievable", to: 8) == ["an", "unbeliev", "able"])
    #expect(broken("", to: 8).isEmpty)
    #expect(broken("word", to: 1).isEmpty)
  }

  @Test("between Chinese and Japanese characters, but not before what closes a phrase")
  func wide() {
    #expect(broken("月の庭に夜が降りて", to: 8) == ["月の庭に", "夜が降り", "て"])
    #expect(broken("月の庭、夜", to: 6) == ["月の", "庭、夜"])
    #expect(broken("月の庭", to: 2) == ["月", "の", "庭"])
  }

  @Test("nothing is lost, and no line is too long", arguments: [2, 3, 7, 20, 80])
  func whole(columns: Int) {
    let text = "Mixed 月の庭に夜が降りて、静かな風が。 يا ليل يا عين 👩‍👩‍👧‍👦 e\u{301}te\u{301} \u{1B}[31mred"
    let lines = broken(text, to: columns)
    #expect(lines.allSatisfy { columnWidth(of: $0) <= columns })
    func letters(_ text: String) -> String { text.filter { $0 != " " } }
    #expect(letters(lines.joined()) == letters(sanitize(text)))
  }
}

@Suite("Pictures that something is written over")
struct CoveredPictureTests {
  private func canvas() -> (Canvas, Rect) {
    var canvas = Canvas(size: Size(columns: 20, rows: 6))
    let rect = Rect(column: 2, row: 1, columns: 8, rows: 4)
    let size = Size(columns: 8, rows: 4)
    canvas.draw(CellPicture(size: size, number: 16, drawBytes: [1]), in: rect, style: .plain)
    return (canvas, rect)
  }

  @Test("are not drawn, lest they cover it")
  func covered() {
    var (canvas, rect) = canvas()
    canvas.dropCoveredPictures()
    #expect(canvas.pictures.map(\.rect) == [rect])
    canvas.write("x", at: 9, 4, style: .plain)
    canvas.dropCoveredPictures()
    #expect(canvas.pictures.isEmpty)
  }

  @Test("stay where characters stand for them")
  func placeholders() {
    var canvas = Canvas(size: Size(columns: 20, rows: 6))
    let picture = CellPicture.placeholders(
      size: Size(columns: 8, rows: 4), number: 16, drawBytes: [1], eraseBytes: [2])
    canvas.draw(picture, in: Rect(column: 2, row: 1, columns: 8, rows: 4), style: .plain)
    canvas.write("over it", at: 2, 4, style: .plain)
    canvas.dropCoveredPictures()
    #expect(canvas.pictures.count == 1)
  }
}
