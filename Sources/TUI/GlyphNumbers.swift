import Synchronization

/// Glyphs of several scalars (letters with marks, flags, families) have numbers beyond Unicode's, the same ones as long as
/// the program runs; a scalar alone is its own number. Any thread may ask.
///
/// Only what was drawn gets one; when all are given, no more than the first scalar is kept of further ones.
enum GlyphNumbers {
  private struct Known {
    var texts: [String] = []
    /// By UTF-8: to Swift strings are the same whose marks stand in another order, to a terminal they may not be.
    var numbers: [[UInt8]: UInt32] = [:]
  }

  private static let first: UInt32 = 0x110000
  private static let mostKnown = 1 << 17
  private static let known = Mutex(Known())

  /// 0 for no text.
  static func number(of text: String) -> UInt32 {
    let scalars = text.unicodeScalars
    guard let base = scalars.first else { return 0 }
    if scalars.index(after: scalars.startIndex) == scalars.endIndex { return base.value }
    return known.withLock { known in
      let bytes = Array(text.utf8)
      if let number = known.numbers[bytes] { return number }
      guard known.texts.count < mostKnown else { return base.value }
      let number = first + UInt32(known.texts.count)
      known.texts.append(text)
      known.numbers[bytes] = number
      return number
    }
  }

  static func text(of number: UInt32) -> String {
    if let scalar = Unicode.Scalar(number) { return number == 0 ? "" : String(scalar) }
    return known.withLock { $0.texts[Int(number - first)] }
  }
}
