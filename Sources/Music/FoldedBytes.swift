// Folding where it is done for thousands of texts at once: bytes in, bytes out.

extension Folding {
  /// Appends what `fold` makes of the text, as UTF-8.
  package static func append(folded text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append(folded: $0, to: &bytes) }
  }

  private static func append(folded text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte < 0x80 {
        bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        place += 1
        continue
      }
      // A string's UTF-8 is whole.
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let letter = text[place..<place + length]
      place += length
      if length == 2 {
        let scalar = Int(byte & 0x1F) << 6 | Int(letter.last! & 0x3F)
        bytes += short[scalar - shortest]
      } else if isUnmarked(byte) {
        bytes += letter
      } else {
        var folded = ""
        for scalar in String(decoding: letter, as: UTF8.self).unicodeScalars {
          _ = append(scalar, to: &folded)
        }
        bytes += folded.utf8
      }
    }
  }

  /// Whether all letters of three bytes that begin so are ideographs or syllables of Hangul, which stay as they are:
  /// U+4000–U+9FFF, U+B000–U+CFFF.
  private static func isUnmarked(_ lead: UInt8) -> Bool {
    (0xE4...0xE9).contains(lead) || (0xEB...0xEC).contains(lead)
  }

  private static let shortest = 0x80
  /// What each letter of two bytes becomes, by its scalar.
  private static let short: [[UInt8]] = (shortest...0x7FF).map { value in
    var folded = ""
    _ = append(Unicode.Scalar(UInt32(value))!, to: &folded)
    return Array(folded.utf8)
  }
}
