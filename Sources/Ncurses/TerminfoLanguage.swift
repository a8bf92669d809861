import CNcurses
import TUI

/// What terminfo(5) knows about the terminal that was set up last. Lives on the loop's thread, as ncurses does.
struct TerminfoLanguage: TerminalLanguage {
  let plain: [UInt8]
  let clear: [UInt8]
  let eraseLine: [UInt8]?
  let hasLastCorner: Bool
  let keepsDirection: Bool
  var doubtsAmbiguous: Bool
  let back: UInt8?
  let nextRow: [UInt8]?
  let down: UInt8?
  private let depth: ColourDepth
  private let isANSI: Bool
  /// ECMA-48's words 22 to 27, 39 and 49, of which terminfo names only some.
  private let endsOneByOne: Bool
  private let erasesInColour: Bool
  private let attributes: [(Attributes, [UInt8])]
  private let places: Places
  private let cursorShown: [UInt8]
  private let cursorHidden: [UInt8]

  init(depth: ColourDepth, features: TerminalFeatures) {
    self.depth = depth
    keepsDirection = features.isModern
    doubtsAmbiguous = features.doubtsAmbiguous
    isANSI = features.isANSI
    erasesInColour = tigetflag("bce") > 0
    endsOneByOne = features.isModern && features.sequence("op") == Array("\u{1B}[39;49m".utf8)
    let left = features.sequence("cub1")
    back = left.count == 1 ? left[0] : nil
    places = Places(isANSI: isANSI, erases: erasesInColour)
    nextRow = isANSI && features.sequence("cr") == [0x0D] ? [0x0D, 0x0A] : nil
    down = features.sequence("cud1") == [0x0A] && features.leavesLineFeeds ? 0x0A : nil
    plain = Self.plainWord(features.sequence("sgr0"))
    clear = features.sequence("clear")
    let line = features.sequence("el")
    eraseLine = line.isEmpty || !erasesInColour ? nil : line
    hasLastCorner = tigetflag("am") <= 0 || tigetflag("xenl") > 0 || !features.wrapOff.isEmpty
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.faint, "dim"), (.italic, "sitm"), (.underline, "smul"), (.reverse, "rev"),
    ]
    attributes = names.map { ($0.0, features.sequence($0.1)) }
    cursorShown = features.sequence("cnorm")
    cursorHidden = features.sequence("civis")
  }

  /// No other character set is ever switched on, so the part that switches it off is left out where it is apart.
  private static func plainWord(_ sequence: [UInt8]) -> [UInt8] {
    let short = Array("\u{1B}[m".utf8)
    let ends = [short, Array("\u{1B}[0m".utf8), short + [0x0F], Array("\u{1B}[0;10m".utf8)]
    return ends.contains { sequence.suffix($0.count).elementsEqual($0) } ? Array("\u{1B}[0m".utf8) : sequence
  }

  func move(to place: Point) -> [UInt8] { places.move(to: place) }
  func forward(_ columns: Int) -> [UInt8]? { places.forward(columns) }
  func move(toColumn column: Int) -> [UInt8]? { places.move(toColumn: column) }
  func erase(_ columns: Int) -> [UInt8]? { places.erase(columns) }
  func scroll(_ rows: Range<Int>, by count: Int) -> [UInt8]? { places.scroll(rows, by: count) }
  func showCursor(_ isVisible: Bool) -> [UInt8] { isVisible ? cursorShown : cursorHidden }
  func reduced(_ style: Style) -> Style { style.reduced(to: depth) }

  func words(for wanted: Attributes) -> [[UInt8]] {
    attributes.filter { wanted.contains($0.0) && !$0.1.isEmpty }.map(\.1)
  }

  func words(ending unwanted: Attributes) -> [[UInt8]]? {
    guard !unwanted.isEmpty else { return [] }
    guard endsOneByOne else { return nil }
    var words: [[UInt8]] = []
    if !unwanted.isDisjoint(with: [.bold, .faint]) { words.append(Array("\u{1B}[22m".utf8)) }
    if unwanted.contains(.italic) { words.append(Array("\u{1B}[23m".utf8)) }
    if unwanted.contains(.underline) { words.append(Array("\u{1B}[24m".utf8)) }
    if unwanted.contains(.reverse) { words.append(Array("\u{1B}[27m".utf8)) }
    return words
  }

  func foreground(_ colour: Colour) -> [UInt8]? { colourWord("setaf", colour, base: 30) }
  func background(_ colour: Colour) -> [UInt8]? { colourWord("setab", colour, base: 40) }

  /// Where sequences may be made here, colours need no entry of terminfo that knows as many.
  private func colourWord(_ name: String, _ colour: Colour, base: Int) -> [UInt8]? {
    guard isANSI else {
      guard case .indexed(let index) = colour else { return nil }
      return word(name, Int(index))
    }
    let number =
      switch colour {
      case .standard: endsOneByOne ? "\(base + 9)" : ""
      case .indexed(let index) where index < 8: "\(base + Int(index))"
      case .indexed(let index) where index < 16: "\(base + 52 + Int(index))"
      case .indexed(let index): "\(base + 8);5;\(index)"
      case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
      }
    return number.isEmpty ? nil : Array("\u{1B}[\(number)m".utf8)
  }

  private func word(_ name: String, _ first: Int) -> [UInt8]? { Places.word(name, first) }
}
