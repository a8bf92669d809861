/// A picture made ready for some cells of a certain terminal.
package struct CellPicture: Hashable, Sendable {
  package let size: Size
  /// Row after row.
  let cells: [Cell]
  /// What the terminal has to be sent besides.
  let sent: Sent?

  struct Sent: Hashable, Sendable {
    var number: Int
    var drawBytes: [UInt8]
    var eraseBytes: [UInt8]
  }

  /// Of characters alone.
  package init(size: Size, cells: [Cell]) {
    precondition(cells.count == size.columns * size.rows, "a cell for each place")
    self.size = size
    self.cells = cells
    sent = nil
  }

  /// Drawn by the terminal, over blank cells.
  package init(size: Size, number: Int, drawBytes: [UInt8], eraseBytes: [UInt8] = []) {
    self.size = size
    cells = Array(repeating: .blank(.plain), count: size.columns * size.rows)
    sent = Sent(number: number, drawBytes: drawBytes, eraseBytes: eraseBytes)
  }

  private init(size: Size, cells: [Cell], sent: Sent) {
    self.size = size
    self.cells = cells
    self.sent = sent
  }

  /// Sent once under a number; then characters stand for its parts, in a colour that tells the number
  /// from 16 to 255 (https://sw.kovidgoyal.net/kitty/graphics-protocol/, Unicode placeholders).
  package static func placeholders(
    size: Size, number: Int, drawBytes: [UInt8], eraseBytes: [UInt8]
  ) -> CellPicture {
    let style = Style(foreground: .indexed(UInt8(clamping: number)))
    var cells: [Cell] = []
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        var text = "\u{10EEEE}"
        text.unicodeScalars.append(placeMarks[row])
        text.unicodeScalars.append(placeMarks[column])
        cells.append(Cell(text: text, style: style, width: 1))
      }
    }
    return CellPicture(
      size: size, cells: cells, sent: Sent(number: number, drawBytes: drawBytes, eraseBytes: eraseBytes))
  }

  /// No picture is wider or higher.
  package static let mostCells = placeMarks.count
}

extension Canvas {
  /// Draws a picture in the middle of a part; where it does not fit, nothing.
  package mutating func draw(_ picture: CellPicture, in rect: Rect, style: Style) {
    let place = rect.centred(picture.size)
    guard place.columns == picture.size.columns, place.rows == picture.size.rows else { return }
    guard place.column >= 0, place.row >= 0, place.endColumn <= size.columns, place.endRow <= size.rows else { return }
    for (index, cell) in picture.cells.enumerated() {
      var cell = cell
      if cell.isBlank, picture.sent != nil { cell.style = style }
      if picture.sent != nil { cell.style.background = style.background }
      put(cell, place.column + index % place.columns, place.row + index / place.columns)
    }
    guard let sent = picture.sent else { return }
    pictures.append(
      PlacedPicture(number: sent.number, rect: place, drawBytes: sent.drawBytes, eraseBytes: sent.eraseBytes))
  }
}

/// The marks that tell rows and columns from 0 on, in kitty's order: marks above, without a decomposition.
private let placeMarks: [Unicode.Scalar] = {
  let ranges: [ClosedRange<UInt32>] = [
    0x305...0x305, 0x30D...0x30E, 0x310...0x310, 0x312...0x312, 0x33D...0x33F, 0x346...0x346, 0x34A...0x34C,
    0x350...0x352, 0x357...0x357, 0x35B...0x35B, 0x363...0x36F, 0x483...0x487, 0x592...0x595, 0x597...0x599,
    0x59C...0x5A1, 0x5A8...0x5A9, 0x5AB...0x5AC, 0x5AF...0x5AF, 0x5C4...0x5C4, 0x610...0x617, 0x657...0x65B,
  ]
  return ranges.flatMap { $0 }.compactMap { Unicode.Scalar($0) }
}()
