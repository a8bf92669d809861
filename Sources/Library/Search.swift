package import Music
import SQLite

/// What a search found.
package struct SearchResult: Sendable {
  package var artists: [Artist] = []
  package var albums: [Album] = []
  package var tracks: [Track] = []
  /// What more of the index has to be looked at for, for the tracks; those that are here are the first of them.
  var rest: FullTextQuery?
  /// Whether there was a word to look for.
  var hasWords = false
  /// The index's words among which the middle of words was looked for, as of when.
  var widened: [UInt8]?
  package init() {}

  package var isEmpty: Bool { artists.isEmpty && albums.isEmpty && tracks.isEmpty }
  /// Whether `Catalogue.completed` has to be asked once more.
  package var isUnfinished: Bool { rest != nil }

  /// Puts what `other` has beside these behind them.
  mutating func add(_ other: SearchResult, limit: Int) {
    func joined<Row: Identifiable>(_ first: [Row], _ second: [Row]) -> [Row] {
      let known = Set(first.map(\.id))
      return Array((first + second.filter { !known.contains($0.id) }).prefix(limit))
    }
    artists = joined(artists, other.artists)
    albums = joined(albums, other.albums)
    tracks = joined(tracks, other.tracks)
  }
}

extension Catalogue {
  /// Every word of `text` is a prefix of some word of the row; diacritics and case folded. Never slow: no ranking, but
  /// rows whose own name or title holds the words come first, and those that hold them in the middle of a word last.
  /// Where nothing does, one slip of the finger in each word is forgiven. `limit` holds for each of the three.
  /// - Parameter waitsForWords: whether the words of the index are read first, where they are not in memory yet; without
  ///   them only beginnings are found. See `readWords`.
  package func search(_ text: String, limit: Int, waitsForWords: Bool = true) throws -> SearchResult {
    try database.snapshot {
      let result = try searchBeginnings(text, limit: limit)
      return try completed(result, for: text, limit: limit, waitsForWords: waitsForWords)
    }
  }

  /// The first half of a search: words that begin as those of `text` do.
  ///
  /// - Parameter screenful: with so many rows the listener has enough to look at: more tracks may be left to `completed`,
  ///   which adds them behind these.
  package func searchBeginnings(_ text: String, limit: Int, screenful: Int = .max) throws -> SearchResult {
    guard let query = FullTextQuery(text) else { return SearchResult() }
    return try database.snapshot { try search(query, limit: limit, screenful: screenful) }
  }

  /// Whether the second half of a search may find more, with the words that are in memory.
  package func wantsMore(_ result: SearchResult, limit: Int) -> Bool {
    result.isUnfinished || isLittle(result, limit) && vocabulary.map { $0.state != result.widened } ?? false
  }

  /// Whether more may be found once the index's words are read: they are not in memory yet, or others by now.
  package func lacksWords(for result: SearchResult, limit: Int) -> Bool {
    isLittle(result, limit) && wordsOfNow == nil
  }

  private func isLittle(_ result: SearchResult, _ limit: Int) -> Bool {
    result.hasWords && limit > 0 && (result.isEmpty || result.tracks.count < min(limit, Self.plenty))
  }

  /// The second half: the middle of words, and slips, where the first found little or nothing.
  ///
  /// - Parameter screenful: as for `searchBeginnings`; the result is unfinished then, and completed by being given once more.
  package func completed(
    _ beginnings: SearchResult, for text: String, limit: Int, screenful: Int = .max, waitsForWords: Bool
  ) throws -> SearchResult {
    guard let query = FullTextQuery(text) else { return beginnings }
    return try database.snapshot {
      var result = beginnings
      if let rest = result.rest {
        let all = try tracks(matching: rest, limit: limit, known: result.tracks)
        // Those that are shown stay where they are.
        let shown = Set(result.tracks.map(\.id))
        result.tracks = Array((result.tracks + all.filter { !shown.contains($0.id) }).prefix(limit))
        result.rest = nil
      }
      guard isLittle(result, limit) else { return result }
      if waitsForWords { try readWords() }
      guard let vocabulary, vocabulary.state != result.widened else { return result }
      result.widened = vocabulary.state
      if result.tracks.count < min(limit, Self.plenty), let wider = widened(query, vocabulary.words) {
        let found = try search(wider, limit: limit, screenful: screenful)
        result.add(found, limit: limit)
        result.rest = found.rest
      }
      if result.isEmpty, let forgiving = self.forgiving(query, vocabulary.words) {
        result.add(try search(forgiving, limit: limit), limit: limit)
      }
      return result
    }
  }

  /// With so many tracks that begin with the words nobody looks for more.
  private static let plenty = 50

  private func search(_ query: FullTextQuery, limit: Int, screenful: Int = .max) throws -> SearchResult {
    var result = SearchResult()
    result.hasWords = true
    guard limit > 0 else { return result }
    let artists = try firstLook(query, in: .artist, limit, { try artist(ArtistID($0)) }, name: \.name)
    result.artists = artists.own + artists.others
    try ensureWanted()
    let albums = try firstLook(query, in: .album, limit, { try album(AlbumID($0)) }, name: \.name)
    result.albums =
      albums.isEnough
      ? albums.own + albums.others
      : try matches(of: query, in: .album, Page(limit: limit)).compactMap { try album(AlbumID($0)) }
    try ensureWanted()
    let tracks = try firstLook(query, in: .track, limit, { try track(TrackID($0)) }, name: \.title)
    if try tracks.isEnough || tracks.own.isEmpty && isKnownToBeUntitled(query) {
      result.tracks = tracks.own + tracks.others
      return result
    }
    // With enough to look at, a second look that takes long is put off.
    let isEnough = result.artists.count + result.albums.count + tracks.own.count >= screenful
    deadline = isEnough ? .now + patience : nil
    defer { deadline = nil }
    do {
      result.tracks = try self.tracks(matching: query, limit: limit, known: tracks.own + tracks.others)
    } catch is OutOfTime {
      result.tracks = tracks.own
      result.rest = query
    }
    return result
  }

  private func track(_ id: TrackID) throws -> Track? { try tracks([id]).first }

  private func tracks(matching query: FullTextQuery, limit: Int, known: [Track]) throws -> [Track] {
    let known = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return try matches(of: query, in: .track, Page(limit: limit)).compactMap { id in
      try known[TrackID(id)] ?? track(TrackID(id))
    }
  }

  /// Rows whose own name matches, in the order of the index, and the others that were met beside them. A look into the
  /// index costs milliseconds where a word is everywhere: a second, for own names alone, is not needed where this one
  /// found everything, or nothing else.
  private func firstLook<Row: Identifiable>(
    _ query: FullTextQuery, in index: TextIndex, _ limit: Int, _ read: (Int64) throws -> Row?,
    name: KeyPath<Row, String>
  ) throws -> (own: [Row], others: [Row], isEnough: Bool) {
    let rows = try match(query, in: index, isOwn: false, limit: limit).compactMap(read)
    let isOwn = rows.map { query.isIn($0[keyPath: name]) }
    return (
      own: zip(rows, isOwn).filter(\.1).map(\.0), others: zip(rows, isOwn).filter { !$0.1 }.map(\.0),
      isEnough: index == .artist || rows.count < limit || !isOwn.contains(false)
    )
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
    var rows = try match(query, in: index, isOwn: true, limit: wanted.limit)
    if rows.count < wanted.limit, index != .artist {
      let own = Set(rows)
      // Rows met already may stand among these: ask for as many more.
      let all = try match(query, in: index, isOwn: false, limit: wanted.limit + own.count)
      rows += all.filter { !own.contains($0) }.prefix(wanted.limit - rows.count)
    }
    return Array(rows.dropFirst(page.offset))
  }

  /// - Parameter isOwn: whether all words have to stand in the row's own name.
  private func match(_ query: FullTextQuery, in index: TextIndex, isOwn: Bool, limit: Int) throws -> [Int64] {
    var query = query
    if index == .track {
      if isOwn, query.isPlain, try !query.words.allSatisfy(isInTitles) { return [] }
      if let exact = exact(query) {
        query = exact
      } else if let found = try sifted(query, isOwn: isOwn, limit: limit) {
        return found
      }
    }
    let expression = isOwn ? "\(index.ownColumns) : (\(query.expression))" : query.expression
    if isOwn, index == .track { return try rowsByPieces(expression, limit: limit) }
    let table = index.rawValue
    return try database.rows(
      """
      SELECT m.id FROM \(table)_text CROSS JOIN \(table) m ON m.id = \(table)_text.rowid
      WHERE \(table)_text MATCH ? AND m.origin IN \(scopeList())\(index.condition) LIMIT ?
      """, expression, limit
    ) { $0.int64(0) }
  }

  /// Looking for titles alone goes past every row that has the words elsewhere, without SQLite asking whether it should
  /// go on: so it goes piece by piece.
  ///
  /// - Parameter isInScope: whether only tracks that are seen are wanted.
  func rowsByPieces(_ expression: String, limit: Int, isInScope: Bool = true) throws -> [Int64] {
    let scope = isInScope ? "m.origin IN \(try scopeList())" : "1"
    let last = try database.first("SELECT max(id) FROM track") { $0.int64(0) } ?? 0
    var found: [Int64] = []
    var start: Int64 = 0
    while start <= last, found.count < limit {
      try ensureWanted()
      try ensureTime()
      found += try database.rows(
        """
        SELECT m.id FROM track_text CROSS JOIN track m ON m.id = track_text.rowid
        WHERE track_text MATCH ? AND track_text.rowid BETWEEN ? AND ? AND \(scope) LIMIT ?
        """, expression, start, start + Self.pieceOfRows - 1, limit - found.count
      ) { $0.int64(0) }
      start += Self.pieceOfRows
    }
    return found
  }

  /// Some milliseconds' worth.
  private static let pieceOfRows: Int64 = 32_768

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

  let words: [String]
  let expression: String
  /// Whether each word stands for itself alone.
  let isPlain: Bool
  /// For each word what it may stand for: words, or beginnings of some.
  let alternatives: [[String]]
  private let folded: [[Unicode.Scalar]]

  /// nil when there is no word in it.
  init?(_ text: String) {
    let words = text.unicodeScalars.split { !Self.isLetter($0) && !Self.isMark($0) }
      .filter { $0.contains(where: Self.isLetter) }.prefix(Self.mostWords).map { String($0) }
    guard !words.isEmpty else { return nil }
    self.words = words
    folded = words.map { Array(Folding.fold($0).unicodeScalars) }
    expression = words.map(Self.prefix).joined(separator: " ")
    isPlain = true
    alternatives = words.map { [$0] }
  }

  /// Whether each of the words begins one of the text's.
  func isIn(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return folded.allSatisfy { Self.begins($0, aWordOf: text.utf8) } }
    let own = Folding.fold(text).unicodeScalars.split { !Self.isLetter($0) && !Self.isMark($0) }
    return folded.allSatisfy { word in own.contains { $0.starts(with: word) } }
  }

  /// What most texts are made of needs no tables.
  private static func begins(_ word: [Unicode.Scalar], aWordOf text: String.UTF8View) -> Bool {
    var (matched, isInside) = (0, false)
    for byte in text {
      let isLower = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      let isUpper = (0x41...0x5A).contains(byte)
      guard isLower || isUpper else {
        isInside = false
        continue
      }
      if !isInside { matched = 0 }
      // As far as this word of the text goes along with it; -1 once it does not.
      if matched >= 0 { matched = word[matched].value == UInt32(isUpper ? byte + 0x20 : byte) ? matched + 1 : -1 }
      if matched == word.count { return true }
      isInside = true
    }
    return false
  }

  /// Each word as a prefix, or any of the index's own words given for it; nil when none is given.
  init?(_ query: FullTextQuery, others: (String) -> [String], whole known: (String) -> [String]?) {
    let others = query.words.map(others)
    guard others.contains(where: { !$0.isEmpty }) else { return nil }
    words = query.words
    folded = query.folded
    isPlain = false
    alternatives = zip(query.words, others).map { [$0] + $1 }
    expression = zip(query.words, others).map { word, others in
      Self.any(of: Self.terms(word, whole: known(word)) + others.map(Self.phrase))
    }.joined(separator: " AND ")
  }

  /// The query with the words of the index that begin as its own do, where they are few: lists that are read as far as
  /// they are wanted, while what begins as four letters do is put together whole before the first row of it comes.
  init(_ query: FullTextQuery, whole known: (String) -> [String]?) {
    self.words = query.words
    folded = query.folded
    isPlain = false
    alternatives = query.alternatives
    expression = query.words.map { Self.any(of: Self.terms($0, whole: known($0))) }.joined(separator: " AND ")
  }

  /// Where the index has none, its other columns may.
  private static func terms(_ word: String, whole words: [String]?) -> [String] {
    guard let words, !words.isEmpty else { return [prefix(word)] }
    return words.map(phrase)
  }

  private static func phrase(_ word: String) -> String { "\"\(word)\"" }

  private static func any(of terms: [String]) -> String {
    terms.count == 1 ? terms[0] : "(" + terms.joined(separator: " OR ") + ")"
  }

  static func prefix(_ word: String) -> String { "\"\(word)\"*" }

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
