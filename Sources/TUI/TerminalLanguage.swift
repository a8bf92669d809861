/// What a kind of terminal has to be told, as bytes. `Ncurses` reads it from terminfo(5).
package protocol TerminalLanguage {
  func move(to place: Point) -> [UInt8]
  /// Along the row; nil where the terminal has no such word.
  func forward(_ columns: Int) -> [UInt8]?
  func move(toColumn column: Int) -> [UInt8]?
  /// One column back; nil where it is no single byte.
  var back: UInt8? { get }
  /// Back to the plain style.
  var plain: [UInt8] { get }
  /// The words that begin each of some attributes.
  func words(for attributes: Attributes) -> [[UInt8]]
  /// The words that end some attributes and leave the rest as it is; nil where only `plain` ends them.
  func words(ending attributes: Attributes) -> [[UInt8]]?
  /// Of the standard colour: nil where only `plain` brings it back.
  func foreground(_ colour: Colour) -> [UInt8]?
  func background(_ colour: Colour) -> [UInt8]?
  /// Empties the whole screen in the present background; the cursor goes to the first place.
  var clear: [UInt8] { get }
  /// Empties the rest of the row, or some columns, in the present background; nil where the terminal cannot.
  var eraseLine: [UInt8]? { get }
  func erase(_ columns: Int) -> [UInt8]?
  /// To the next row, in the same column; nil where it is no single byte, or somebody makes more of it.
  var down: UInt8? { get }
  /// To the first column of the next row; nil where that takes more than going there.
  var nextRow: [UInt8]? { get }
  /// Moves rows up, or down where `count` is negative, and nothing beside them; where that leaves the cursor is not known.
  /// nil where the terminal cannot.
  func scroll(_ rows: Range<Int>, by count: Int) -> [UInt8]?
  func showCursor(_ isVisible: Bool) -> [UInt8]
  /// Whether the last place of the screen can be written without scrolling it.
  var hasLastCorner: Bool { get }
  /// Whether marks of direction are understood, or at least ignored.
  var keepsDirection: Bool { get }
  /// Whether ambiguous characters may be wide here.
  var doubtsAmbiguous: Bool { get }
  /// What the terminal can show of a style.
  func reduced(_ style: Style) -> Style
}
