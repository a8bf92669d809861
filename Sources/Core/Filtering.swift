import Music

// Filters: rows that hold every word somewhere, whatever its case and its diacritics.

/// Words to look for in texts. Plain letters are compared byte by byte; only texts with others are folded.
struct Filter {
  private let words: [[UInt8]]

  init(_ text: String) {
    words = Folding.fold(text).split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  }

  var isEmpty: Bool { words.isEmpty }

  func fits(_ text: String) -> Bool { words.allSatisfy { Filter.holds(text, $0) } }
  func fits(_ a: String, _ b: String, _ c: String) -> Bool {
    words.allSatisfy { Filter.holds(a, $0) || Filter.holds(b, $0) || Filter.holds(c, $0) }
  }

  private static func holds(_ text: String, _ word: [UInt8]) -> Bool {
    var text = text
    let found = text.withUTF8 { bytes in holds(bytes, word) }
    if let found { return found }
    var folded = Folding.fold(text)
    return folded.withUTF8 { bytes in holds(bytes, word, isFolded: true) } ?? false
  }

  /// nil where there are letters that must be folded first.
  private static func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8], isFolded: Bool = false
  ) -> Bool? {
    var isPlain = true
    let last = text.count - word.count
    var start = 0
    while start < text.count {
      let byte = text[start]
      if byte >= 0x80 { isPlain = false }
      if start <= last, lower(byte) == word[0] {
        var length = 1
        while length < word.count, lower(text[start + length]) == word[length] { length += 1 }
        if length == word.count { return true }
      }
      start += 1
    }
    return isPlain || isFolded ? false : nil
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

extension AppState {
  /// - Parameter candidates: the only rows that can fit; nil for all.
  /// - Returns: the numbers of the rows that fit; those of headings stay where something below them does.
  func filtered(_ place: ListPlace, _ text: String, among candidates: [Int]?) -> [Int] {
    let filter = Filter(text)
    let all = candidates ?? Array(0..<count(of: place))
    if filter.isEmpty { return all }
    func fitting<Row>(_ rows: [Row], _ fits: (Row) -> Bool) -> [Int] { all.filter { fits(rows[$0]) } }
    func fits(_ track: Track) -> Bool { filter.fits(track.title, track.artist, track.album) }
    switch place {
    case .views: return fitting(LibraryView.allCases) { filter.fits($0.title) }
    case .groups: return fitting(library.groups.rows) { filter.fits($0.name) }
    case .artists: return fitting(library.artists.rows) { filter.fits($0.name) }
    case .albums: return fitting(library.albums.rows) { filter.fits($0.name, $0.artist, $0.genre) }
    case .tracks: return fitting(library.tracks.rows, fits)
    case .queue: return fitting(queue.entries) { fits($0.track) }
    case .playlists: return fitting(playlists.lists.rows) { filter.fits($0.name) }
    case .playlistTracks: return fitting(playlists.tracks.rows, fits)
    case .downloads: return fitting(downloads.report.rows) { filter.fits($0.title, $0.artist, "") }
    case .versionTracks: return fitting(versions.tracks.rows, fits)
    // Lists of another kind are not narrowed.
    case .changes, .outbox, .versions, .settings, .registers: return all
    case .stations: return fitting(radio.stations.rows) { filter.fits($0.name) }
    case .found:
      let rows = search.results.rows
      return withoutEmptyHeadings(fitting(rows) { $0.isHeading || filter.fits($0.text) }) { rows[$0].isHeading }
    case .history:
      let rows = history.plays.rows
      return withoutEmptyHeadings(fitting(rows) { row in row.play.map { fits($0.track) } ?? true }) {
        rows[$0].play == nil
      }
    }
  }

  private func withoutEmptyHeadings(_ rows: [Int], _ isHeading: (Int) -> Bool) -> [Int] {
    rows.indices.filter { place in
      !isHeading(rows[place]) || (place + 1 < rows.count && !isHeading(rows[place + 1]))
    }.map { rows[$0] }
  }
}

extension SearchRow {
  var text: String {
    switch self {
    case .heading(let text): text
    case .artist(let artist): artist.name
    case .album(let album): "\(album.name) \(album.artist)"
    case .track(let track): "\(track.title) \(track.artist) \(track.album)"
    case .playlist(let playlist): playlist.name
    }
  }
}
