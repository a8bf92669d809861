import Core
import Library
import Music
import Synchronization
import Threading

// Searches as they are typed: what was found is told in two parts, and letters typed meanwhile end the search.

extension LibraryService {
  func search(_ ticket: Ticket, _ text: String) {
    lastSearch.store(ticket.number, ordering: .releasing)
    thread.async { [self] in
      failing(ticket) {
        // Letters typed meanwhile ask anew: nobody waits for this one any more.
        if isOutdated(ticket) { return inbox.post(.answer(ticket, .found(artists: [], albums: [], tracks: []))) }
        let catalogue = try connection.open()
        let query = Query(parsing: text)
        if query.isAboutTracks { return try search(ticket, query, catalogue) }
        let result = try catalogue.searchBeginnings(text, limit: Catalogue.searchLimit)
        if catalogue.wantsMore(result, limit: Catalogue.searchLimit) {
          inbox.post(.part(ticket, .found(result)))
          thread.async { [self] in complete(result, ticket, text) }
        } else {
          inbox.post(.answer(ticket, .found(result)))
        }
        readWordsLater(ticket)
      }
    }
  }

  /// Looks further, unless the listener has gone on.
  private func complete(_ result: SearchResult, _ ticket: Ticket, _ text: String) {
    failing(ticket) {
      let whole =
        try isOutdated(ticket)
        ? result
        : connection.open().completed(result, for: text, limit: Catalogue.searchLimit, waitsForWords: false)
      inbox.post(.answer(ticket, .found(whole)))
    }
  }

  /// What fills a screen first, where it comes sooner than the rest.
  private func search(_ ticket: Ticket, _ query: Query, _ catalogue: Catalogue) throws {
    if let first = try catalogue.firstTracks(matching: query, limit: LongQuestion.firstPart) {
      if first.count < LongQuestion.firstPart { return inbox.post(.answer(ticket, .found(first))) }
      inbox.post(.part(ticket, .found(first)))
    }
    thread.async { [self] in
      failing(ticket) {
        let tracks =
          try isOutdated(ticket) ? [] : connection.open().tracks(matching: query, limit: Catalogue.queryLimit)
        inbox.post(.answer(ticket, .found(tracks)))
      }
    }
  }

  /// A search will be typed: what it needs is read while the first letter is looked for.
  func expectSearch() { readWordsLater(Ticket(lastSearch.load(ordering: .acquiring))) }

  /// What the next search may need is read while the listener reads what this one found: a piece at a time, and whatever
  /// was asked meanwhile goes before.
  private func readWordsLater(_ search: Ticket) {
    thread.async { [self] in
      guard !isOutdated(search), !isStopping.load(ordering: .relaxed) else { return }
      if let isWhole = try? connection.open().readSomeWords(), !isWhole { readWordsLater(search) }
    }
  }

  private func isOutdated(_ search: Ticket) -> Bool { lastSearch.load(ordering: .acquiring) != search.number }
}

extension CatalogueAnswer {
  fileprivate static func found(_ result: SearchResult) -> CatalogueAnswer {
    .found(artists: result.artists, albums: result.albums, tracks: result.tracks)
  }

  fileprivate static func found(_ tracks: [Track]) -> CatalogueAnswer {
    .found(artists: [], albums: [], tracks: tracks)
  }
}
