import Music

// The order in which rows are shown. Sorting is stable: rows that are alike stay as they were.

extension AppState {
  /// Rows that have no tracks (headings, artists) stay away while a list is sorted.
  func sorted(_ rows: [Int], of place: ListPlace, by orders: [TrackOrder]) -> [Int] {
    let keyed = rows.compactMap { row in
      track(of: place, row).map { track in (row: row, keys: orders.map { SortKey($0.column, track) }) }
    }
    func comesBefore(_ a: [SortKey], _ b: [SortKey]) -> Bool? {
      for (place, order) in orders.enumerated() where a[place] != b[place] {
        return order.isDescending ? b[place] < a[place] : a[place] < b[place]
      }
      return nil
    }
    return keyed.sorted { comesBefore($0.keys, $1.keys) ?? ($0.row < $1.row) }.map(\.row)
  }

  /// The track of a row; nil where it is none.
  func track(of place: ListPlace, _ row: Int) -> Track? {
    switch place {
    case .tracks: return library.tracks.rows[row]
    case .queue: return queue.entries[row].track
    case .playlistTracks: return playlists.tracks.rows[row]
    case .found: if case .track(let track) = search.results.rows[row] { return track } else { return nil }
    case .history: return history.plays.rows[row].play?.track
    case .versionTracks: return versions.tracks.rows[row]
    case .views, .groups, .artists, .albums, .playlists, .downloads, .stations, .changes, .outbox, .versions, .settings,
      .registers:
      return nil
    }
  }
}

extension AppState {
  /// The same without the track, for what looks at every row of the screen.
  func trackID(of place: ListPlace, _ row: Int) -> TrackID? {
    switch place {
    case .tracks: library.tracks.rows[row].id
    case .queue: queue.entries[row].track.id
    case .playlistTracks: playlists.tracks.rows[row].id
    default: track(of: place, row)?.id
    }
  }
}

private enum SortKey: Comparable {
  case number(Int64)
  case text(String)

  init(_ column: TrackOrder.Column, _ track: Track) {
    self =
      switch column {
      case .title: .text(Folding.sortKey(track.title))
      case .artist: .text(Folding.sortKey(track.artist))
      case .album: .text(Folding.sortKey(track.album))
      case .genre: .text(Folding.fold(track.genre))
      case .format: .text(track.suffix)
      case .year: .number(Int64(track.year))
      case .number: .number(Int64(track.discNumber) * 100_000 + Int64(track.trackNumber))
      case .length: .number(Int64(track.duration))
      case .rating: .number(Int64(track.rating))
      case .plays: .number(Int64(track.playCount))
      case .star: .number(track.isStarred ? 1 : 0)
      case .bitrate: .number(Int64(track.bitRate))
      case .size: .number(track.size)
      }
  }
}
