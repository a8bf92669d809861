import Music

// Filters: rows that hold every word somewhere, whatever its case and its diacritics.

/// Words to look for in folded texts.
struct Filter {
  private let words: [[UInt8]]

  init(_ text: String) {
    words = Folding.fold(text).split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  }

  var isEmpty: Bool { words.isEmpty }

  func fits(_ text: String) -> Bool {
    var texts = FilterTexts()
    texts.add(text)
    return texts.bytes.withUnsafeBufferPointer { fits($0[...]) }
  }

  /// Those of the rows whose texts hold every word.
  func fitting(_ rows: [Int], _ texts: FilterTexts) -> [Int] {
    texts.bytes.withUnsafeBufferPointer { bytes in
      rows.filter { texts.isHeading($0) || fits(bytes[texts.range(of: $0)]) }
    }
  }

  /// - Parameter text: folded.
  private func fits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { words.allSatisfy { holds(text, $0) } }

  private func holds(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ word: [UInt8]) -> Bool {
    let bytes = text.base
    let first = word[0]
    var start = text.startIndex
    let last = text.endIndex - word.count
    while start <= last {
      if bytes[start] == first {
        var length = 1
        while length < word.count, bytes[start + length] == word[length] { length += 1 }
        if length == word.count { return true }
      }
      start += 1
    }
    return false
  }
}

/// What the rows of a list say, folded once for all letters of a filter: 25 000 albums are looked through in a millisecond.
package struct FilterTexts: Sendable {
  /// One row after another; a line feed behind each of its texts, which no word goes across.
  fileprivate private(set) var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var headings: Set<Int> = []

  init() {}

  var count: Int { ends.count - 1 }
  func range(of row: Int) -> Range<Int> { ends[row]..<ends[row + 1] }
  func isHeading(_ row: Int) -> Bool { !headings.isEmpty && headings.contains(row) }

  /// The next row.
  mutating func add(_ texts: String...) {
    for text in texts {
      Folding.append(folded: text, to: &bytes)
      bytes.append(10)
    }
    ends.append(bytes.count)
  }

  /// A row that stays as long as others do.
  mutating func addHeading() {
    headings.insert(count)
    ends.append(bytes.count)
  }
}

extension AppState {
  /// - Parameters:
  ///   - texts: what the rows say; read where they are not known yet.
  ///   - candidates: the only rows that can fit; nil for all.
  /// - Returns: the numbers of the rows that fit; those of headings stay where something below them does.
  func filtered(_ place: ListPlace, _ text: String, in texts: inout FilterTexts?, among candidates: [Int]?) -> [Int] {
    let filter = Filter(text)
    let all = candidates ?? Array(0..<count(of: place))
    if filter.isEmpty { return all }
    if texts == nil { texts = filterTexts(of: place) }
    // Lists of another kind are not narrowed.
    guard let texts else { return all }
    let rows = filter.fitting(all, texts)
    return place == .found || place == .history ? withoutEmptyHeadings(rows, texts.isHeading) : rows
  }

  /// What filters look for in each row of a list.
  func filterTexts(of place: ListPlace) -> FilterTexts? {
    var texts = FilterTexts()
    func add(_ track: Track) { texts.add(track.title, track.artist, track.album) }
    switch place {
    case .views: LibraryView.allCases.forEach { texts.add($0.title) }
    case .groups: library.groups.rows.forEach { texts.add($0.name) }
    case .artists: library.artists.rows.forEach { texts.add($0.name) }
    case .albums: library.albums.rows.forEach { texts.add($0.name, $0.artist, $0.genre) }
    case .tracks: library.tracks.rows.forEach(add)
    case .queue: queue.entries.forEach { add($0.track) }
    case .playlists: playlists.lists.rows.forEach { texts.add($0.name) }
    case .playlistTracks: playlists.tracks.rows.forEach(add)
    case .downloads: downloads.report.rows.forEach { texts.add($0.title, $0.artist) }
    case .versionTracks: versions.tracks.rows.forEach(add)
    case .changes, .outbox, .versions, .settings, .registers: return nil
    case .stations: radio.stations.rows.forEach { texts.add($0.name) }
    case .found:
      search.results.rows.forEach { $0.isHeading ? texts.addHeading() : texts.add($0.text) }
    case .history:
      for row in history.plays.rows {
        if let play = row.play { add(play.track) } else { texts.addHeading() }
      }
    }
    return texts
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
    case .heading(let text, _): text
    case .artist(let artist): artist.name
    case .album(let album): "\(album.name) \(album.artist)"
    case .track(let track): "\(track.title) \(track.artist) \(track.album)"
    case .playlist(let playlist): playlist.name
    }
  }
}
