import TUI
import Testing

@testable import Core
@testable import Screens

@Suite("Lists")
struct ListPaneTests {
  private func draw(count: Int, rows: Int, on canvas: inout Canvas) -> [Int] {
    var asked: [Int] = []
    let pane = ListPane(title: ["Long"], count: count, list: ListCursor(), isFocused: true, whenEmpty: "Nothing here.")
    pane.draw(in: Rect(column: 0, row: 0, columns: 20, rows: rows), on: &canvas, .plain) { index in
      asked.append(index)
      return RowPicture(fields: [.init(text: "row \(index)")])
    }
    return asked
  }

  @Test("of a list of 250 000 rows only those in sight are asked for")
  func visibleOnly() {
    var canvas = Canvas(size: Size(columns: 20, rows: 6))
    #expect(draw(count: 250_000, rows: 6, on: &canvas) == [0, 1, 2, 3, 4])
    #expect(
      canvas.lines == [
        "  Long    1/250000", "  row 0            ┃", "  row 1", "  row 2", "  row 3", "  row 4",
      ])
  }

  @Test("a marked row has its sign beside the others: under the cursor, and where it plays")
  func marked() {
    var canvas = Canvas(size: Size(columns: 20, rows: 4))
    var list = ListCursor()
    list.marked = [0, 1]
    let pane = ListPane(title: ["Marked"], count: 3, list: list, isFocused: true)
    pane.draw(in: Rect(column: 0, row: 0, columns: 20, rows: 4), on: &canvas, .plain) { index in
      RowPicture(sign: index == 1 ? .playing : nil, fields: [.init(text: "row \(index)")])
    }
    let (mark, plays) = (Theme.plain[Sign.marked], Theme.plain[Sign.playing])
    #expect(Array(canvas.lines.dropFirst()) == ["\(mark) row 0", "\(plays)\(mark)row 1", "  row 2"])
  }

  @Test("a short list has no scroll bar, an empty one says so")
  func short() {
    var canvas = Canvas(size: Size(columns: 20, rows: 4))
    #expect(draw(count: 2, rows: 4, on: &canvas) == [0, 1])
    #expect(canvas.lines == ["  Long         1/2", "  row 0", "  row 1", ""])
    var empty = Canvas(size: Size(columns: 20, rows: 3))
    #expect(draw(count: 0, rows: 3, on: &empty) == [])
    #expect(empty.lines == ["  Long", "  Nothing here.", ""])
  }

  @Test("title, what the rows are narrowed to, and by what they are sorted each end their own direction")
  func directions() {
    var canvas = Canvas(size: Size(columns: 40, rows: 2))
    let pane = ListPane(title: ["שיר", " › ", "ערב (א)"], count: 0, list: ListCursor(), isFocused: true)
    pane.draw(in: Rect(column: 0, row: 0, columns: 40, rows: 2), on: &canvas, .plain) { _ in RowPicture() }
    #expect(canvas.lines[0] == "  שיר › ערב (א)")
    #expect(canvas.row(0).filter(\.endsRightToLeft).map(\.text) == ["ר", ")"])
  }

  @Test(
    "a row keeps its end in place, whatever its fields hold",
    arguments: ["short", "夜の散歩の長い題名である", "שלום עולם ארוך מאוד מאוד"])
  func ends(title: String) {
    var canvas = Canvas(size: Size(columns: 24, rows: 1))
    let picture = RowPicture(fields: [.init(text: title)], endings: [.init(text: "4:12")])
    picture.draw(in: Rect(column: 0, row: 0, columns: 24, rows: 1), on: &canvas, .plain, over: nil)
    #expect(canvas.row(0).suffix(5).map(\.text).joined() == "4:12 ")
  }
}
