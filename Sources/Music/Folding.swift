/// Text made comparable: small letters, no diacritics, no ligatures. It needs no tables of its own: Unicode's name of a
/// letter says what it is built on (`LATIN SMALL LETTER O WITH STROKE` is an o).
package enum Folding {
  /// `Motörhead` → `motorhead`, `Ænima` → `aenima`, `Ёлка` → `елка`. Other scripts stay as they are, in small letters.
  package static func fold(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    append(folded: text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What lists are sorted by: folded, with no leading article or punctuation. `The Beatles` → `beatles`.
  package static func sortKey(_ name: String) -> String {
    let folded = fold(name)
    let start = folded.firstIndex { $0.isLetter || $0.isNumber } ?? folded.startIndex
    let words = folded[start...]
    guard let space = words.firstIndex(of: " "), articles.contains(String(words[..<space])) else {
      return String(words)
    }
    let rest = words[space...].drop { !($0.isLetter || $0.isNumber) }
    return String(rest.isEmpty ? words : rest)
  }

  /// The words that folding changes beyond small letters, folded: for the full-text index, which does not know ø or æ.
  package static func spelled(_ texts: String...) -> String {
    var words: [String] = []
    for text in texts where !text.utf8.allSatisfy({ $0 < 0x80 }) {
      var word = ""
      var isChanged = false
      for scalar in text.unicodeScalars {
        if scalar == " " {
          if isChanged && !words.contains(word) { words.append(word) }
          word = ""
          isChanged = false
        } else if append(scalar, to: &word) {
          isChanged = true
        }
      }
      if isChanged && !words.contains(word) { words.append(word) }
    }
    return words.joined(separator: " ")
  }

  /// Makes the tables of letters, which takes milliseconds, so that the first text that needs them does not wait. Any thread.
  package static func prepare() { _ = fold("é") }

  private static let articles: Set<String> = [
    "a", "an", "the", "der", "die", "das", "el", "la", "los", "las", "le", "les", "il", "lo", "gli",
  ]

}

// MARK: Letters and what they are built on.

extension Folding {
  /// Appends the letter without what is put on it. True when more was taken from it than that it was a capital.
  static func append(_ scalar: Unicode.Scalar, to folded: inout String) -> Bool {
    if scalar.isASCII {
      let isCapital = ("A"..."Z").contains(scalar)
      folded.unicodeScalars.append(isCapital ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      return false
    }
    if let base = bases[scalar] {
      folded += base
      return true
    }
    if scalar.properties.generalCategory == .nonspacingMark { return true }
    folded += scalar.properties.lowercaseMapping
    return false
  }

  /// Letters of the alphabets that put marks on letters (Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic), by scalar.
  private static let bases: [Unicode.Scalar: String] = {
    let scalars = [0xC0...0x24F, 0x370...0x6FF, 0x1E00...0x1FFF].joined().compactMap { Unicode.Scalar(UInt32($0)) }
    let named = scalars.compactMap { scalar in scalar.properties.name.map { (scalar, $0) } }
    let plain = Dictionary(named.map { ($0.1, $0.0) }, uniquingKeysWith: { first, _ in first })
    var bases: [Unicode.Scalar: String] = ["ё": "е", "Ё": "е", "ß": "ss", "ẞ": "ss"]
    for (scalar, name) in named where bases[scalar] == nil {
      bases[scalar] = base(named: name, among: plain)?.lowercased()
    }
    return bases
  }()

  private static func base(named name: String, among plain: [String: Unicode.Scalar]) -> String? {
    let words = name.split(separator: " ")
    let head = words.prefix { $0 != "WITH" }
    let isMarked = head.count < words.count
    if let letter = head.last, head.first == "LATIN", letter.count <= 2,
      head.contains("LETTER") || head.contains("LIGATURE")
    {
      return String(letter)
    }
    guard isMarked, let scalar = plain[head.joined(separator: " ")] else { return nil }
    return String(scalar)
  }
}
