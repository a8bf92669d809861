/// A picture that the terminal itself draws over blank cells: kitty's, sixel or iTerm's graphics.
///
/// Two are the same when their number and place are. Whoever makes one keeps numbers apart.
package struct PlacedPicture: Hashable, Sendable {
  package let number: Int
  package let rect: Rect
  /// Sent with the cursor at the rectangle's top left. Made here, never by a server.
  package let drawBytes: [UInt8]
  /// Sent when the picture goes; the cells below are painted again in any case.
  package let eraseBytes: [UInt8]

  package init(number: Int, rect: Rect, drawBytes: [UInt8], eraseBytes: [UInt8] = []) {
    self.number = number
    self.rect = rect
    self.drawBytes = drawBytes
    self.eraseBytes = eraseBytes
  }

  package static func == (a: Self, b: Self) -> Bool { a.number == b.number && a.rect == b.rect }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(rect)
  }
}

extension Canvas {
  /// Takes out pictures that something was written over since: the terminal would draw them above it. Call it when
  /// everything is drawn.
  package mutating func dropCoveredPictures() {
    guard !pictures.isEmpty else { return }
    pictures = pictures.filter { !isCovered($0) }
  }

  /// A picture under placeholders gives way by itself.
  private func isCovered(_ picture: PlacedPicture) -> Bool {
    let rect = picture.rect
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn {
        let cell = self[column, row]
        if cell.base == "\u{10EEEE}" { return false }
        if !cell.isBlank { return true }
      }
    }
    return false
  }
}
