import Music
import SQLite

// A word that stands in every row makes the index slow: it merges lists of all rows before it gives the first. So the rows
// of one word alone are looked through for the others; mostly there is a rare one among them, or hits come thick.

extension Catalogue {
  /// More rows than this are left to the index.
  private static let mostSifted = 250

  /// What `match` finds for a query of several words about tracks, in the same order.
  ///
  /// - Returns: nil where the index has to be asked.
  func sifted(_ query: FullTextQuery, isOwn: Bool, limit: Int) throws -> [Int64]? {
    guard query.isPlain, query.words.count > 1 else { return nil }
    for word in query.words.indices.reversed() {
      if let found = try rows(holding: word, of: query, isOwn: isOwn, limit: limit) { return found }
    }
    return nil
  }

  /// - Returns: nil where a word has too many rows and too few of them hold the others.
  private func rows(holding word: Int, of query: FullTextQuery, isOwn: Bool, limit: Int) throws -> [Int64]? {
    let texts =
      isOwn ? "m.title" : "m.title || ' ' || m.artist || ' ' || m.album || ' ' || m.album_artist || ' ' || m.spelled"
    let statement = try database.statement(
      """
      SELECT m.id, \(texts) FROM track_text CROSS JOIN track m ON m.id = track_text.rowid
      WHERE track_text MATCH ? AND m.origin IN \(scopeList())
      """)
    defer { statement.reset() }
    let expression = FullTextQuery.prefix(query.words[word])
    try statement.bind([isOwn ? "{title} : (\(expression))" : expression])
    var found: [Int64] = []
    for _ in 0..<Self.mostSifted {
      guard found.count < limit, try statement.step() else { return found }
      if query.isIn(statement.text(1)) { found.append(statement.int64(0)) }
    }
    return nil
  }
}
