import Music

// Commands on rows that a line names: `5,10d`, `g/words/star`. They are marked for as long as the command takes, for
// commands act on marked rows.

extension AppState {
  mutating func perform(_ command: Command?, on range: LineRange, _ token: ReplyToken?) -> [Effect] {
    guard let place = placeInHand, count(of: place) > 0 else {
      post(Notice(.warning, "There is no row to act on."))
      return []
    }
    if let count = rowsPassed(by: range, in: place), command != nil {
      post(Notice(.warning, count == 1 ? "There is only one row." : "There are only \(count) rows."))
      return []
    }
    let rows = positions(of: range, in: place)
    guard !rows.isEmpty else {
      post(Notice(.information, "No row is meant by that."))
      return []
    }
    guard let command else { return goTo(place, rows.last!) }
    // Playlists are no rows to be marked: one at a time.
    if place == .playlists {
      guard rows.count == 1 else {
        post(Notice(.warning, "Of playlists only one can be acted on at a time."))
        return []
      }
      return goTo(place, rows[0]) + dispatch(command, token)
    }
    if command == .mark {
      setMarks(self[place].marked.union(rows), on: place)
      return []
    }
    let before = self[place]
    setMarks(Set(rows), on: place)
    let effects = dispatch(command, token)
    // A command that takes no notice of marks leaves them: they were not the listener's.
    if self[place].marked == Set(rows) { self[place].marked = before.marked }
    return effects
  }

  private mutating func goTo(_ place: ListPlace, _ position: Int) -> [Effect] {
    self[place].cursor = position
    return follow(place)
  }

  /// How many rows there are, where all that is named lies behind the last.
  private func rowsPassed(by range: LineRange, in place: ListPlace) -> Int? {
    guard case .span(let first, let last) = range else { return nil }
    let count = shownCount(of: place)
    let cursor = shownCursor(of: place)
    let isPassed = [first, last].allSatisfy { $0.isBehind(count, cursor: cursor) }
    return isPassed ? count : nil
  }

  private func shownCursor(of place: ListPlace) -> Int {
    arrangement(of: place)?.place(of: self[place].cursor) ?? self[place].cursor
  }

  /// Numbers of rows; a line's number counts what is shown.
  private func positions(of range: LineRange, in place: ListPlace) -> [Int] {
    let shown = shownIndices(of: place)
    switch range {
    case .all: return shown
    case .marked: return self[place].marks(of: count(of: place))
    case .span(let first, let last):
      let cursor = shownCursor(of: place)
      let (a, b) = (
        first.position(cursor: cursor, count: shown.count), last.position(cursor: cursor, count: shown.count)
      )
      return shown.isEmpty ? [] : Array(shown[min(a, b)...max(a, b)])
    case .matching(let pattern, let inverted):
      let pattern = RowPattern(pattern)
      return shown.filter { index in
        let fields = rows(of: place, at: [index]).map { RowPattern.Fields($0) }
        return fields.map { pattern.matches($0) != inverted } ?? false
      }
    }
  }
}

/// Words that a row has to hold, whatever their case and diacritics: each somewhere, or in the field that is named (`artist:aurora`).
struct RowPattern {
  /// A row's texts by the name of their field.
  struct Fields {
    var texts: [(name: String, text: String)] = []

    /// Of the first row.
    init(_ rows: ChosenRows) {
      switch rows {
      case .tracks(let tracks):
        guard let track = tracks.first else { return }
        texts = [
          ("title", track.title), ("artist", track.artist), ("artist", track.albumArtist), ("album", track.album),
          ("genre", track.genre), ("year", track.year > 0 ? "\(track.year)" : ""),
        ]
      case .albums(let albums):
        guard let album = albums.first else { return }
        texts = [("album", album.name), ("artist", album.artist), ("year", album.year > 0 ? "\(album.year)" : "")]
      case .artists(let artists): texts = artists.prefix(1).map { ("artist", $0.name) }
      case .playlists(let lists): texts = lists.prefix(1).map { ("name", $0.name) }
      case .groups(let groups): texts = groups.prefix(1).map { ("name", $0.name) }
      }
      texts = texts.map { ($0.name, Folding.fold($0.text)) }
    }
  }

  private let words: [(field: String?, text: String)]
  private static let fields: Set<String> = ["title", "artist", "album", "genre", "year", "name"]

  init(_ text: String) {
    words = Folding.fold(text).split(separator: " ").map { word in
      let parts = word.split(separator: ":", maxSplits: 1)
      let isField = parts.count == 2 && Self.fields.contains(String(parts[0]))
      return isField ? (String(parts[0]), String(parts[1])) : (nil, String(word))
    }
  }

  func matches(_ row: Fields) -> Bool {
    words.allSatisfy { word in
      row.texts.contains { (word.field == nil || word.field == $0.name) && $0.text.contains(word.text) }
    }
  }
}
