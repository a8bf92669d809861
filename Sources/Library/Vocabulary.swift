/// Every word that the full-text index of tracks knows, folded as the index folds: for what prefixes do not find, the
/// middle of a word and a slip of the finger, and for which words begin as one does.
///
/// One buffer, sorted, a line feed around each word: 100 000 words take about a megabyte and are looked through in a
/// millisecond.
struct Vocabulary: Sendable {
  private let text: [UInt8]

  /// - Parameter words: as the index has them: folded, sorted by bytes, none twice.
  init(_ words: some Sequence<String>) {
    var text: [UInt8] = [Self.feed]
    for word in words {
      text += word.utf8
      text.append(Self.feed)
    }
    self.text = text
  }

  /// - Parameter text: the words so, a line feed before and after each.
  init(text: [UInt8]) {
    precondition(text.first == Self.feed && text.last == Self.feed)
    self.text = text
  }

  static let feed: UInt8 = 10

  /// Words that hold `part` anywhere but at their start, at most `limit`.
  func words(holding part: String, limit: Int) -> [String] {
    let part = Array(part.utf8)
    guard let first = part.first, !part.contains(Self.feed) else { return [] }
    return text.withUnsafeBufferPointer { text in
      var found: [String] = []
      var index = 1
      // Behind it no part can begin.
      let end = text.count - part.count
      while index < end, found.count < limit {
        guard text[index] == first, text[index - 1] != Self.feed, Self.stands(part, in: text, at: index) else {
          index += 1
          continue
        }
        let (from, to) = Self.word(around: index, in: text)
        found.append(String(decoding: text[from..<to], as: UTF8.self))
        index = to
      }
      return found
    }
  }

  /// Words that one letter too many, too few, another or swapped with its neighbour makes out of `typed`, or out of its
  /// beginning; the first letter must be right. At most `limit`.
  func words(near typed: String, limit: Int) -> [String] {
    let scalars = Array(typed.unicodeScalars)
    guard scalars.count >= 4, let first = scalars.first else { return [] }
    let bytes = scalars.allSatisfy(\.isASCII) ? Array(typed.utf8) : nil
    return text.withUnsafeBufferPointer { text in
      var found: [String] = []
      var place = Self.place(of: Array(String(first).utf8), in: text)
      while found.count < limit, place < text.count, Self.stands(String(first).utf8, in: text, at: place) {
        let end = Self.end(ofWordAt: place, in: text)
        let word = text[place..<end]
        // Letters of one byte are compared where they lie.
        let isNear =
          if let bytes, word.allSatisfy({ $0 < 0x80 }) {
            Self.isOneSlip(bytes, UnsafeBufferPointer(rebasing: word))
          } else {
            Self.isOneSlip(scalars, Array(String(decoding: word, as: UTF8.self).unicodeScalars))
          }
        if isNear { found.append(String(decoding: word, as: UTF8.self)) }
        place = end + 1
      }
      return found
    }
  }

  /// Words that begin with `start`; nil where there are more than `limit`.
  func words(beginningWith start: String, atMost limit: Int) -> [String]? {
    let start = Array(start.utf8)
    return text.withUnsafeBufferPointer { text in
      var found: [String] = []
      var place = Self.place(of: start, in: text)
      while place < text.count, Self.stands(start, in: text, at: place) {
        if found.count == limit { return nil }
        let end = Self.end(ofWordAt: place, in: text)
        found.append(String(decoding: text[place..<end], as: UTF8.self))
        place = end + 1
      }
      return found
    }
  }
}

extension Vocabulary {
  /// Where the first word begins that is no less than this one; the text's end where none is.
  private static func place(of word: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int {
    // Both always begin words; everything before the lower one is less.
    var (lower, upper) = (1, text.count)
    while lower < upper {
      let middle = self.word(around: lower + (upper - lower) / 2, in: text)
      if text[middle.0..<middle.1].lexicographicallyPrecedes(word) { lower = middle.1 + 1 } else { upper = middle.0 }
    }
    return lower
  }

  private static func stands(
    _ part: some Collection<UInt8>, in text: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> Bool {
    place + part.count < text.count && zip(part, text[place...]).allSatisfy { $0 == $1 }
  }

  /// - Parameter place: in a word, or the line feed behind it.
  private static func word(around place: Int, in text: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
    var begin = place
    while begin > 0, text[begin - 1] != feed { begin -= 1 }
    return (begin, end(ofWordAt: place, in: text))
  }

  private static func end(ofWordAt place: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = place
    while end < text.count, text[end] != feed { end += 1 }
    return end
  }

  /// Whether `typed` is the word, or its beginning, with one slip in it.
  static func isOneSlip<Letter: Equatable>(
    _ typed: some RandomAccessCollection<Letter>, _ word: some RandomAccessCollection<Letter>
  ) -> Bool {
    let same = zip(typed, word).prefix { $0 == $1 }.count
    guard same < typed.count else { return false }
    let (typedRest, wordRest) = (typed.dropFirst(same), word.dropFirst(same))
    // Another letter, one too many, one too few, two swapped.
    if begins(wordRest.dropFirst(), with: typedRest.dropFirst()) { return true }
    if begins(wordRest, with: typedRest.dropFirst()) { return true }
    if begins(wordRest.dropFirst(), with: typedRest) { return true }
    guard typedRest.count >= 2, wordRest.count >= 2 else { return false }
    let (i, j) = (typedRest.startIndex, wordRest.startIndex)
    return typedRest[i] == wordRest[wordRest.index(after: j)] && typedRest[typedRest.index(after: i)] == wordRest[j]
      && begins(wordRest.dropFirst(2), with: typedRest.dropFirst(2))
  }

  private static func begins<Letter: Equatable>(
    _ word: some RandomAccessCollection<Letter>, with part: some RandomAccessCollection<Letter>
  ) -> Bool {
    part.count <= word.count && zip(part, word).allSatisfy { $0 == $1 }
  }
}
