package import Music
import SQLite

/// What a search found.
package struct SearchResult: Sendable {
  package var artists: [Artist] = []
  package var albums: [Album] = []
  package var tracks: [Track] = []
  package init() {}
}

extension Catalogue {
  /// Every word of `text` is a prefix of some word of the row; diacritics and case folded. Never slow: no ranking, but
  /// rows whose own name or title holds the words come first. `limit` holds for each of the three.
  package func search(_ text: String, limit: Int) throws -> SearchResult {
    var result = SearchResult()
    guard let query = FullTextQuery(text) else { return result }
    let page = Page(limit: limit)
    try database.snapshot {
      result.artists = try matches(of: query, in: .artist, page).compactMap { try artist(ArtistID($0)) }
      result.albums = try matches(of: query, in: .album, page).compactMap { try album(AlbumID($0)) }
      result.tracks = try tracks(matches(of: query, in: .track, page).map(TrackID.init))
    }
    return result
  }

  /// search3. An empty text finds everything, in an order that paging can rely on. A limit of 0 leaves a section out.
  package func storedSearch(
    _ text: String, artists: Page, albums: Page, tracks: Page
  ) throws -> StoredSearchResult {
    var result = StoredSearchResult()
    let query = FullTextQuery(text)
    if query == nil && text.contains(where: { !$0.isWhitespace && $0 != "\"" }) { return result }
    try database.snapshot {
      func found(_ index: TextIndex, _ page: Page) throws -> [Int64] {
        try query.map { try matches(of: $0, in: index, page) } ?? everything(in: index, page)
      }
      result.artists = try found(.artist, artists).compactMap { try storedArtist(ArtistID($0)) }
      result.albums = try found(.album, albums).compactMap { try storedAlbum(AlbumID($0)) }
      result.tracks = try found(.track, tracks).compactMap { try storedTrack(TrackID($0)) }
    }
    return result
  }
}

/// One of the full-text tables.
private enum TextIndex: String {
  case artist, album, track

  /// The columns that are the row's own name, not its artist's or album's.
  var ownColumns: String {
    switch self {
    case .artist: "{name spelled}"
    case .album: "{name}"
    case .track: "{title}"
    }
  }

  /// Artists that nothing is left of to play are not shown.
  var condition: String {
    guard self == .artist else { return "" }
    return """
       AND (EXISTS (SELECT 1 FROM album WHERE artist_id = m.id) OR EXISTS (SELECT 1 FROM track WHERE artist_id = m.id))
      """
  }
}

extension Catalogue {
  /// Rows whose own name matches, then those that match only with the rest. Each row stands once.
  private func matches(of query: FullTextQuery, in index: TextIndex, _ page: Page) throws -> [Int64] {
    guard page.limit > 0 else { return [] }
    let wanted = Page(limit: page.offset + page.limit)
    var rows = try match("\(index.ownColumns) : (\(query.expression))", in: index, wanted)
    if rows.count < wanted.limit, index != .artist {
      let own = Set(rows)
      // Rows met already may stand among these: ask for as many more.
      let all = try match(query.expression, in: index, Page(limit: wanted.limit + own.count))
      rows += all.filter { !own.contains($0) }.prefix(wanted.limit - rows.count)
    }
    return Array(rows.dropFirst(page.offset))
  }

  private func match(_ expression: String, in index: TextIndex, _ page: Page) throws -> [Int64] {
    let table = index.rawValue
    return try database.rows(
      """
      SELECT m.id FROM \(table)_text CROSS JOIN \(table) m ON m.id = \(table)_text.rowid
      WHERE \(table)_text MATCH ? AND m.origin IN \(scopeList())\(index.condition) LIMIT ?
      """, expression, page.limit
    ) { $0.int64(0) }
  }

  private func everything(in index: TextIndex, _ page: Page) throws -> [Int64] {
    guard page.limit > 0 else { return [] }
    return try database.rows(
      "SELECT m.id FROM \(index.rawValue) m WHERE m.origin IN \(scopeList())\(index.condition) ORDER BY m.id LIMIT ? OFFSET ?",
      page.limit, page.offset
    ) { $0.int64(0) }
  }
}

/// What was typed, as FTS5 reads it: each word a quoted prefix. Nothing that was typed is ever syntax.
struct FullTextQuery: Hashable {
  /// More words than anybody types: each costs a look into the index.
  private static let mostWords = 12

  let expression: String

  /// nil when there is no word in it.
  init?(_ text: String) {
    let words = text.unicodeScalars.split { !Self.isLetter($0) && !Self.isMark($0) }
      .filter { $0.contains(where: Self.isLetter) }.prefix(Self.mostWords)
    guard !words.isEmpty else { return nil }
    expression = words.map { "\"\(String($0))\"*" }.joined(separator: " ")
  }

  /// The letters of words as FTS5's unicode61 sees them.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
