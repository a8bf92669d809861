package import Music

/// The library's screen: artists → albums → tracks.
package struct LibraryState: Sendable {
  package enum Column: Int, Hashable, Sendable { case artists, albums, tracks }

  package internal(set) var focus = Column.artists
  package internal(set) var artists = Pane<Artist>()
  package internal(set) var albums = Pane<Album>()
  package internal(set) var tracks = Pane<Track>()

  /// What stands above the columns when it is not what the cursor to their left chose.
  package var albumsTitle: String {
    if case .allAlbums(let order)? = albums.question { return "Albums by \(order.title)" }
    return "Albums"
  }
  package var tracksTitle: String { tracks.question == .starred ? "Starred tracks" : "Tracks" }
}

extension AlbumSort {
  package var title: String {
    switch self {
    case .name: "name"
    case .artist: "artist"
    case .newest: "date added"
    case .year: "year"
    case .starred: "star"
    case .random: "chance"
    case .mostPlayed: "plays"
    case .recentlyPlayed: "last play"
    }
  }
}

extension AppState {
  mutating func showAlbums(_ order: AlbumSort) -> [Effect] {
    screen = .library
    library.focus = .albums
    library.albums.list = ListCursor()
    return library.albums.ask(.allAlbums(order), &tickets)
  }

  mutating func showStarred() -> [Effect] {
    screen = .library
    library.focus = .tracks
    library.tracks.list = ListCursor()
    return library.tracks.ask(.starred, &tickets)
  }

  /// The albums of the artist under the cursor.
  mutating func askForAlbums() -> [Effect] {
    guard let artist = library.artists.selected else {
      library.albums.forget()
      library.tracks.forget()
      return []
    }
    guard library.albums.question != .albums(of: artist.id) else { return [] }
    library.albums.list = ListCursor()
    return library.albums.ask(.albums(of: artist.id), &tickets)
  }

  /// The tracks of the album under the cursor.
  mutating func askForTracks() -> [Effect] {
    guard let album = library.albums.selected else {
      library.tracks.forget()
      return []
    }
    guard library.tracks.question != .tracksOfAlbum(album.id) else { return [] }
    library.tracks.list = ListCursor()
    return library.tracks.ask(.tracksOfAlbum(album.id), &tickets)
  }
}

// MARK: Answers

extension AppState {
  mutating func askEverything() -> [Effect] {
    refreshOutbox() + library.artists.ask(.artists, &tickets) + radio.stations.ask(.stations, &tickets)
      + playlists.lists.ask(.playlists, &tickets)
  }

  /// Rows changed somewhere: everything that is shown is read again, each cursor staying on its row.
  mutating func refreshEverything() -> [Effect] {
    var effects = library.artists.refresh(&tickets) + library.albums.refresh(&tickets)
    effects += library.tracks.refresh(&tickets) + playlists.lists.refresh(&tickets)
    effects += playlists.tracks.refresh(&tickets) + search.results.refresh(&tickets)
    effects += radio.stations.refresh(&tickets)
    return effects
  }

  /// Gives an answer to the one who asked. An answer that nobody waits for any more is dropped.
  mutating func take(_ answer: CatalogueAnswer, to ticket: Ticket) -> [Effect] {
    if let effects = advanceErrand(ticket, answer) { return effects }
    if case .failed(let reason) = answer { return readFailed(reason, ticket) }
    switch answer {
    case .artists(let rows) where library.artists.expects(ticket):
      return library.artists.accept(rows, &tickets) + followArtists()
    case .albums(let rows) where library.albums.expects(ticket):
      return library.albums.accept(rows, &tickets) + followAlbums()
    case .tracks(let rows) where library.tracks.expects(ticket): return library.tracks.accept(rows, &tickets)
    case .tracks(let rows) where playlists.tracks.expects(ticket):
      let isOlder = playlists.unconfirmed > 0 && playlists.tracks.answered == playlists.tracks.question
      return isOlder ? playlists.tracks.giveUp(&tickets) : playlists.tracks.accept(rows, &tickets)
    case .playlists(let rows) where playlists.lists.expects(ticket):
      return playlists.lists.accept(rows, &tickets) + followPlaylists()
    case .found(let artists, let albums, let tracks) where search.results.expects(ticket):
      return takeFound(artists, albums, tracks)
    case .outboxCounts(let counts): return take(counts, ticket)
    case .outbox(let rows) where outbox.rows.expects(ticket): return outbox.rows.accept(rows, &tickets)
    case .history(let entries) where changes.steps.expects(ticket): return takeHistory(entries)
    case .versions(let rows) where versions.versions.expects(ticket):
      return versions.versions.accept(rows, &tickets) + followVersions()
    case .tracks(let rows) where versions.tracks.expects(ticket): return versions.tracks.accept(rows, &tickets)
    case .stations(let rows) where radio.stations.expects(ticket): return radio.stations.accept(rows, &tickets)
    default: return []
    }
  }

  /// The albums belong to the artist under the cursor, unless the listener asked for others.
  private mutating func followArtists() -> [Effect] {
    if case .allAlbums? = library.albums.question { return [] }
    return askForAlbums()
  }

  private mutating func followAlbums() -> [Effect] {
    if library.tracks.question == .starred, library.focus == .tracks { return [] }
    return askForTracks()
  }

  private mutating func readFailed(_ reason: String, _ ticket: Ticket) -> [Effect] {
    post(Notice(.error, "The library could not be read: \(reason)"))
    _ = take(OutboxCounts?.none, ticket)
    if library.artists.expects(ticket) { return library.artists.giveUp(&tickets) }
    if library.albums.expects(ticket) { return library.albums.giveUp(&tickets) }
    if library.tracks.expects(ticket) { return library.tracks.giveUp(&tickets) }
    if playlists.lists.expects(ticket) { return playlists.lists.giveUp(&tickets) }
    if playlists.tracks.expects(ticket) { return playlists.tracks.giveUp(&tickets) }
    if search.results.expects(ticket) { return search.results.giveUp(&tickets) }
    if outbox.rows.expects(ticket) { return outbox.rows.giveUp(&tickets) }
    if changes.steps.expects(ticket) { return changes.steps.giveUp(&tickets) }
    if versions.versions.expects(ticket) { return versions.versions.giveUp(&tickets) }
    if versions.tracks.expects(ticket) { return versions.tracks.giveUp(&tickets) }
    if radio.stations.expects(ticket) { return radio.stations.giveUp(&tickets) }
    return []
  }
}
