import Music

// The list in hand as the line mode tells it: numbered from 1, a screenful at a time.

/// Rows by their numbers, as typed: `3`, `2-5`, `1,4,7-9`, `all`.
struct RowNumbers: Hashable, Sendable {
  /// Ascending, from 1; nil: all.
  let ranges: [ClosedRange<Int>]?

  init?(_ text: String) {
    if text == "all" {
      ranges = nil
      return
    }
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { end in
        end.count <= 7 && end.allSatisfy { $0.isASCII && $0.isNumber } ? Int(end) : nil
      }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 1,
        first <= last
      else { return nil }
      ranges.append(first...last)
    }
    guard !ranges.isEmpty else { return nil }
    self.ranges = ranges
  }

  var largest: Int { ranges?.map(\.upperBound).max() ?? 0 }

  /// Those that there are, each once, ascending.
  func numbers(upTo count: Int) -> [Int] {
    guard let ranges else { return Array(1...max(1, count)).filter { $0 <= count } }
    return Set(ranges.flatMap { $0.clamped(to: 1...max(1, count)) }).filter { $0 <= count }.sorted()
  }
}

extension AppState {
  static let plainPage = 20

  /// The positions of the rows that have numbers: headings have none.
  func plainRows(of place: ListPlace) -> [Int] {
    if place == .settings { return settingsRows.indices.filter { !settingsRows[$0].isHeading } }
    return shownIndices(of: place).filter { !isHeading($0, of: place) }
  }

  func plainTitle(of place: ListPlace) -> String {
    switch place {
    case .views: "Views of the library"
    case .groups: library.folder.isEmpty ? library.view.title : "Folders in \(library.folder)"
    case .artists: "Artists"
    case .albums: library.parentName.map { "Albums of \($0)" } ?? library.albumsTitle(isAlone: true, separator: ":")
    case .tracks where lineMode?.enteredFromFound == .tracks:
      "Tracks" + (library.tracks.rows.first.map { " of “\($0.album)”" } ?? "")
    case .tracks:
      library.view.columns.count == 1
        ? library.view.title : "Tracks" + (library.tracksParentName.map { " of “\($0)”" } ?? "")
    case .history: "What was heard"
    case .queue: "Queue"
    case .playlists: "Playlists"
    case .playlistTracks: "Playlist" + (playlists.lists.selected.map { " “\($0.name)”" } ?? "")
    case .found: "Found for “\(search.field.text)”"
    case .downloads: "Downloads"
    case .stations: "Radio stations"
    case .changes: "What was done, the latest first"
    case .versions: versions.playlist.map { "“\($0.name)” before" } ?? "Deleted playlists"
    case .versionTracks: "What it held"
    case .outbox: "Outbox"
    case .settings: "Settings"
    case .registers: "Registers"
    }
  }

  /// The list in hand, from the start or from where it was told last.
  mutating func tellList(further: Bool = false) -> [String] {
    guard let place = placeInHand else {
      return ["There is no list here. “search WORDS”, “queue”, “view library” and “view playlists” tell one."]
    }
    let rows = plainRows(of: place)
    let start = further ? lineMode?.rowsTold ?? 0 : 0
    let end = min(rows.count, start + Self.plainPage)
    let complaint = place == .found ? Query(parsing: search.field.text).complaint.map { $0 + "." } : nil
    guard !rows.isEmpty else {
      lineMode?.rowsTold = 0
      if trouble(of: place) != nil { return ["\(plainTitle(of: place)): this could not be read."] }
      if let complaint { return [complaint] }
      return [
        count(of: place) == 0 && place == .queue ? "The queue is empty." : "\(narrowedTitle(of: place)): nothing."
      ]
    }
    guard start < end else { return ["That was all of it."] }
    lineMode?.rowsTold = end
    let title = "\(narrowedTitle(of: place)), \(counted(rows.count, "row")):"
    var sentences = further ? [] : [complaint, title].compactMap(\.self)
    for number in start..<end { sentences.append("\(number + 1). \(plainRow(place, rows[number]))") }
    if end < rows.count { sentences.append("These were \(start + 1) to \(end) of \(rows.count). “more” goes on.") }
    return sentences
  }

  /// With the words that its rows must hold, and what they are in the order of.
  private func narrowedTitle(of place: ListPlace) -> String {
    guard let arrangement = arrangement(of: place) else { return plainTitle(of: place) }
    let filter = arrangement.filter.isEmpty ? "" : " with “\(arrangement.filter)”"
    let order = arrangement.orders.isEmpty ? "" : ", by \(arrangement.orders.text)"
    return plainTitle(of: place) + filter + order
  }

  /// One row, without its number.
  func plainRow(_ place: ListPlace, _ index: Int) -> String {
    guard index < count(of: place) else { return "" }
    if let words = plainHistory(place, index) { return words }
    if place == .views { return LibraryView.allCases[index].title }
    if place == .downloads { return plainDownload(downloads.report.rows[index]) }
    if place == .settings { return settingsRows[index].sentence(current: accounts.current) }
    switch rows(of: place, at: [index]) {
    case .groups(let rows)?:
      return rows.first.map { $0.name + ($0.albumCount.map { ", \(counted($0, "album"))" } ?? "") } ?? ""
    case .artists(let rows)?: return rows.first.map { plainArtist($0, place) } ?? ""
    case .albums(let rows)?: return rows.first.map { plainAlbum($0, place) } ?? ""
    case .tracks(let rows)?:
      let isCurrent = place == .queue && index == queue.currentIndex
      return rows.first.map { plainTrack($0, place, isCurrent: isCurrent) } ?? ""
    case .playlists(let rows)?:
      return rows.first.map(plainPlaylist) ?? ""
    case nil: return ""
    }
  }

  private func plainPlaylist(_ list: Playlist) -> String {
    if let query = list.query { return "\(list.name), smart: \(query)" }
    return "\(list.name), \(counted(list.trackCount, "track"))" + (list.isReadOnly ? ", read only" : "")
  }

  private func plainArtist(_ artist: Artist, _ place: ListPlace) -> String {
    let kind = place == .found ? "Artist " : ""
    let albums = artist.albumCount > 0 ? ", \(counted(artist.albumCount, "album"))" : ""
    return kind + artist.name + albums + (isStarred(artist) ? ", starred" : "")
  }

  private func plainAlbum(_ album: Album, _ place: ListPlace) -> String {
    let kind = place == .found ? "Album " : ""
    let artist =
      place == .albums && library.view == .artist || album.artist.isEmpty ? "" : " by \(album.artist)"
    return kind + album.name + artist + (album.year > 0 ? ", \(album.year)" : "")
      + (isStarred(album) ? ", starred" : "")
  }

  private func plainTrack(_ track: Track, _ place: ListPlace, isCurrent: Bool) -> String {
    let kind = place == .found ? "Track " : isCurrent ? "\(player.state == .playing ? "Playing" : "Current"): " : ""
    var words = kind + (track.title.isEmpty ? "untitled" : track.title)
    if place != .tracks || track.artist != track.albumArtist, !track.artist.isEmpty { words += " by \(track.artist)" }
    if place == .found, !track.album.isEmpty { words += ", from \(track.album)" }
    if track.duration > 0 { words += ", \(clock(.seconds(track.duration)))" }
    if isStarred(track) { words += ", starred" }
    return words + (isPlayable(track) ? "" : ", not here")
  }

  private func plainDownload(_ row: DownloadsReport.Row) -> String {
    let progress =
      switch row.progress {
      case .active(let held, let size?) where size > 0: "\(min(99, held * 100 / size)) per cent"
      case .active: "coming"
      case .waiting: "waiting"
      case .failed(let reason): "failed: \(reason)"
      }
    return "\(row.title) by \(row.artist), \(progress)"
  }
}
