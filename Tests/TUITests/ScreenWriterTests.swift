import Fixtures
import TUI
import Testing

struct ScreenWriterTests {
  private let ground = Style(foreground: .indexed(250), background: .indexed(17))
  private let accent = Style(foreground: .indexed(111), background: .indexed(17), attributes: .bold)

  private func screen(_ lines: String..., style: Style? = nil, columns: Int = 40, rows: Int = 6) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), style: ground)
    for (row, line) in lines.enumerated() { canvas.write(line, at: 0, row, style: style ?? ground) }
    return canvas
  }

  @Test("what is shown already sends nothing")
  func nothing() {
    var writer = ScreenWriter(language: GlassLanguage())
    let canvas = screen("Dawn", "夜 Ночь")
    #expect(!writer.bytes(showing: canvas).isEmpty)
    #expect(writer.bytes(showing: canvas).isEmpty)
    writer.forget()
    #expect(!writer.bytes(showing: canvas).isEmpty)
  }

  @Test("a clock that goes on takes a step back and a digit")
  func clock() {
    var writer = ScreenWriter(language: GlassLanguage())
    _ = writer.bytes(showing: screen("1:23"))
    _ = writer.bytes(showing: screen("1:24"))
    #expect(writer.bytes(showing: screen("1:25")) == Array("\u{8}5".utf8))
  }

  @Test("only what differs of two styles is said, in one word")
  func pens() {
    var writer = ScreenWriter(language: GlassLanguage())
    _ = writer.bytes(showing: screen("a"))
    let bytes = writer.bytes(showing: screen("b", style: accent))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[1;1H\u{1B}[1;38;5;111mb")
    let back = writer.bytes(showing: screen("c"))
    #expect(String(decoding: back, as: UTF8.self) == "\u{8}\u{1B}[22;38;5;250mc")
  }

  @Test("the text cursor goes where the canvas has it, and is hidden where it has none")
  func cursor() {
    var writer = ScreenWriter(language: GlassLanguage())
    var glass = Glass(size: Size(columns: 40, rows: 6))
    var canvas = screen("type here")
    glass.take(writer.bytes(showing: canvas))
    #expect(!glass.isCursorVisible)
    canvas.cursor = Point(column: 5, row: 3)
    glass.take(writer.bytes(showing: canvas))
    #expect(glass.isCursorVisible && glass.cursor == Point(column: 5, row: 3))
  }

  @Test(
    "whatever follows on whatever, the terminal shows the last canvas",
    arguments: [(true, true), (true, false), (false, true), (false, false)])
  func anything(isRich: Bool, hasLastCorner: Bool) {
    let language = GlassLanguage(hasLastCorner: hasLastCorner, isRich: isRich)
    var random = Seeded(state: isRich ? 7 : 11)
    var writer = ScreenWriter(language: language)
    var size = Size(columns: 30, rows: 5)
    var glass = Glass(size: size)
    var canvas = Canvas(size: size, style: ground)
    for step in 0..<600 {
      if step % 150 == 149 {
        size = Size(columns: 20 + step % 17, rows: 4)
        glass = Glass(size: size)
        canvas = Canvas(size: size, style: .plain)
      }
      scribble(on: &canvas, &random)
      glass.take(writer.bytes(showing: canvas))
      #expect(glass.riddles.isEmpty)
      guard shows(glass, canvas, exceptLast: !hasLastCorner) else {
        let place = canvas.cells.indices.first { glass.places[$0].text != canvas.cells[$0].text } ?? -1
        Issue.record("step \(step), place \(place): \(canvas.lines)")
        return
      }
    }
  }

  /// A list with a frame, beside it something else, and rows that are anything.
  private func list(_ rows: [String], top: Int, cursor: Int, beside: Int, picture: Bool) -> Canvas {
    var canvas = Canvas(size: Size(columns: 44, rows: 12), style: ground)
    let rect = Rect(column: 0, row: 2, columns: 30, rows: 8)
    canvas.write("Titles \(cursor + 1)/\(rows.count)", at: 2, 1, style: accent)
    for place in 0..<rect.rows {
      let style = top + place == cursor ? Style(foreground: .indexed(231), background: .indexed(24)) : ground
      canvas.fill(Rect(column: 0, row: rect.row + place, columns: 18, rows: 1), style: style)
      canvas.write(rows[top + place], at: 2, rect.row + place, columns: 16, style: style)
      canvas.write("3:\(10 + (top + place) % 50)", endingAt: 28, rect.row + place, style: accent)
      canvas.write("│", at: 30, rect.row + place, style: ground)
    }
    canvas.write("beside \(beside)", at: 32, 3 + beside % 5, style: accent)
    canvas.write("below", at: 3, 11, style: .plain)
    canvas.lists = [ShownList(rect: rect, top: top)]
    if picture {
      let place = Rect(column: 33, row: 9, columns: 4, rows: 2)
      canvas.pictures = [PlacedPicture(number: 1, rect: place, drawBytes: Array("\u{1B}[0m".utf8))]
    }
    return canvas
  }

  @Test("a list that moves shows what it would show drawn anew, whatever its rows hold", arguments: [true, false])
  func moves(isRich: Bool) {
    var random = Seeded(state: 5)
    let words = ["Dawn", "夜の庭", "e\u{301}toile", "🏮 x", "שלום", "a          b", "…", "┃━●", "Été"]
    let rows = (0..<60).map { number in
      "\(words.randomElement(using: &random)!) \(number) \(words.randomElement(using: &random)!)"
    }
    var writer = ScreenWriter(language: GlassLanguage(isRich: isRich))
    var glass = Glass(size: Size(columns: 44, rows: 12))
    var (top, moved) = (0, 0)
    for step in 0..<800 {
      top = max(0, min(52, top + [1, -1, 1, 2, -3, 7, -8, 30, 0].randomElement(using: &random)!))
      let canvas = list(
        rows, top: top, cursor: top + Int.random(in: 0..<8, using: &random), beside: step / 7, picture: step % 90 > 70)
      glass.take(writer.bytes(showing: canvas))
      if writer.hasScrolled { moved += 1 }
      #expect(glass.riddles.isEmpty)
      guard shows(glass, canvas, exceptLast: false) else {
        let place = canvas.cells.indices.first { glass.places[$0].text != canvas.cells[$0].text } ?? -1
        Issue.record("step \(step), place \(place): \(canvas.lines)")
        return
      }
    }
    #expect(isRich ? moved > 100 : moved == 0)
  }

  @Test("one row further in a long list costs a row, not a window; over pictures nothing is moved")
  func frugality() {
    let rows = (0..<60).map { "\($0 * 7919 % 1000) of \($0 * 104_729 % 9973)" }
    for picture in [false, true] {
      var writer = ScreenWriter(language: GlassLanguage())
      _ = writer.bytes(showing: list(rows, top: 0, cursor: 5, beside: 1, picture: picture))
      let bytes = writer.bytes(showing: list(rows, top: 1, cursor: 6, beside: 1, picture: picture))
      #expect(writer.hasScrolled == !picture)
      #expect(picture || bytes.count < 220, "\(bytes.count)")
    }
  }

  private func scribble(on canvas: inout Canvas, _ random: inout Seeded) {
    let styles = [
      .plain, ground, accent, Style(foreground: .indexed(3), attributes: [.underline, .italic]),
      Style(background: .indexed(52), attributes: .reverse), Style(attributes: [.faint]),
      Style(foreground: .indexed(9), attributes: [.bold, .faint]),
    ]
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let style = styles.randomElement(using: &random)!
      let row = Int.random(in: 0..<canvas.size.rows, using: &random)
      let column = Int.random(in: 0..<canvas.size.columns, using: &random)
      if Bool.random(using: &random) {
        let words = ["Dawn", "夜の庭", "é e\u{301}x", "🏮 x", "שלום", "1:2", "━━━●──", "a          b", "…"]
        canvas.write(words.randomElement(using: &random)!, at: column, row, style: style)
      } else {
        let columns = Int.random(in: 1...canvas.size.columns, using: &random)
        canvas.fill(Rect(column: column, row: row, columns: columns, rows: 2), style: style)
      }
    }
  }

  /// The colour of letters does not show where there are none.
  private func shows(_ glass: Glass, _ canvas: Canvas, exceptLast: Bool) -> Bool {
    let count = canvas.cells.count - (exceptLast ? 1 : 0)
    return zip(glass.places, canvas.cells).prefix(count).allSatisfy { place, cell in
      guard place.text == cell.text else { return false }
      let isBlank = cell.text == " " && cell.style.attributes.isDisjoint(with: [.underline, .reverse])
      if isBlank, place.style.attributes.isDisjoint(with: [.underline, .reverse]) {
        return place.style.background == cell.style.background
      }
      return cell.width == 0 || place.style == cell.style
    }
  }
}
