import Music
import SQLite

// The words of the full-text index of tracks, read into memory once a search needed them: tenths of a second for a large
// library, so whoever has a listener waiting reads them a piece at a time.

/// The words, and as of when.
struct KnownWords {
  let words: Vocabulary
  let state: [UInt8]
  /// Those of very many tracks.
  let common: [String]
}

/// Those that were read so far.
struct ReadingOfWords {
  fileprivate var text: [UInt8] = [Vocabulary.feed]
  fileprivate var start = 0
  fileprivate let state: [UInt8]
  fileprivate var common: [String] = []

  /// The word that was added last.
  fileprivate var last: String { start == 0 ? "" : String(decoding: text[start..<text.count - 1], as: UTF8.self) }

  fileprivate mutating func add(_ word: UnsafeRawBufferPointer) {
    start = text.count
    text += word
    text.append(Vocabulary.feed)
  }
}

extension Catalogue {
  /// Reads the index's words where that was not done since the index changed.
  package func readWords() throws { _ = try indexWords() }

  /// Reads the next piece of them, some milliseconds' worth.
  ///
  /// - Returns: whether all are known now.
  package func readSomeWords() throws -> Bool {
    let state = try stateOfIndex()
    if readingOfWords == nil, let vocabulary, vocabulary.state == state { return true }
    var reading = readingOfWords ?? ReadingOfWords(state: state)
    // One copy of the words at a time.
    readingOfWords = nil
    let isWhole = try read(&reading)
    if isWhole {
      // As large as it is, not as it grew.
      let text = reading.text.withUnsafeBufferPointer { Array($0) }
      vocabulary = KnownWords(words: Vocabulary(text: text), state: reading.state, common: reading.common)
    } else {
      readingOfWords = reading
    }
    return isWhole
  }

  func indexWords() throws -> Vocabulary {
    if let readingOfWords, try readingOfWords.state != stateOfIndex() { self.readingOfWords = nil }
    while try !readSomeWords() {}
    return vocabulary?.words ?? Vocabulary([])
  }

  /// The words, where they are still all there are.
  var wordsOfNow: Vocabulary? {
    guard let vocabulary, let state = try? stateOfIndex(), !state.isEmpty, vocabulary.state == state else { return nil }
    return vocabulary.words
  }

  /// Another whenever words were written: the record of its segments, which FTS5 writes anew each time.
  private func stateOfIndex() throws -> [UInt8] {
    try database.first("SELECT block FROM track_text_data WHERE id = 10") { $0.bytes(0) } ?? []
  }

  private func read(_ reading: inout ReadingOfWords) throws -> Bool {
    try database.execute(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.track_word USING fts5vocab(main, track_text, row)")
    // How many tracks a word has was counted before it is given.
    let statement = try database.statement("SELECT term, doc FROM temp.track_word WHERE term > ?")
    defer { statement.reset() }
    try statement.bind(reading.last, at: 1)
    let end = ContinuousClock.now + Self.pieceOfWords
    // A word that stands in every row takes as long as thousands that do not.
    repeat {
      guard try statement.step() else { return true }
      statement.withBlob(0) { reading.add($0) }
      if statement.int(1) >= Self.manyTracks { reading.common.append(statement.text(0)) }
    } while ContinuousClock.now < end
    return false
  }

  private static let pieceOfWords = Duration.milliseconds(2)
  /// To look through so many for titles takes milliseconds.
  private static let manyTracks = 10_000
}

/// Beginnings of words that stand in no title, as far as they were looked for: what is asked of titles then is known, and
/// finding nothing among many rows is what takes the longest.
struct UntitledWords {
  fileprivate var state: [UInt8] = []
  fileprivate var starts: Set<[UInt8]> = []
  /// Of how many letters and common words that was found out before anybody asked.
  fileprivate var learned = 0

  fileprivate func holds(_ letters: [UInt8]) -> Bool {
    (1...letters.count).contains { starts.contains(Array(letters[..<$0])) }
  }
}

extension Catalogue {
  /// Whether it was found out that no title has the words.
  func isKnownToBeUntitled(_ query: FullTextQuery) throws -> Bool {
    guard try untitled.state == stateOfIndex() else { return false }
    return query.alternatives.contains { words in
      words.allSatisfy { word in
        word.utf8.allSatisfy { $0 < 0x80 } && untitled.holds(Array(word.lowercased().utf8))
      }
    }
  }

  /// Finds out for the next letter, or the next word of very many tracks, whether titles have words that begin so: one that
  /// none has takes the longest to look for.
  ///
  /// - Returns: whether that is known of all.
  package func learnSomeLetters() throws -> Bool {
    let state = try stateOfIndex()
    if untitled.state != state { untitled = UntitledWords(state: state) }
    let starts = Self.letters + (wordsOfNow == nil ? [] : vocabulary?.common ?? [])
    guard untitled.learned < starts.count else { return true }
    _ = try isInTitles(starts[untitled.learned])
    untitled.learned += 1
    return untitled.learned == starts.count
  }

  private static let letters = "aeioustnrlcdmpbhgfvkwyjzxq0123456789".map(String.init)

  /// Whether titles have a word that begins so; true where there is nothing to tell.
  func isInTitles(_ word: String) throws -> Bool {
    // Others may fold in two ways.
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return true }
    let state = try stateOfIndex()
    if untitled.state != state || untitled.starts.count > 1000 { untitled = UntitledWords(state: state) }
    let letters = Array(word.lowercased().utf8)
    if untitled.holds(letters) { return false }
    let text = FullTextQuery(word).map { exact($0)?.expression ?? $0.expression } ?? ""
    let isFound = try !rowsByPieces("{title} : (\(text))", limit: 1, isInScope: false).isEmpty
    if !isFound { untitled.starts.insert(letters) }
    return isFound
  }
}
