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
  /// Where the commands stand in a row, right of what they do.
  package let lineStart: Int

  /// - Parameter extent: what all its rows need, so that nothing moves while words narrow them.
  fileprivate init(over body: Rect, _ extent: PaletteExtent) {
    isFramed = body.columns >= 64 && body.rows >= 12
    let frame = isFramed ? 2 : 0
    // The border, and the line where words are typed.
    let rows = min(24, body.rows, max(1, extent.rows) + 1 + frame)
    let wanted = max(min(76, body.columns - 8), extent.columns + frame)
    let columns = min(wanted, body.columns)
    box = isFramed ? body.centred(Size(columns: columns, rows: rows)) : body
    lineStart = wanted <= columns ? max(36, extent.summary + 2) : 36
    var rest = isFramed ? box.inset(columns: 1, rows: 1) : box
    field = rest.takeTop(1)
    list = rest
  }
}

/// How much room the rows of a palette want.
package struct PaletteExtent: Hashable, Sendable {
  package let rows: Int
  /// Of the longest sentence.
  let summary: Int
  /// With sentences and commands below one another.
  let columns: Int

  init(_ rows: [PaletteRow]) {
    self.rows = rows.count
    let summary = rows.reduce(0) { max($0, columnWidth(of: $1.summary)) }
    self.summary = summary
    columns = rows.reduce(0) { widest, row in
      let line = row.shownLine.map { max(34, summary) + 2 + columnWidth(of: $0) } ?? columnWidth(of: row.summary)
      let keys = row.keys.isEmpty ? 0 : columnWidth(of: row.keys) + 2
      return max(widest, 3 + line + keys)
    }
  }
}

extension PaletteRow {
  /// The command as it is typed; nil where that is what the row says.
  package var shownLine: String? {
    line == summary ? nil : needsArgument ? ":\(line) …" : line
  }
}

extension AppState {
  package var popup: PopupLayout {
    let layout = layout
    let body = Rect(
      column: layout.header.column, row: layout.body.row, columns: layout.header.columns, rows: layout.body.rows)
    return PopupLayout(over: body, palette?.extent ?? PaletteExtent([]))
  }
}
