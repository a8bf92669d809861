/// One place of the canvas: sixteen bytes without a reference, so that a frame is made, copied and compared as plain memory.
package struct Cell: Hashable, Sendable {
  var look: Look
  /// A scalar, or where there are several the number that `GlyphNumbers` has given them; 0 for nothing.
  private var glyph: UInt32
  /// Bits, and no set of options: each cell of each frame is asked for them, and without optimisation a set takes a hundred
  /// times as long, which the tests have to wait for.
  private var traits: UInt32

  private static var wide: UInt32 { 1 }
  private static var rightHalf: UInt32 { 2 }
  private static var rightToLeftEnd: UInt32 { 4 }
  private static var unsure: UInt32 { 8 }

  /// - Parameters:
  ///   - text: one base character with its marks, safe for a terminal; empty in the right half of a wide one.
  ///   - width: 1 or 2; 0 in the right half of a wide one.
  ///   - isSure: false where terminals disagree about the width: the next cell's place must be said.
  package init(
    text: String, style: Style, width: Int, endsRightToLeft: Bool = false, isSure: Bool = true
  ) {
    self.init(GlyphNumbers.number(of: text), Look(style), width: width)
    if endsRightToLeft { traits |= Self.rightToLeftEnd }
    if !isSure { traits |= Self.unsure }
  }

  /// A single scalar, about whose width there is no doubt.
  package init(_ scalar: Unicode.Scalar, style: Style, width: Int = 1) {
    self.init(scalar.value, Look(style), width: width)
  }

  init(_ glyph: Glyph, _ look: Look) {
    self.init(GlyphNumbers.number(of: glyph.text), look, width: glyph.width)
    if !glyph.isSure { traits |= Self.unsure }
  }

  init(_ value: UInt32, _ look: Look, width: Int = 1) {
    glyph = value
    self.look = look
    traits = width == 2 ? Self.wide : width == 0 ? Self.rightHalf : 0
  }

  package static func blank(_ style: Style) -> Cell { blank(Look(style)) }
  static func blank(_ look: Look) -> Cell { Cell(0x20, look) }
  static func rightHalf(_ look: Look) -> Cell { Cell(0, look, width: 0) }
  /// Like no cell that can be asked for.
  static let unknown = Cell(0xFFFF, Look(.plain))
}

extension Cell {
  package var text: String { GlyphNumbers.text(of: glyph) }
  /// What it begins with; nil in the right half of a wide one.
  package var base: Unicode.Scalar? {
    guard glyph > 0 else { return nil }
    return Unicode.Scalar(glyph) ?? text.unicodeScalars.first
  }

  package var style: Style {
    get { look.style }
    set { look = Look(newValue) }
  }

  package var width: Int { traits & Self.wide != 0 ? 2 : traits & Self.rightHalf != 0 ? 0 : 1 }
  package var isSure: Bool { traits & Self.unsure == 0 }
  /// Whether text with right-to-left letters ends here: the terminal must not carry its direction on to what follows.
  package var endsRightToLeft: Bool { traits & Self.rightToLeftEnd != 0 }

  mutating func endRightToLeft() { traits |= Self.rightToLeftEnd }

  /// Whether any of `count` cells is not as the one at the same place: as plain memory, since
  /// mostly they are all the same.
  static func differ(_ some: UnsafePointer<Cell>, _ others: UnsafePointer<Cell>, _ count: Int) -> Bool {
    let words = count * MemoryLayout<Cell>.stride / MemoryLayout<UInt64>.stride
    return some.withMemoryRebound(to: UInt64.self, capacity: words) { some in
      others.withMemoryRebound(to: UInt64.self, capacity: words) { others in
        var difference: UInt64 = 0
        for word in 0..<words { difference |= some[word] ^ others[word] }
        return difference != 0
      }
    }
  }

  /// Whether one of them has no sure width.
  static func hasUnsure(_ cells: ArraySlice<Cell>) -> Bool {
    var traits: UInt32 = 0
    for cell in cells { traits |= cell.traits }
    return traits & unsure != 0
  }

  /// Neither wide nor half of a wide one.
  var isNarrow: Bool { traits & (Self.wide | Self.rightHalf) == 0 }
  var isBlank: Bool { glyph == 0x20 && isNarrow }
  /// The byte that is all of it, where there is one.
  var byte: UInt8? { (0x20..<0x7F).contains(glyph) && !endsRightToLeft ? UInt8(glyph) : nil }

  /// Its text in UTF-8; a space where there is none.
  func appendText(to bytes: inout [UInt8]) {
    if let byte { return bytes.append(byte) }
    guard glyph > 0 else { return bytes.append(0x20) }
    if let scalar = Unicode.Scalar(glyph) {
      bytes.append(contentsOf: UTF8.encode(scalar)!)
    } else {
      bytes.append(contentsOf: text.utf8)
    }
  }
}
