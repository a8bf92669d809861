import Core
import Library
import Music
import Synchronization
import Threading

// Searches as they are typed: what was found is told in parts, and letters typed meanwhile end the search.

extension LibraryService {
  func search(_ ticket: Ticket, _ text: String) {
    lastSearch.store(ticket.number, ordering: .releasing)
    let query = Query(parsing: text)
    if query.isAboutTracks { return search(ticket, query) }
    let words = query.wordsAlone(of: text)
    let search = TypedSearch(ticket: ticket, words: words)
    whileWanted(ticket) { [self] catalogue in
      let result = try catalogue.searchBeginnings(
        words, limit: SearchLimit.ofEach, screenful: LongQuestion.firstPart)
      goOn(with: result, of: search, catalogue)
    }
  }

  /// Tells what was found, and looks further where that may find more.
  private func goOn(with result: SearchResult, of search: TypedSearch, _ catalogue: Catalogue) {
    if catalogue.wantsMore(result, limit: SearchLimit.ofEach) {
      inbox.post(.part(search.ticket, .found(result)))
      complete(result, search)
    } else if !search.hasReadWords, catalogue.lacksWords(for: result, limit: SearchLimit.ofEach) {
      inbox.post(.part(search.ticket, .found(result)))
      readWords(for: search, result)
    } else {
      inbox.post(.answer(search.ticket, .found(result)))
      readWordsLater(search.ticket)
    }
  }

  /// Looks further, unless the listener has gone on.
  private func complete(_ result: SearchResult, _ search: TypedSearch) {
    whileWanted(search.ticket) { [self] catalogue in
      let further = try catalogue.completed(
        result, for: search.words, limit: SearchLimit.ofEach, screenful: LongQuestion.firstPart,
        waitsForWords: false)
      goOn(with: further, of: search, catalogue)
    }
  }

  /// Whoever waits for what only they can find does not wait behind what nobody asked for. A piece at a time: the next
  /// letter goes before.
  private func readWords(for search: TypedSearch, _ result: SearchResult) {
    thread.async { [self] in
      failing(search.ticket) {
        if isStopping.load(ordering: .relaxed) { return }
        guard try isOutdated(search.ticket) || connection.open().readSomeWords() else {
          return readWords(for: search, result)
        }
        complete(result, TypedSearch(ticket: search.ticket, words: search.words, hasReadWords: true))
      }
    }
  }

  /// What fills a screen first, where there is more or it comes sooner than the rest.
  private func search(_ ticket: Ticket, _ query: Query) {
    whileWanted(ticket) { [self] catalogue in
      let all = try catalogue.tracks(matching: query, limit: SearchLimit.ofTracks, enough: LongQuestion.firstPart) {
        inbox.post(.part(ticket, .found($0), of: $1))
      }
      inbox.post(.answer(ticket, .found(all)))
    }
  }

  /// Reads on the library's thread until letters typed meanwhile ask anew: nobody waits for this one any more then, and
  /// the newest must not wait for it.
  private func whileWanted(_ ticket: Ticket, _ body: @escaping @Sendable (Catalogue) throws -> Void) {
    thread.async { [self] in
      failing(ticket) {
        do {
          if isOutdated(ticket) { throw CatalogueError.overtaken }
          let catalogue = try connection.open()
          try catalogue.reading(unless: { [self] in isOutdated(ticket) }) { try body(catalogue) }
        } catch let error as CatalogueError where error == .overtaken {
          inbox.post(.answer(ticket, .found(artists: [], albums: [], tracks: [])))
        }
      }
    }
  }

  /// A search will be typed: what it needs is made and read before the first letter, or while it is looked for.
  func expectSearch() {
    thread.async { Folding.prepare() }
    readWordsLater(Ticket(lastSearch.load(ordering: .acquiring)))
  }

  /// What the next search may need is read while the listener reads what this one found: a piece at a time, and whatever
  /// was asked meanwhile goes before.
  private func readWordsLater(_ search: Ticket) {
    thread.asyncBehind { [self] in
      guard !isOutdated(search), !isStopping.load(ordering: .relaxed), let catalogue = try? connection.open() else {
        return
      }
      let isWhole = try? catalogue.readSomeWords()
      if isWhole == true { return learnLettersLater(search) }
      if isWhole == false { readWordsLater(search) }
    }
  }

  private func learnLettersLater(_ search: Ticket) {
    thread.asyncBehind { [self] in
      guard !isOutdated(search), !isStopping.load(ordering: .relaxed), let catalogue = try? connection.open() else {
        return
      }
      let isWhole = try? catalogue.reading(unless: { [self] in isOutdated(search) }) {
        try catalogue.learnSomeLetters()
      }
      if isWhole == false { learnLettersLater(search) }
    }
  }

  private func isOutdated(_ search: Ticket) -> Bool { lastSearch.load(ordering: .acquiring) != search.number }
}

extension Query {
  /// A condition that is not finished yet, or not understood, is no word.
  func wordsAlone(of text: String) -> String { problems.isEmpty ? text : words.map(\.text).joined(separator: " ") }
}

/// What was typed, as it is looked for.
private struct TypedSearch: Sendable {
  let ticket: Ticket
  let words: String
  /// Whether the index's words were read for it: once is enough, however often they change.
  var hasReadWords = false
}

extension CatalogueAnswer {
  fileprivate static func found(_ result: SearchResult) -> CatalogueAnswer {
    .found(artists: result.artists, albums: result.albums, tracks: result.tracks)
  }

  fileprivate static func found(_ tracks: [Track]) -> CatalogueAnswer {
    .found(artists: [], albums: [], tracks: tracks)
  }
}
