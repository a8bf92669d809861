import Music
import SQLite

// What prefixes do not find: the middle of a word, and words with one slip in them.

extension Catalogue {
  /// The query with the words that hold its words in their middle; nil when there are none. Words in scripts without
  /// spaces are long runs: there one sign is enough, elsewhere two letters.
  func widened(_ query: FullTextQuery, readsWords: Bool) throws -> FullTextQuery? {
    guard let words = try readsWords ? indexWords() : vocabulary?.words else { return nil }
    return FullTextQuery(query) { word in
      let folded = Folding.fold(word)
      guard folded.unicodeScalars.count > 1 || folded.unicodeScalars.contains(where: { $0.value >= 0x2E80 }) else {
        return []
      }
      return words.words(holding: folded, limit: Self.mostAlternatives)
    }
  }

  /// The query with words that are nearly its own; nil when there are none.
  func forgiving(_ query: FullTextQuery, readsWords: Bool) throws -> FullTextQuery? {
    guard let words = try readsWords ? indexWords() : vocabulary?.words else { return nil }
    return FullTextQuery(query, others: { words.words(near: Folding.fold($0), limit: Self.mostAlternatives) })
  }

  /// Each is one more look into the index.
  private static let mostAlternatives = 24

  /// Reads the index's words where that was not done since another connection changed the file: tens of milliseconds for
  /// a large library. A search that must not wait for it asks for it afterwards.
  package func readWords() throws { _ = try indexWords() }

  private func indexWords() throws -> Vocabulary {
    let changes = try foreignChanges()
    if let vocabulary, vocabulary.changes == changes { return vocabulary.words }
    try database.execute(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.track_word USING fts5vocab(main, track_text, row)")
    let words = Vocabulary(try database.rows("SELECT term FROM temp.track_word") { $0.text(0) })
    vocabulary = (words, changes)
    return words
  }
}
