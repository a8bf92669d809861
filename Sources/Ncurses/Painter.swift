import CLinux
import CNcurses
import TUI

/// Puts a canvas into ncurses' window, row by row, where it differs from the last one; the only one who knows
/// colour pairs.
struct Painter {
  private let depth: ColourDepth
  private let keepsDirection: Bool
  private var shown: Canvas?
  private var looks: [Style: Look] = [:]
  private var pairs: [Pair: Int32] = [:]
  private var isCursorVisible: Bool?

  private struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  init(depth: ColourDepth, keepsDirection: Bool) {
    self.depth = depth
    self.keepsDirection = keepsDirection
  }

  mutating func forget() {
    shown = nil
    isCursorVisible = nil
  }

  /// False when nothing changed.
  mutating func paint(_ canvas: Canvas, on window: UnsafeMutablePointer<WINDOW>) -> Bool {
    if canvas == shown { return false }
    let isSameSize = shown?.size == canvas.size
    if !isSameSize { werase(window) }
    let rows = min(canvas.size.rows, Int(getmaxy(window)))
    for row in 0..<rows {
      if isSameSize, let shown, shown.row(row).elementsEqual(canvas.row(row)) { continue }
      paint(canvas.row(row), at: row, on: window)
    }
    placeCursor(canvas.cursor, on: window)
    shown = canvas
    return true
  }

  private mutating func paint(_ row: ArraySlice<Cell>, at place: Int, on window: UnsafeMutablePointer<WINDOW>) {
    var characters: [cchar_t] = []
    characters.reserveCapacity(row.count)
    for cell in row where cell.width > 0 {
      let look = look(cell.style)
      for text in printable(cell) {
        var character = cchar_t()
        dulcet_setcchar(&character, text, look.attributes, look.pair)
        characters.append(character)
      }
    }
    // The string form neither wraps nor scrolls, so the last corner can be written.
    mvwadd_wchnstr(window, Int32(place), 0, characters, Int32(characters.count))
  }

  private func placeCursor(_ point: Point?, on window: UnsafeMutablePointer<WINDOW>) {
    curs_set(point == nil ? 0 : 1)
    if let point { wmove(window, Int32(point.row), Int32(point.column)) }
  }

  /// The cell as null-ended wide characters, one string for each that ncurses will count as at least one column.
  ///
  /// Where the C library's tables are older than ours, "�" stands in, so that columns hold.
  private func printable(_ cell: Cell) -> [[wchar_t]] {
    let scalars = cell.text.unicodeScalars
    guard let base = scalars.first else { return [[32, 0]] }
    if base.value < 0x7F, scalars.count == 1, !cell.endsRightToLeft { return [[wchar_t(base.value), 0]] }
    guard dulcet_wcwidth(base.value) == Int32(cell.width) else {
      return [[0xFFFD, 0]] + Array(repeating: [32, 0], count: cell.width - 1)
    }
    var text = [wchar_t(base.value)]
    for mark in scalars.dropFirst() where dulcet_wcwidth(mark.value) == 0 { text.append(wchar_t(mark.value)) }
    // A left-to-right mark ends the direction here, lest a terminal that reorders draws the row's rest elsewhere.
    if cell.endsRightToLeft, keepsDirection, text.count < Int(CCHARW_MAX) { text.append(0x200E) }
    return [text + [0]]
  }

  private mutating func look(_ style: Style) -> Look {
    if let look = looks[style] { return look }
    var attributes: UInt32 = 0
    if style.attributes.contains(.bold) { attributes |= DULCET_A_BOLD }
    if style.attributes.contains(.faint) { attributes |= DULCET_A_DIM }
    if style.attributes.contains(.italic) { attributes |= DULCET_A_ITALIC }
    if style.attributes.contains(.underline) { attributes |= DULCET_A_UNDERLINE }
    if style.attributes.contains(.reverse) { attributes |= DULCET_A_REVERSE }
    let reduced = style.reduced(to: depth)
    let pair = Pair(foreground: number(reduced.foreground), background: number(reduced.background))
    let look = Look(attributes: attr_t(attributes), pair: self.pair(pair))
    looks[style] = look
    return look
  }

  /// The number of a pair, made when it is first needed; 0, the terminal's own, when there are no more.
  private mutating func pair(_ pair: Pair) -> Int32 {
    if depth == .none || (pair.foreground == -1 && pair.background == -1) { return 0 }
    if let number = pairs[pair] { return number }
    let fresh = Int32(pairs.count + 1)
    guard fresh < dulcet_color_pairs(), init_extended_pair(fresh, pair.foreground, pair.background) == OK else {
      return 0
    }
    pairs[pair] = fresh
    return fresh
  }

  private func number(_ colour: Colour) -> Int32 {
    switch colour {
    case .standard: return -1
    case .indexed(let index):
      guard depth == .direct, index >= 8 else { return Int32(index) }
      let (red, green, blue) = paletteColour(index)
      return number(.rgb(red, green, blue))
    case .rgb(let red, let green, let blue):
      // Of direct colours 0…7 are the named ones; the darkest blues give way to them.
      return max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    }
  }
}
