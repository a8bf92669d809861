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
        if Query(parsing: text).isAboutTracks {
          return inbox.post(.answer(ticket, try catalogue.answer(.search(text))))
        }
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

  /// What the next search may need is read while the listener reads what this one found.
  private func readWordsLater(_ search: Ticket) {
    thread.async { [self] in
      if !isOutdated(search) { try? connection.open().readWords() }
    }
  }

  private func isOutdated(_ search: Ticket) -> Bool { lastSearch.load(ordering: .acquiring) != search.number }
}

extension CatalogueAnswer {
  fileprivate static func found(_ result: SearchResult) -> CatalogueAnswer {
    .found(artists: result.artists, albums: result.albums, tracks: result.tracks)
  }
}
