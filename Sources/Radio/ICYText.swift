// What a station says beside its sound: `StreamTitle='Artist - Title';StreamUrl='…';`, filled up with zero bytes.

private let titleMark = Array("StreamTitle='".utf8)

/// Whether these bytes are such a text at all.
func isICYText(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: Array("Stream".utf8)) || bytes.prefix(128).firstRange(of: titleMark) != nil
}

/// The title; nil when none is told. It may hold quotes, and whatever else a stranger writes: it is drawn like all
/// such text, without its control characters.
func icyTitle(_ bytes: [UInt8]) -> String? {
  guard let mark = bytes.firstRange(of: titleMark) else { return nil }
  let rest = bytes[mark.upperBound...]
  // Quotes are not escaped, so the title ends where another field begins, else at the last of them.
  let next = rest.firstRange(of: Array("';Stream".utf8))?.lowerBound
  let last = rest.lastIndex(of: UInt8(ascii: "'"))
  let text = decoded(rest[..<(next ?? last ?? rest.prefix { $0 != 0 }.endIndex)])
  let title = String(text.prefix(300)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return title.isEmpty ? nil : title
}

/// UTF-8, else Windows-1252: nobody says which it is.
func decoded(_ bytes: some Sequence<UInt8>) -> String {
  let bytes = Array(bytes)
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  return String(String.UnicodeScalarView(bytes.map { windows1252[$0] ?? Unicode.Scalar($0) }))
}

/// Where it is not Latin-1 (encoding.spec.whatwg.org).
private let windows1252: [UInt8: Unicode.Scalar] = [
  0x80: "€", 0x82: "‚", 0x83: "ƒ", 0x84: "„", 0x85: "…", 0x86: "†", 0x87: "‡", 0x88: "ˆ", 0x89: "‰", 0x8A: "Š",
  0x8B: "‹", 0x8C: "Œ", 0x8E: "Ž", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—",
  0x98: "˜", 0x99: "™", 0x9A: "š", 0x9B: "›", 0x9C: "œ", 0x9E: "ž", 0x9F: "Ÿ",
]
