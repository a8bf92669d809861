package import TUI

/// Where a list over the screen lies: the palette, a menu. The same for `update` and for `Screens`.
package struct PopupLayout: Hashable, Sendable {
  /// All of it.
  package let box: Rect
  /// Whether the box has a border around it.
  package let isFramed: Bool
  /// Where the words are typed.
  package let field: Rect
  package let list: Rect

  fileprivate init(over body: Rect) {
    isFramed = body.columns >= 64 && body.rows >= 12
    box = isFramed ? body.centred(Size(columns: min(76, body.columns - 8), rows: min(24, body.rows))) : body
    var rest = isFramed ? box.inset(columns: 1, rows: 1) : box
    field = rest.takeTop(1)
    list = rest
  }
}

extension ScreenLayout {
  package var popup: PopupLayout {
    PopupLayout(over: Rect(column: header.column, row: body.row, columns: header.columns, rows: body.rows))
  }
}
