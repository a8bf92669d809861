import CChafa
import FoundationEssentials
import Glibc
package import TUI

/// A picture's place in the screen: how many cells there are for it, and how many pixels a cell has.
package struct PictureFrame: Hashable, Sendable {
  package var room: Size
  package var cellWidth: Int
  package var cellHeight: Int

  /// Terminals that do not tell how large their cells are have cells twice as high as wide.
  package init(room: Size, cellWidth: Int = 0, cellHeight: Int = 0) {
    self.room = room
    let isKnown = (2...200).contains(cellWidth) && (2...400).contains(cellHeight)
    self.cellWidth = isKnown ? cellWidth : 10
    self.cellHeight = isKnown ? cellHeight : 20
  }

  /// The largest part of the room that has the picture's shape; a cell at least.
  func size(for picture: Picture) -> Size {
    let (width, height) = (Double(picture.width), Double(picture.height))
    let scale = min(Double(room.columns * cellWidth) / width, Double(room.rows * cellHeight) / height)
    func cells(_ pixels: Double, _ cell: Int, _ most: Int) -> Int {
      max(1, min(most, CellPicture.mostCells, Int((pixels * scale / Double(cell)).rounded())))
    }
    return Size(columns: cells(width, cellWidth, room.columns), rows: cells(height, cellHeight, room.rows))
  }
}

extension CellPicture {
  /// Draws a picture for a terminal. For threads that may block: it takes some milliseconds.
  ///
  /// - Parameters:
  ///   - bytes: the file it was decoded from; some terminals decode it themselves.
  ///   - number: another for each picture that may be on the screen together, 16 to 255.
  ///   - ground: what is behind it.
  package init(
    _ picture: Picture, from bytes: [UInt8] = [], in frame: PictureFrame, by way: PictureWay, number: Int,
    on ground: Colour = .standard
  ) throws(PictureError) {
    let size = frame.size(for: picture)
    switch way {
    case .symbols(let depth, let isASCII):
      self.init(size: size, cells: try symbols(picture, size, depth, isASCII: isASCII, ground))
    case .kitty(let isInTmux):
      let pixels = picture.fitted(to: frame, size)
      self = .placeholders(
        size: size, number: number,
        drawBytes: kittyTransmission(pixels, number, "a=T,U=1,c=\(size.columns),r=\(size.rows)", isInTmux: isInTmux),
        eraseBytes: passed("\u{1B}_Ga=d,d=I,i=\(number),q=2\u{1B}\\", isInTmux: isInTmux))
    case .kittyPlaced:
      let pixels = picture.fitted(to: frame, size)
      self.init(
        size: size, number: number,
        drawBytes: kittyTransmission(pixels, number, "a=T,C=1,c=\(size.columns),r=\(size.rows)", isInTmux: false),
        eraseBytes: Array("\u{1B}_Ga=d,d=I,i=\(number),q=2\u{1B}\\".utf8))
    case .sixel:
      self.init(size: size, number: number, drawBytes: try sixels(picture, size, frame, ground))
    case .iTerm: self.init(size: size, number: number, drawBytes: iTermSequence(bytes, size))
    }
  }
}

private func symbols(
  _ picture: Picture, _ size: Size, _ depth: ColourDepth, isASCII: Bool, _ ground: Colour
) throws(PictureError) -> [Cell] {
  guard dulcet_chafa_load() == 0 else { throw .noLibrary }
  let mode: dulcet_chafa_mode =
    switch depth {
    case .direct: DULCET_CHAFA_TRUECOLOUR
    case .palette: DULCET_CHAFA_240
    case .sixteen: DULCET_CHAFA_16
    case .eight: DULCET_CHAFA_8
    case .none: DULCET_CHAFA_PLAIN
    }
  var drawn = [dulcet_chafa_cell](repeating: dulcet_chafa_cell(), count: size.columns * size.rows)
  dulcet_chafa_symbols(
    picture.rgba, Int32(picture.width), Int32(picture.height), Int32(size.columns), Int32(size.rows), mode,
    isASCII ? 1 : 0, ground.packed, &drawn)
  return drawn.map { cell in
    func colour(_ value: Int32) -> Colour {
      if value < 0 || depth == .none { return ground }
      if depth == .direct { return .rgb(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)) }
      return .indexed(UInt8(clamping: value))
    }
    let character = Unicode.Scalar(cell.character) ?? " "
    let foreground = depth == .none ? Colour.standard : colour(cell.foreground)
    return Cell(character, style: Style(foreground: foreground, background: colour(cell.background)))
  }
}

private func sixels(
  _ picture: Picture, _ size: Size, _ frame: PictureFrame, _ ground: Colour
) throws(PictureError) -> [UInt8] {
  guard dulcet_chafa_load() == 0 else { throw .noLibrary }
  var count = 0
  guard
    let text = dulcet_chafa_sixels(
      picture.rgba, Int32(picture.width), Int32(picture.height), Int32(size.columns), Int32(size.rows),
      Int32(frame.cellWidth), Int32(frame.cellHeight), ground.packed, &count)
  else { throw .damaged }
  defer { free(text) }
  return Array(UnsafeRawBufferPointer(start: text, count: count))
}

/// https://iterm2.com/documentation-images.html
private func iTermSequence(_ bytes: [UInt8], _ size: Size) -> [UInt8] {
  let head =
    "\u{1B}]1337;File=inline=1;size=\(bytes.count);width=\(size.columns);height=\(size.rows);doNotMoveCursor=1:"
  return Array(head.utf8) + Array(Data(bytes).base64EncodedString().utf8) + [0x07]
}

/// https://sw.kovidgoyal.net/kitty/graphics-protocol/: pieces of 4096 characters; no answers are wanted (q=2).
private func kittyTransmission(_ picture: Picture, _ number: Int, _ action: String, isInTmux: Bool) -> [UInt8] {
  let text = Array(Data(picture.rgb).base64EncodedString().utf8)
  var bytes: [UInt8] = []
  for start in stride(from: 0, to: max(1, text.count), by: 4096) {
    let piece = text[start..<min(start + 4096, text.count)]
    let isLast = start + 4096 >= text.count
    let head = start == 0 ? "\(action),q=2,f=24,i=\(number),s=\(picture.width),v=\(picture.height)," : ""
    let sequence = "\u{1B}_G\(head)m=\(isLast ? 0 : 1);" + String(decoding: piece, as: UTF8.self) + "\u{1B}\\"
    bytes += passed(sequence, isInTmux: isInTmux)
  }
  return bytes
}

/// tmux passes on what stands between these, with each escape doubled (tmux(1), allow-passthrough).
private func passed(_ sequence: String, isInTmux: Bool) -> [UInt8] {
  guard isInTmux else { return Array(sequence.utf8) }
  var bytes = Array("\u{1B}Ptmux;".utf8)
  for byte in sequence.utf8 { bytes += byte == 0x1B ? [0x1B, 0x1B] : [byte] }
  return bytes + Array("\u{1B}\\".utf8)
}

extension Picture {
  /// No more pixels than the cells have: each costs bytes on the way to the terminal. Takes the nearest ones.
  func fitted(to frame: PictureFrame, _ size: Size) -> Picture {
    let (columns, rows) = (size.columns * frame.cellWidth, size.rows * frame.cellHeight)
    guard columns < width || rows < height else { return self }
    let (newWidth, newHeight) = (max(1, min(width, columns)), max(1, min(height, rows)))
    var bytes = [UInt8]()
    bytes.reserveCapacity(newWidth * newHeight * 4)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        let place = ((y * height / newHeight) * width + x * width / newWidth) * 4
        bytes += rgba[place..<(place + 4)]
      }
    }
    return Picture(width: newWidth, height: newHeight, rgba: bytes)
  }

  /// Without transparency: what can be seen through is black.
  fileprivate var rgb: [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(width * height * 3)
    for pixel in stride(from: 0, to: rgba.count, by: 4) {
      let alpha = Int(rgba[pixel + 3])
      for channel in 0..<3 { bytes.append(UInt8(Int(rgba[pixel + channel]) * alpha / 255)) }
    }
    return bytes
  }
}

extension Colour {
  fileprivate var packed: UInt32 {
    guard let (red, green, blue) = channels else { return 0 }
    return UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
  }
}
