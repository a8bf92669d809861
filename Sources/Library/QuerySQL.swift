import Music
import SQLite

/// How tracks are looked for.
struct QueryPlan {
  /// From FROM to ORDER BY.
  let text: String
  let values: [(any Bindable)?]
  let limit: Int
  /// They come in the order that is wanted: the first few are found without the others.
  let isInOrder: Bool
  /// The same in parts, one behind the other, each of which an index has in order; nil where none does.
  var sorted: [String]?
}

/// A statement that grows condition by condition.
struct QuerySQL {
  private let scope: String
  private var conditions: [String] = []
  private var expression: [String] = []
  /// What is taken away from what the words find.
  private var exclusion: [String] = []
  private(set) var matchValues: [(any Bindable)?] = []
  /// Those of the conditions that an index answers.
  var indexed: [IndexedCondition] = []
  /// Whether tracks of certain years are asked for: an index has them year by year, and album by album.
  private var isOfYears = false

  init(scope: String) { self.scope = "t.origin IN \(scope)" }

  var hasWords: Bool { !expression.isEmpty }

  func plan(_ order: Query.Order?, limit: Int, in library: QueryLibrary) -> QueryPlan {
    let way = way(order, limit: limit, in: library)
    let match = way == .words ? ["track_text MATCH ?"] : []
    // The plus: any other index has fewer rows than that of origins.
    let all = match + [(way.needsOrigin ? "" : "+") + scope] + conditions
    let condition = all.joined(separator: " AND ")
    var plan = QueryPlan(
      text: "FROM \(way.table) WHERE \(condition) ORDER BY \(self.order(order))",
      values: (way == .words ? [matchExpression] : []) + matchValues, limit: limit,
      isInOrder: order == nil && way.isInOrder)
    // Along the index of the order where it is likely that most rows are wanted.
    guard way == .origin, conditions.count == indexed.count, let order else { return plan }
    if let origin = library.onlyOrigin, let parent = order.key.parent {
      plan.sorted = [
        """
        FROM \(parent.table) p CROSS JOIN track t INDEXED BY \(parent.index) ON t.\(parent.column) = p.id
        WHERE p.origin = \(origin) AND \(condition) ORDER BY p.sort_key\(order.isDescending ? " DESC" : ""), \(self.order(order))
        """
      ]
    } else if let (known, unknown) = order.key.parts {
      let parts = order.isDescending ? [known, unknown] : [unknown, known]
      plan.sorted = parts.map { part in
        let order = part == known ? self.order(order) : "t.id"
        return "FROM track t WHERE \(condition) AND \(part) ORDER BY \(order)"
      }
    }
    return plan
  }

  private func way(_ order: Query.Order?, limit: Int, in library: QueryLibrary) -> QueryWay {
    if hasWords { return .words }
    if order != nil { return .sorting(indexed) }
    return isOfYears ? .year(by: indexed, limit, in: library) : .album(by: indexed, limit, in: library)
  }

  private var matchExpression: String {
    let wanted = expression.joined(separator: " AND ")
    return exclusion.isEmpty ? wanted : "(\(wanted)) NOT (\(exclusion.joined(separator: " OR ")))"
  }

  /// - Returns: false when nothing can match.
  mutating func take(_ words: [Query.Words], genres: [String], wholeWords: (String) -> [String]?) -> Bool {
    // What words find is known before anything is taken away.
    let hasWords = words.contains { !$0.isExcluded && $0.field != .genre && $0.field != .format }
    for words in words {
      switch words.field {
      case .genre: take(genres: words, among: genres)
      case .format:
        conditions.append("t.suffix \(words.isExcluded ? "<>" : "=") ?")
        matchValues.append(words.text.lowercased())
      case .any, .title, .artist, .album:
        guard let query = FullTextQuery(words.text) else {
          if words.isExcluded { continue }
          return false
        }
        let match = "\(words.field.columns)(\(FullTextQuery(query, whole: wholeWords).expression))"
        if words.isExcluded, hasWords {
          exclusion.append(match)
        } else if words.isExcluded {
          conditions.append("t.id NOT IN (SELECT rowid FROM track_text WHERE track_text MATCH ?)")
          matchValues.append(match)
        } else {
          expression.append(match)
        }
      }
    }
    return true
  }

  private mutating func take(genres words: Query.Words, among genres: [String]) {
    let wanted = Folding.fold(words.text)
    let names = genres.filter { Folding.fold($0).contains(wanted) }
    let places = names.map { _ in "?" }.joined(separator: ", ")
    let condition = "t.genre \(words.isExcluded ? "NOT " : "")IN (\(places))"
    conditions.append(condition)
    matchValues += names
    guard !words.isExcluded else { return }
    indexed.append(IndexedCondition(sql: condition, values: names, index: .genre, isOneValue: names.count == 1))
  }

  mutating func take(_ range: Query.Range) {
    let (column, known, index) = range.number.column
    var parts: [String] = []
    var values: [(any Bindable)?] = []
    func add(_ comparison: String, _ value: Int64) {
      parts.append("\(column) \(comparison) \(range.number.isAge ? "unixepoch() - ?" : "?")")
      values.append(value)
    }
    let isOne = range.lower == range.upper && !range.number.isAge
    if range.number == .year, !range.isExcluded { isOfYears = true }
    // Old at least: before a moment. Old at most: since one.
    if let lower = range.lower { add(isOne ? "=" : range.number.isAge ? "<=" : ">=", lower) }
    if !isOne, let upper = range.upper { add(range.number.isAge ? ">=" : "<=", upper) }
    // Indexes have what is more than nothing. That it is known comes last: SQLite begins to read an index where the first of
    // the conditions of its column says.
    let isMore = known.isEmpty && range.lower.map { $0 > 0 } ?? false
    parts.append(isMore ? "\(column) > 0" : known)
    let condition = "(" + parts.filter { !$0.isEmpty }.joined(separator: " AND ") + ")"
    conditions.append(range.isExcluded ? "NOT coalesce(\(condition), 0)" : condition)
    matchValues += values
    if let index, isMore || !known.isEmpty, !range.isExcluded {
      indexed.append(IndexedCondition(sql: condition, values: values, index: index))
    }
  }

  mutating func take(_ quality: Query.Quality) {
    let (condition, index): (String, TrackIndex?) =
      switch quality.trait {
      case .starred: ("t.starred IS NOT NULL", .starred)
      case .cached: ("(t.origin = 1 OR t.id IN (SELECT id FROM temp.held))", nil)
      case .local: ("t.origin = 1", nil)
      case .played: ("t.play_count > 0", .plays)
      case .rated: ("t.rating > 0", .rating)
      }
    conditions.append(quality.isExcluded ? "NOT (\(condition))" : condition)
    if let index, !quality.isExcluded { indexed.append(IndexedCondition(sql: condition, values: [], index: index)) }
  }

  private func order(_ order: Query.Order?) -> String {
    guard let order else {
      // As an index has them, and as the full-text index has them.
      let albums = "t.album_id, t.disc_number, t.track_number, t.duration, t.id"
      return expression.isEmpty ? (isOfYears ? "t.year, " : "") + albums : "track_text.rowid"
    }
    let direction = order.isDescending ? " DESC" : ""
    return order.key.columns.map { $0 + direction }.joined(separator: ", ") + ", t.id"
  }
}

extension Query.Field {
  fileprivate var columns: String {
    switch self {
    case .any, .genre, .format: ""
    case .title: "{title spelled} : "
    case .artist: "{artist album_artist spelled} : "
    case .album: "{album spelled} : "
    }
  }
}

extension Query.Number {
  fileprivate var isAge: Bool { self == .added || self == .played }

  /// The column, what says that it is known, and the index of it.
  fileprivate var column: (String, known: String, index: TrackIndex?) {
    switch self {
    case .year: ("t.year", "t.year > 0", .year)
    case .rating: ("t.rating", "", .rating)
    case .plays: ("t.play_count", "", .plays)
    case .length: ("t.duration", "t.duration > 0", nil)
    case .bitrate: ("t.bit_rate", "t.bit_rate > 0", nil)
    case .added: ("t.created", "t.created IS NOT NULL", .added)
    case .played: ("t.last_played", "t.last_played IS NOT NULL", .lastPlayed)
    }
  }
}

extension Query.SortKey {
  /// The rows that an index has in this order, and the others, which are all alike; nil where there is no such index.
  fileprivate var parts: (known: String, unknown: String)? {
    switch self {
    case .rating: ("t.rating > 0", "t.rating <= 0")
    case .plays: ("t.play_count > 0", "t.play_count <= 0")
    case .added: ("t.created IS NOT NULL", "t.created IS NULL")
    case .played: ("t.last_played IS NOT NULL", "t.last_played IS NULL")
    case .title, .artist, .album, .year, .length, .random: nil
    }
  }

  /// What tracks belong to in this order.
  var parent: (table: String, column: String, index: String)? {
    switch self {
    case .artist: ("artist", "artist_id", "track_artist")
    case .album: ("album", "album_id", "track_album")
    case .title, .year, .rating, .plays, .length, .added, .played, .random: nil
    }
  }

  fileprivate var columns: [String] {
    let artist = "coalesce((SELECT sort_key FROM artist WHERE id = t.artist_id), lower(t.artist))"
    let album = "coalesce((SELECT sort_key FROM album WHERE id = t.album_id), lower(t.album))"
    let inAlbum = ["t.disc_number", "t.track_number"]
    switch self {
    case .title: return ["t.title COLLATE NOCASE"]
    case .artist: return [artist, album] + inAlbum
    case .album: return [album, "t.album_id"] + inAlbum
    case .year: return ["t.year", album] + inAlbum
    case .rating: return ["t.rating"]
    case .plays: return ["t.play_count"]
    case .length: return ["t.duration"]
    case .added: return ["t.created"]
    case .played: return ["t.last_played"]
    case .random: return ["random()"]
    }
  }
}
