import Music
import SQLite

// What prefixes do not find: the middle of a word, and words with one slip in them.

extension Catalogue {
  /// The query with the words that hold its words in their middle; nil when there are none. Words in scripts without
  /// spaces are long runs: there one sign is enough, elsewhere two letters.
  func widened(_ query: FullTextQuery, _ words: Vocabulary) -> FullTextQuery? {
    FullTextQuery(
      query,
      others: { word in
        let folded = Folding.fold(word)
        guard folded.unicodeScalars.count > 1 || folded.unicodeScalars.contains(where: { $0.value >= 0x2E80 }) else {
          return []
        }
        return words.words(holding: folded, limit: Self.mostAlternatives)
      }, whole: wholeWords)
  }

  /// The query with words that are nearly its own; nil when there are none.
  func forgiving(_ query: FullTextQuery, _ words: Vocabulary) -> FullTextQuery? {
    FullTextQuery(
      query, others: { words.words(near: Folding.fold($0), limit: Self.mostAlternatives) }, whole: wholeWords)
  }

  /// Each is one more look into the index.
  private static let mostAlternatives = 24

  /// The query in whole words; nil where not all of them are known.
  func exact(_ query: FullTextQuery) -> FullTextQuery? {
    query.isPlain && wordsOfNow != nil ? FullTextQuery(query, whole: wholeWords) : nil
  }

  /// The words of the index that begin as this one, where they are few, and all known.
  func wholeWords(_ word: String) -> [String]? {
    // Up to three letters have lists of their own. Others than plain ones may fold in two ways.
    guard word.utf8.count > 3, word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return wordsOfNow?.words(beginningWith: word.lowercased(), atMost: Self.mostWhole)
  }

  private static let mostWhole = 12
}
