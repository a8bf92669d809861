import Music

// A library that cannot be read, or not yet: said once, and in place of the rows for as long as it is so.

extension AppState {
  /// What is said in place of that list's rows; nil where they could be read.
  package func trouble(of place: ListPlace) -> String? {
    guard hasFailed(place) else { return nil }
    return "This could not be read." + (libraryTrouble.map { " \($0)" } ?? "")
  }

  private func hasFailed(_ place: ListPlace) -> Bool {
    switch place {
    case .groups: library.groups.hasFailed
    case .artists: library.artists.hasFailed
    case .albums: library.albums.hasFailed
    case .tracks: library.tracks.hasFailed
    case .playlists: playlists.lists.hasFailed
    case .playlistTracks: playlists.tracks.hasFailed
    case .found: search.results.hasFailed
    case .history: history.plays.hasFailed
    case .stations: radio.stations.hasFailed
    case .changes: changes.steps.hasFailed
    case .versions: versions.versions.hasFailed
    case .versionTracks: versions.tracks.hasFailed
    case .outbox: outbox.rows.hasFailed
    case .views, .queue, .downloads, .settings, .registers: false
    }
  }

  /// The catalogue could not be read or written; whoever is told once knows it until that changes.
  mutating func tellLibraryTrouble(_ reason: String, as words: String) {
    guard reason != libraryTrouble else { return }
    libraryTrouble = reason
    post(Notice(.error, words))
  }
}
