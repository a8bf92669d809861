/// File names are bytes; the catalogue stores text. Names in UTF-8 stay as they are, and every other byte becomes a code
/// point of its own (U+10FE00 + byte, private use), so that the bytes of any path can be had back.
package enum PathText {
  private static let base: UInt32 = 0x10FE00

  /// The text of a path, whatever its bytes.
  package static func text(of bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isEscape) {
      return text
    }
    var scalars = String.UnicodeScalarView()
    var rest = bytes[...]
    while let first = rest.first {
      if let scalar = leadingScalar(of: rest), !isEscape(scalar) {
        scalars.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        scalars.append(Unicode.Scalar(base + UInt32(first))!)
        rest = rest.dropFirst()
      }
    }
    return String(scalars)
  }

  /// The bytes of the path that the text was made from.
  package static func bytes(of text: String) -> [UInt8] {
    guard text.unicodeScalars.contains(where: isEscape) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      isEscape(scalar) ? [UInt8(scalar.value - base)] : Array(String(scalar).utf8)
    }
  }

  /// For people: what is not UTF-8 shows as U+FFFD.
  package static func displayed(_ text: String) -> String {
    String(decoding: bytes(of: text), as: UTF8.self)
  }

  private static func isEscape(_ scalar: Unicode.Scalar) -> Bool { (base...base + 255).contains(scalar.value) }

  private static func leadingScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    var decoder = UTF8()
    var iterator = bytes.prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return scalar
  }
}
