import Artwork
import TUI
import Testing

@Suite("Pictures in cells")
struct DrawingTests {
  /// Red on the left, blue on the right.
  private let picture: Picture = {
    var bytes: [UInt8] = []
    for _ in 0..<40 { for x in 0..<40 { bytes += x < 20 ? [255, 0, 0, 255] : [0, 0, 255, 255] } }
    return Picture(width: 40, height: 40, rgba: bytes)
  }()
  private let frame = PictureFrame(room: Size(columns: 12, rows: 10))

  private func text(_ way: PictureWay, number: Int = 17) throws -> (canvas: Canvas, sent: String) {
    let drawn = try CellPicture(picture, from: [1, 2, 3], in: frame, by: way, number: number)
    #expect(drawn.size == Size(columns: 12, rows: 6))
    var canvas = Canvas(size: Size(columns: 20, rows: 10))
    canvas.draw(drawn, in: Rect(column: 2, row: 1, columns: 16, rows: 8), style: .plain)
    return (canvas, String(decoding: canvas.pictures.first?.drawBytes ?? [], as: UTF8.self))
  }

  @Test("with characters, in the middle of its room", arguments: [ColourDepth.direct, .palette, .sixteen, .eight])
  func symbols(depth: ColourDepth) throws {
    let (canvas, _) = try text(.symbols(depth, isASCII: false))
    #expect(canvas.pictures.isEmpty)
    func shown(_ cell: Cell) -> Colour { ["█"].contains(cell.text) ? cell.style.foreground : cell.style.background }
    let (left, right) = (shown(canvas[5, 4]), shown(canvas[14, 4]))
    #expect(left != right)
    if depth == .direct {
      #expect(left == .rgb(255, 0, 0) || left == .rgb(254, 0, 0))
    } else {
      guard case .indexed(let index) = left else { return #expect(Bool(false), "\(left)") }
      #expect(depth == .palette ? index >= 16 : depth == .eight ? index < 8 : index < 16)
    }
    #expect(canvas[3, 4].text == " " && canvas[16, 4].text == " ")
    for row in 0..<10 { #expect(canvas.row(row).reduce(0) { $0 + $1.width } == 20) }
  }

  @Test("without colours and beyond ASCII")
  func plain() throws {
    let (canvas, _) = try text(.symbols(.none, isASCII: true))
    for cell in canvas.cells {
      #expect(cell.text.utf8.allSatisfy { $0 < 0x7F })
      #expect(cell.style == .plain)
    }
  }

  @Test("kitty: sent once in pieces, characters stand for its parts")
  func kitty() throws {
    let (canvas, sent) = try text(.kitty(isInTmux: false), number: 42)
    #expect(sent.hasPrefix("\u{1B}_Ga=T,U=1,c=12,r=6,q=2,f=24,i=42,s=40,v=40,m=1;"))
    #expect(sent.components("\u{1B}_G") == sent.components("\u{1B}\\"))
    #expect(sent.hasSuffix("\u{1B}\\"))
    let cell = canvas[4, 2]
    #expect(Array(cell.text.unicodeScalars).map(\.value) == [0x10EEEE, 0x305, 0x305])
    #expect(Array(canvas[5, 3].text.unicodeScalars).map(\.value) == [0x10EEEE, 0x30D, 0x30D])
    #expect(cell.style.foreground == .indexed(42))
    #expect(String(decoding: canvas.pictures[0].eraseBytes, as: UTF8.self) == "\u{1B}_Ga=d,d=I,i=42,q=2\u{1B}\\")
  }

  @Test("kitty in tmux: wrapped, escapes doubled")
  func kittyInTmux() throws {
    let (_, sent) = try text(.kitty(isInTmux: true))
    #expect(sent.hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}_Ga=T,U=1"))
    #expect(sent.hasSuffix("\u{1B}\u{1B}\\\u{1B}\\"))
  }

  @Test("sixel and iTerm: over blank cells")
  func placed() throws {
    let (canvas, sixel) = try text(.sixel)
    #expect(sixel.contains("\u{1B}P") && sixel.hasSuffix("\u{1B}\\"))
    #expect(canvas[6, 4].text == " ")
    let (_, iTerm) = try text(.iTerm)
    #expect(iTerm == "\u{1B}]1337;File=inline=1;size=3;width=12;height=6;doNotMoveCursor=1:AQID\u{7}")
  }

  @Test("a picture keeps its shape, whatever its room and its cells")
  func shapes() throws {
    func size(_ columns: Int, _ rows: Int, _ width: Int, _ height: Int) throws -> Size {
      let room = PictureFrame(room: Size(columns: columns, rows: rows), cellWidth: width, cellHeight: height)
      return try CellPicture(picture, in: room, by: .symbols(.direct, isASCII: false), number: 16).size
    }
    #expect(try size(100, 10, 10, 20) == Size(columns: 20, rows: 10))
    #expect(try size(10, 100, 10, 20) == Size(columns: 10, rows: 5))
    #expect(try size(100, 10, 8, 8) == Size(columns: 10, rows: 10))
    #expect(try size(100, 10, 0, 0) == Size(columns: 20, rows: 10))
    #expect(try size(1, 1, 10, 20) == Size(columns: 1, rows: 1))
    #expect(try size(9000, 9000, 10, 10).columns <= CellPicture.mostCells)
  }

  @Test("where there is no room, nothing is drawn")
  func noRoom() throws {
    let drawn = try CellPicture(picture, in: frame, by: .symbols(.direct, isASCII: false), number: 16)
    var canvas = Canvas(size: Size(columns: 20, rows: 10))
    for rect in [
      Rect(column: 0, row: 0, columns: 11, rows: 6), Rect(column: 12, row: 0, columns: 12, rows: 6),
      Rect(column: 0, row: 7, columns: 20, rows: 6),
    ] { canvas.draw(drawn, in: rect, style: .plain) }
    #expect(canvas == Canvas(size: Size(columns: 20, rows: 10)))
  }

  @Test(
    "the way is known from the environment and the terminal's answer",
    arguments: [
      ([:], [], PictureWay.symbols(.direct, isASCII: false)), (["TERM": "xterm-kitty"], [], .kitty(isInTmux: false)),
      (["KITTY_WINDOW_ID": "1", "TMUX": "x"], [], .symbols(.direct, isASCII: false)),
      (["TMUX": "x"], [4], .sixel), ([:], [62, 4], .sixel), (["TERM_PROGRAM": "WezTerm"], [4], .iTerm),
      (["KONSOLE_VERSION": "230800"], [4], .kittyPlaced), (["TERM": "xterm-ghostty"], [], .kitty(isInTmux: false)),
      (["KITTY_WINDOW_ID": "1", "SSH_CONNECTION": "a b"], [], .symbols(.direct, isASCII: false)),
      (["STY": "1", "KITTY_WINDOW_ID": "1"], [], .symbols(.direct, isASCII: false)),
    ] as [([String: String], Set<Int>, PictureWay)])
  func ways(environment: [String: String], attributes: Set<Int>, way: PictureWay) {
    #expect(PictureWay(environment: environment, depth: .direct, attributes: attributes) == way)
    #expect(
      PictureWay(environment: environment, depth: .eight, attributes: attributes) == .symbols(.eight, isASCII: false))
  }

  @Test("tmux that passes on shows kitty's pictures")
  func passing() {
    let environment = ["KITTY_WINDOW_ID": "1", "TMUX": "x"]
    #expect(PictureWay(environment: environment, depth: .palette, passesOn: true) == .kitty(isInTmux: true))
  }
}

extension String {
  fileprivate func components(_ separator: String) -> Int {
    split(separator: separator, omittingEmptySubsequences: false).count - 1
  }
}
