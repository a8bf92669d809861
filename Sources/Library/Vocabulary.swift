import SQLite

/// Every word that the full-text index of tracks knows, folded as the index folds: for what prefixes do not find, the
/// middle of a word and a slip of the finger.
///
/// One buffer, a line feed around each word: 100 000 words take about a megabyte and are looked through in a millisecond.
struct Vocabulary: Sendable {
  private let text: [UInt8]

  /// - Parameter words: as the index has them: folded, none twice.
  init(_ words: some Sequence<String>) {
    var text: [UInt8] = [10]
    for word in words {
      text += word.utf8
      text.append(10)
    }
    self.text = text
  }

  /// Words that hold `part` anywhere but at their start, at most `limit`.
  func words(holding part: String, limit: Int) -> [String] {
    let part = Array(part.utf8)
    guard let first = part.first, !part.contains(10) else { return [] }
    return text.withUnsafeBufferPointer { text in
      var found: [String] = []
      var index = 1
      while found.count < limit, let start = text[index...].firstIndex(of: first), start + part.count <= text.count {
        guard text[start..<start + part.count].elementsEqual(part) else {
          index = start + 1
          continue
        }
        let (begin, end) = Self.word(around: start, in: text)
        if begin != start { found.append(String(decoding: text[begin..<end], as: UTF8.self)) }
        index = end
      }
      return found
    }
  }

  /// Words that one letter too many, too few, another or swapped with its neighbour makes out of `typed`, or out of its
  /// beginning; the first letter must be right. At most `limit`.
  func words(near typed: String, limit: Int) -> [String] {
    let typed = Array(typed.unicodeScalars)
    guard typed.count >= 4, let first = typed.first else { return [] }
    let lead: [UInt8] = [10] + Array(String(first).utf8)
    return text.withUnsafeBufferPointer { text in
      var found: [String] = []
      var index = 0
      while found.count < limit, let start = text[index...].firstIndex(of: 10), start + lead.count < text.count {
        index = start + 1
        guard text[start..<start + lead.count].elementsEqual(lead) else { continue }
        let (begin, end) = Self.word(around: start + 1, in: text)
        let word = String(decoding: text[begin..<end], as: UTF8.self)
        if Self.isOneSlip(typed, Array(word.unicodeScalars)) { found.append(word) }
      }
      return found
    }
  }

  private static func word(around place: Int, in text: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
    let begin = text[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return (begin, text[place...].firstIndex(of: 10) ?? text.count)
  }

  /// Whether `typed` is the word, or its beginning, with one slip in it.
  static func isOneSlip(_ typed: [Unicode.Scalar], _ word: [Unicode.Scalar]) -> Bool {
    guard let place = typed.indices.first(where: { $0 >= word.count || typed[$0] != word[$0] }) else { return false }
    let (typedRest, wordRest) = (typed[place...], word[min(place, word.count)...])
    // Another letter, one too many, one too few, two swapped.
    if begins(wordRest.dropFirst(), with: typedRest.dropFirst()) { return true }
    if begins(wordRest, with: typedRest.dropFirst()) { return true }
    if begins(wordRest.dropFirst(), with: typedRest) { return true }
    guard typedRest.count >= 2, wordRest.count >= 2 else { return false }
    let (i, j) = (typedRest.startIndex, wordRest.startIndex)
    return typedRest[i] == wordRest[j + 1] && typedRest[i + 1] == wordRest[j]
      && begins(wordRest.dropFirst(2), with: typedRest.dropFirst(2))
  }

  private static func begins(_ word: ArraySlice<Unicode.Scalar>, with part: ArraySlice<Unicode.Scalar>) -> Bool {
    part.count <= word.count && word.prefix(part.count).elementsEqual(part)
  }
}
