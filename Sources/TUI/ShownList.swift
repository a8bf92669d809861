/// Where a list stands on a canvas, and which of its rows is its first there: what is drawn next can tell that it moved.
package struct ShownList: Hashable, Sendable {
  package let rect: Rect
  package let top: Int

  package init(rect: Rect, top: Int) {
    self.rect = rect
    self.top = top
  }
}

extension Canvas {
  /// The canvas as a terminal shows it that has moved rows: nobody knows what it put in their place.
  func moved(_ move: RowMove) -> Canvas {
    var result = self
    for row in move.rows {
      let source = row + move.count
      result.replace(row, with: move.rows.contains(source) ? self.row(source) : nil)
    }
    return result
  }
}
