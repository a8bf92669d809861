/// One place of the canvas.
package struct Cell: Hashable, Sendable {
  /// One base character with its marks, safe for a terminal; empty in the right half of a wide one.
  package var text: String
  package var style: Style
  /// 1 or 2; 0 in the right half of a wide one.
  package var width: Int
  /// Whether right-to-left text ends here: the terminal must not carry its direction on to what follows.
  package var endsRightToLeft = false

  package static func blank(_ style: Style) -> Cell { Cell(text: " ", style: style, width: 1) }
}

/// A picture made of cells. Whatever is written on it is made safe on the way.
package struct Canvas: Hashable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's own cursor blinks; nil hides it.
  package var cursor: Point?

  package init(size: Size, style: Style = .plain) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank(style), count: self.size.columns * self.size.rows)
  }
}
