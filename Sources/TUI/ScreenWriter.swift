/// Turns canvases into the fewest bytes that make a terminal show them: what is shown already is not sent, what only moved
/// is moved by the terminal, the pen is changed only where it differs, and stays as it is from frame to frame.
///
/// It knows what is on the screen by what it sent; `forget` after anybody else wrote there. It never writes itself.
package struct ScreenWriter {
  let language: any TerminalLanguage
  /// As the language has it, which is asked for each cell.
  let doubtsAmbiguous: Bool
  private var shown: Canvas?
  /// The terminal's; nil while unknown.
  var pen: Look?
  var place: Point?
  var columns = 0
  private var isCursorVisible: Bool?
  var output: [UInt8] = []
  /// Shared by all the ways that are tried.
  let vocabulary = Vocabulary()
  /// The last two: what is compared has one look before and another one now.
  private var lastLooks: (KnownLook, KnownLook)?
  /// Pictures on the screen that stay as they are.
  var kept: [PlacedPicture] = []
  /// Whether the last bytes moved rows, so that half of them would be seen as a jump.
  package private(set) var hasScrolled = false

  package init(language: any TerminalLanguage) {
    self.language = language
    doubtsAmbiguous = language.doubtsAmbiguous
  }

  package mutating func forget() {
    shown = nil
    pen = nil
    place = nil
    isCursorVisible = nil
  }

  /// - Returns: nothing when the screen shows this already.
  package mutating func bytes(showing canvas: Canvas) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    hasScrolled = false
    columns = canvas.size.columns
    let old = shown?.size == canvas.size ? shown! : cleared(canvas.size)
    let gone = erasePictures(of: old, missingIn: canvas)
    kept = picturesThatStay(on: canvas, over: old, unveiled: gone)
    paint(canvas, over: old, unveiled: gone)
    drawPictures(of: canvas)
    placeCursor(canvas.cursor)
    shown = canvas
    return output
  }

  /// Rows as they come or pen by pen, whichever takes fewer bytes; with a list moved by the terminal where less is then to be
  /// written.
  private mutating func paint(_ canvas: Canvas, over old: Canvas, unveiled: [Rect]) {
    var rows = differences(of: canvas, from: old, unveiled: unveiled)
    guard !rows.isEmpty else { return }
    // All of the screen: there is nothing that could be spared.
    guard shown != nil else { return write(rows, of: canvas, .byRow) }
    var chosen: RowMove?
    for move in moves(from: old, to: canvas) {
      let rest = differences(of: canvas, from: old.moved(move), unveiled: unveiled)
      guard length(of: rest) + move.words.count < length(of: rows) else { continue }
      (chosen, rows) = (move, rest)
    }
    if let chosen { scroll(chosen) }
    var other = self
    write(rows, of: canvas, .byRow)
    other.write(rows, of: canvas, .byPen)
    if other.output.count < output.count { self = other }
  }

  private func length(of rows: [Difference]) -> Int { rows.reduce(0) { $0 + $1.length } }

  /// What the terminal shows of a cell's look.
  mutating func look(_ cell: Cell) -> Look {
    let asked = cell.look
    if let lastLooks {
      if lastLooks.0.asked == asked { return lastLooks.0.shown }
      if lastLooks.1.asked == asked { return lastLooks.1.shown }
    }
    let shown = vocabulary.look(asked) { Look(language.reduced(asked.style)) }
    let known = KnownLook(asked: asked, shown: shown)
    lastLooks = (known, lastLooks?.0 ?? known)
    return shown
  }

  private struct KnownLook {
    let asked: Look
    let shown: Look
  }

  /// What is not made of cells. Where it leaves the cursor and the pen is not known.
  mutating func say(_ bytes: [UInt8], at point: Point? = nil) {
    guard !bytes.isEmpty else { return }
    if let point { output += language.move(to: point) }
    output += bytes
    place = nil
    pen = nil
  }

  mutating func scroll(_ move: RowMove) {
    output += move.words
    place = nil
    hasScrolled = true
  }

  private mutating func cleared(_ size: Size) -> Canvas {
    pen = nil
    setPen(Look(.plain))
    output += language.clear
    place = Point(column: 0, row: 0)
    return Canvas(size: size)
  }

  private mutating func placeCursor(_ point: Point?) {
    if let point, place != point {
      output += language.move(to: point)
      place = point
    }
    guard isCursorVisible != (point != nil) else { return }
    isCursorVisible = point != nil
    output += language.showCursor(point != nil)
  }
}
