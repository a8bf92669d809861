import Fixtures
import TUI
import Testing

@testable import Ncurses

@Suite("Writing on terminals", .serialized)
struct WritingTests {
  private func writer(_ type: String = "xterm-256color", doubtsAmbiguous: Bool = false) throws -> ScreenWriter {
    let features = try #require(TerminalFeatures(reading: type))
    var language = TerminfoLanguage(depth: .palette, features: features)
    language.doubtsAmbiguous = doubtsAmbiguous
    return ScreenWriter(language: language)
  }

  private let size = Size(columns: 60, rows: 64)

  /// A list as the screens have it: titles, and what must stay in its column whatever they are.
  private func list(_ titles: [String]) -> Canvas {
    var canvas = Canvas(size: size)
    for (row, title) in titles.prefix(size.rows).enumerated() {
      canvas.write(title, at: 1, row, columns: 30, style: .plain)
      canvas.write("|", at: 32, row, style: Style(attributes: .bold))
      canvas.write(title, at: 34, row, columns: 15, style: Style(foreground: .indexed(2)))
      canvas.write("3:50|", endingAt: 60, row, style: .plain)
    }
    return canvas
  }

  private func expectColumns(_ terminal: ModelTerminal, _ what: Comment) {
    let isLost = terminal.isLost
    #expect(!isLost, what)
    for row in 0..<min(size.rows, TortureLibrary.titles.count) {
      #expect(terminal.grid[row][32] == "|", "\(what): \(TortureLibrary.titles[row].name): \(terminal.line(row))")
      #expect(terminal.grid[row][55...].joined() == "3:50|", "\(what): \(TortureLibrary.titles[row].name)")
    }
  }

  @Test(
    "whatever widths a terminal believes in, columns hold", arguments: ModelTerminal.Belief.allCases,
    ["xterm-256color", "tmux-256color", "linux"])
  func columns(belief: ModelTerminal.Belief, type: String) throws {
    var writer = try writer(type, doubtsAmbiguous: belief == .eastAsian)
    var terminal = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
    let titles = TortureLibrary.titles.map(\.title)
    terminal.take(writer.bytes(showing: list(titles)))
    expectColumns(terminal, "first")
    // Titles move over one another, as in scrolling, and back.
    for shift in [1, 2, 7] {
      terminal.take(writer.bytes(showing: list(Array(titles[shift...] + titles[..<shift]))))
      #expect((0..<titles.count).allSatisfy { terminal.grid[$0][32] == "|" && terminal.grid[$0][59] == "|" })
    }
    terminal.take(writer.bytes(showing: list(titles)))
    expectColumns(terminal, "again")
  }

  @Test("what is drawn by difference is what is drawn anew", arguments: ModelTerminal.Belief.allCases)
  func differences(belief: ModelTerminal.Belief) throws {
    var writer = try writer(doubtsAmbiguous: belief == .eastAsian)
    var terminal = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
    let titles = TortureLibrary.titles.map(\.title)
    var generator = Seeded(state: 5)
    for _ in 0..<20 {
      let canvas = list(titles.shuffled(using: &generator))
      terminal.take(writer.bytes(showing: canvas))
      var fresh = try self.writer(doubtsAmbiguous: belief == .eastAsian)
      var other = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
      other.take(fresh.bytes(showing: canvas))
      for row in 0..<size.rows { #expect(terminal.line(row) == other.line(row)) }
    }
  }

  @Test(
    "a list that the terminal moves shows what it would show drawn anew", arguments: ModelTerminal.Belief.allCases,
    ["xterm-256color", "tmux-256color", "screen", "linux", "vt100", "vt220", "xterm"])
  func moves(belief: ModelTerminal.Belief, type: String) throws {
    let doubts = belief == .eastAsian
    var writer = try writer(type, doubtsAmbiguous: doubts)
    var terminal = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
    let titles = TortureLibrary.titles.map(\.title) + (0..<40).map { "Title \($0)" }
    for top in [0, 1, 2, 1, 0, 5, 20, 19, 40, 39, 3] {
      var canvas = list(Array((titles[top...] + titles).prefix(30)))
      canvas.lists = [ShownList(rect: Rect(column: 0, row: 0, columns: size.columns, rows: 30), top: top)]
      terminal.take(writer.bytes(showing: canvas))
      var fresh = try self.writer(type, doubtsAmbiguous: doubts)
      var other = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
      other.take(fresh.bytes(showing: canvas))
      for row in 0..<size.rows { #expect(terminal.line(row) == other.line(row), "\(top)") }
      let isLost = terminal.isLost
      #expect(!isLost)
    }
  }

  @Test("nothing changed is nothing sent; a cursor moved by a row is a few bytes")
  func frugality() throws {
    var writer = try writer()
    let ground = Style(foreground: .rgb(200, 200, 220), background: .rgb(20, 20, 30))
    let cursor = Style(foreground: .rgb(255, 255, 255), background: .rgb(32, 88, 138), attributes: .bold)
    func canvas(_ at: Int) -> Canvas {
      var canvas = Canvas(size: Size(columns: 120, rows: 40), style: ground)
      for row in 0..<40 {
        let style = row == at ? cursor : ground
        canvas.fill(Rect(column: 0, row: row, columns: 120, rows: 1), style: style)
        canvas.write("Title \(row)", at: 2, row, style: style)
        canvas.write("3:50", endingAt: 119, row, style: style)
      }
      return canvas
    }
    _ = writer.bytes(showing: canvas(3))
    #expect(writer.bytes(showing: canvas(3)).isEmpty)
    #expect(writer.bytes(showing: canvas(4)).count <= 170)
  }

  @Test("what is emptied beside letters is emptied on the way, not by ways of its own")
  func emptying() throws {
    var writer = try writer()
    let (title, artist) = (Style(foreground: .indexed(252)), Style(foreground: .indexed(246)))
    func canvas(_ number: Int, _ artistName: String) -> Canvas {
      var canvas = Canvas(size: size)
      for row in 0..<30 {
        let isLong = (row + number) % 2 == 0
        canvas.write(isLong ? "Alpha beta gamma delta" : "Alpha zeta", at: 2, row, columns: 30, style: title)
        canvas.write(artistName, at: 34, row, columns: 15, style: artist)
        // The pen that is left over, with which nothing but the blanks could be written.
        canvas.write("|", at: 58, row, style: Style(foreground: .indexed(2)))
      }
      return canvas
    }
    var terminal = ModelTerminal(belief: .characters, columns: size.columns, rows: size.rows)
    terminal.take(writer.bytes(showing: canvas(0, "Aurora")))
    let bytes = writer.bytes(showing: canvas(1, "Bright"))
    terminal.take(bytes)
    #expect(terminal.line(0).hasPrefix("  Alpha zeta                      Bright"))
    #expect(terminal.line(1).hasPrefix("  Alpha beta gamma delta          Bright"))
    // Down the rows once with each pen, by line feeds or by a place that ends in H: a third time would be for blanks alone.
    let ways = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "H") }
    #expect(ways <= 2 * 30, "\(ways)")
  }

  @Test("the mark that ends a direction follows the text's last character, and stays when its neighbours change")
  func direction() throws {
    var writer = try writer()
    func canvas(_ title: String, _ time: String) -> Canvas {
      var canvas = Canvas(size: Size(columns: 40, rows: 1))
      canvas.write(title, at: 1, 0, columns: 30, style: .plain)
      canvas.write(time, at: 20, 0, style: .plain)
      return canvas
    }
    func sent(_ canvas: Canvas) -> String { String(decoding: writer.bytes(showing: canvas), as: UTF8.self) }
    #expect(sent(canvas("مقام (نسخة ٢)", "3:50")).contains("مقام (نسخة ٢)\u{200E}"))
    #expect(!sent(canvas("مقام (نسخة ٢)", "3:51")).contains("\u{200E}"))
    #expect(sent(canvas("مقام (نسخة ٢", "3:51")).contains("٢\u{200E}"))
    #expect(sent(canvas("مقام (نسخة ٢)", "3:51")).contains("٢)\u{200E}"))
  }

  @Test("a picture is drawn once, again when a cell under it was painted, and erased when it goes")
  func pictures() throws {
    var writer = try writer()
    let window = Size(columns: 20, rows: 5)
    let picture = PlacedPicture(
      number: 7, rect: Rect(column: 2, row: 1, columns: 4, rows: 2), drawBytes: Array("<draw>".utf8),
      eraseBytes: Array("<erase>".utf8))
    var canvas = Canvas(size: window)
    canvas.pictures = [picture]
    func sent(_ canvas: Canvas) -> String { String(decoding: writer.bytes(showing: canvas), as: UTF8.self) }
    #expect(sent(canvas).contains("\u{1B}[2;3H<draw>"))
    canvas.write("x", at: 10, 1, style: .plain)
    #expect(!sent(canvas).contains("draw"))
    canvas.write("x", at: 3, 2, style: .plain)
    #expect(sent(canvas).contains("<draw>"))
    canvas.pictures = []
    let last = sent(canvas)
    #expect(last.contains("<erase>") && !last.contains("<draw>"))
  }

  /// Titles left of a picture, right of it and below it.
  private func gallery(_ titles: [String], picture: PlacedPicture) -> Canvas {
    var canvas = Canvas(size: size)
    for (row, title) in titles.prefix(size.rows).enumerated() {
      canvas.write(title, at: 1, row, columns: picture.rect.column - 1, style: .plain)
      canvas.write(title, at: picture.rect.endColumn, row, columns: 14, style: Style(foreground: .indexed(2)))
    }
    canvas.fill(picture.rect, style: .plain)
    canvas.pictures = [picture]
    return canvas
  }

  private func picture(_ rect: Rect) -> PlacedPicture {
    PlacedPicture(number: 7, rect: rect, drawBytes: Array("\u{1B}[\(rect.columns);\(rect.rows)p".utf8))
  }

  @Test(
    "a picture stays whole, whatever is written beside it", arguments: ModelTerminal.Belief.allCases,
    ["xterm-256color", "tmux-256color", "linux", "vt100"])
  func picturesBeside(belief: ModelTerminal.Belief, type: String) throws {
    let titles = TortureLibrary.titles.map(\.title) + ["Dawn", "", "a", "        far"]
    for column in [3, 20, 31] {
      let picture = picture(Rect(column: column, row: 2, columns: 12, rows: 40))
      var writer = try writer(type, doubtsAmbiguous: belief == .eastAsian)
      var terminal = ModelTerminal(belief: belief, columns: size.columns, rows: size.rows)
      var generator = Seeded(state: 9)
      for step in 0..<20 {
        let canvas = gallery(titles.shuffled(using: &generator), picture: picture)
        terminal.take(writer.bytes(showing: canvas))
        let isLost = terminal.isLost
        #expect(!isLost)
        for row in picture.rect.row..<picture.rect.endRow {
          let places = terminal.grid[row][column..<picture.rect.endColumn]
          #expect(places.allSatisfy { $0 == ModelTerminal.pictureMark }, "\(step): \(terminal.line(row))")
        }
      }
    }
  }

  @Test("a picture far from glyphs of unsure width is not drawn again for them, nor are its cells written")
  func spares() throws {
    var writer = try writer()
    let picture = picture(Rect(column: 40, row: 1, columns: 12, rows: 3))
    func canvas(_ title: String) -> Canvas {
      var canvas = Canvas(size: Size(columns: 60, rows: 5))
      for row in 0..<5 {
        canvas.write(title, at: 2, row, columns: 20, style: .plain)
        canvas.write("3:50", at: 54, row, style: .plain)
      }
      canvas.pictures = [picture]
      return canvas
    }
    var terminal = ModelTerminal(belief: .scalars, columns: 60, rows: 5)
    terminal.take(writer.bytes(showing: canvas("Dawn")))
    for title in ["🇫🇷 France", "👨‍👩‍👧 Home", "Dawn"] {
      let bytes = writer.bytes(showing: canvas(title))
      #expect(!String(decoding: bytes, as: UTF8.self).contains(String(decoding: picture.drawBytes, as: UTF8.self)))
      terminal.take(bytes)
      for row in 1...3 {
        #expect(terminal.grid[row][40..<52].allSatisfy { $0 == ModelTerminal.pictureMark }, "\(terminal.line(row))")
        #expect(terminal.line(row).hasSuffix("3:50  "))
      }
    }
  }

  @Test("a picture that lay over another, or over its row, leaves it whole when it goes")
  func unveiling() throws {
    let low = picture(Rect(column: 30, row: 1, columns: 12, rows: 3))
    for rect in [Rect(column: 2, row: 2, columns: 4, rows: 2), Rect(column: 28, row: 2, columns: 8, rows: 2)] {
      var writer = try writer()
      var terminal = ModelTerminal(belief: .characters, columns: 60, rows: 5)
      var canvas = Canvas(size: Size(columns: 60, rows: 5))
      canvas.pictures = [low, PlacedPicture(number: 8, rect: rect, drawBytes: Array("\u{1B}[4;2p".utf8))]
      terminal.take(writer.bytes(showing: canvas))
      canvas.pictures = [low]
      terminal.take(writer.bytes(showing: canvas))
      for row in 1...3 {
        let line = String(repeating: " ", count: 30) + String(repeating: "¶", count: 12)
        #expect(terminal.line(row) == line + String(repeating: " ", count: 18))
      }
    }
  }

  @Test(
    "colours are said as the terminal knows them",
    arguments: [
      (ColourDepth.direct, "\u{1B}[1;38;2;255;100;0;44m"), (.palette, "\u{1B}[1;38;5;208;44m"),
      (.sixteen, "\u{1B}[1;91;44m"), (.none, "\u{1B}[1m"),
    ])
  func colours(depth: ColourDepth, expected: String) throws {
    let features = try #require(TerminalFeatures(reading: "xterm-256color"))
    var writer = ScreenWriter(language: TerminfoLanguage(depth: depth, features: features))
    let style = Style(foreground: .rgb(255, 100, 0), background: .indexed(4), attributes: .bold)
    var canvas = Canvas(size: Size(columns: 2, rows: 1))
    _ = writer.bytes(showing: canvas)
    canvas.write("x", at: 0, 0, style: style)
    let bytes = writer.bytes(showing: canvas)
    #expect(String(decoding: bytes, as: UTF8.self).contains(expected + "x"))
  }
}
