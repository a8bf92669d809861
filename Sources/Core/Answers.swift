import Music

// What the catalogue answers, and to whom.

extension AppState {
  mutating func askEverything() -> [Effect] {
    refreshOutbox() + library.artists.ask(.artists, &tickets) + radio.stations.ask(.stations, &tickets)
      + playlists.lists.ask(.playlists, &tickets)
  }

  /// Rows changed somewhere: everything that is shown is read again, each cursor staying on its row.
  mutating func refreshEverything() -> [Effect] {
    dropAhead()
    return refreshLibrary() + playlists.lists.refresh(&tickets) + playlists.tracks.refresh(&tickets)
      + search.results.refresh(&tickets) + history.plays.refresh(&tickets) + radio.stations.refresh(&tickets)
  }

  /// Gives an answer to the one who asked. An answer that nobody waits for any more is dropped.
  mutating func take(_ answer: CatalogueAnswer, to ticket: Ticket) -> [Effect] {
    if let effects = advanceErrand(ticket, answer) ?? completeLine(ticket, answer) ?? takeOverrides(answer, ticket) {
      return effects
    }
    if case .failed(let reason) = answer { return readFailed(reason, ticket) }
    libraryTrouble = nil
    if let effects = takeForLibrary(answer, to: ticket) { return effects }
    switch answer {
    case .tracks(let rows) where playlists.tracks.expects(ticket):
      let isOlder = playlists.unconfirmed > 0 && playlists.tracks.answered == playlists.tracks.question
      return isOlder ? playlists.tracks.giveUp(&tickets) : playlists.tracks.accept(rows, &tickets)
    case .playlists(let rows) where playlists.lists.expects(ticket):
      return playlists.lists.accept(rows, &tickets) + followPlaylists()
    case .found(let artists, let albums, let tracks) where search.results.expects(ticket):
      return takeFound(artists, albums, tracks)
    case .plays(let plays) where history.plays.expects(ticket): return takePlays(plays)
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

  private mutating func readFailed(_ reason: String, _ ticket: Ticket) -> [Effect] {
    tellLibraryTrouble(reason, as: "The library could not be read: \(reason)")
    _ = take(OutboxCounts?.none, ticket)
    return dropWaiting(because: reason) + stopReading(ticket)
  }

  private mutating func stopReading(_ ticket: Ticket) -> [Effect] {
    if let effects = libraryFailed(ticket) { return effects }
    if playlists.lists.expects(ticket) { return playlists.lists.giveUp(&tickets) }
    if playlists.tracks.expects(ticket) { return playlists.tracks.giveUp(&tickets) }
    if search.results.expects(ticket) { return search.results.giveUp(&tickets) }
    if history.plays.expects(ticket) { return history.plays.giveUp(&tickets) }
    if outbox.rows.expects(ticket) { return outbox.rows.giveUp(&tickets) }
    if changes.steps.expects(ticket) { return changes.steps.giveUp(&tickets) }
    if versions.versions.expects(ticket) { return versions.versions.giveUp(&tickets) }
    if versions.tracks.expects(ticket) { return versions.tracks.giveUp(&tickets) }
    if radio.stations.expects(ticket) { return radio.stations.giveUp(&tickets) }
    return []
  }
}
