package import Music
import TUI

/// A line of the search screen: a heading, or something that was found.
package enum SearchRow: Hashable, Sendable, Identifiable {
  case heading(String)
  case artist(Artist)
  case album(Album)
  case track(Track)

  package enum ID: Hashable, Sendable {
    case heading(String)
    case item(ItemID)
  }

  package var id: ID {
    switch self {
    case .heading(let text): .heading(text)
    case .artist(let artist): .item(.artist(artist.id))
    case .album(let album): .item(.album(album.id))
    case .track(let track): .item(.track(track.id))
    }
  }

  var isHeading: Bool { if case .heading = self { true } else { false } }
}

package struct SearchState: Sendable {
  package internal(set) var field = TextField()
  /// Whether keys go into the field.
  package internal(set) var isTyping = false
  package internal(set) var results = Pane<SearchRow>()

  mutating func fit(height: Int) {
    // The heading above the first result stays in sight.
    if results.list.cursor == 1, height > 1 { results.list.top = 0 }
  }

  /// Moves over the headings, never onto one.
  mutating func move(_ motion: Motion, height: Int) {
    let before = results.list.cursor
    results.list.move(motion, count: results.rows.count, height: height)
    leaveHeading(isUpwards: results.list.cursor < before, height: height)
  }

  mutating func leaveHeading(isUpwards: Bool, height: Int) {
    guard let row = results.selected, row.isHeading else { return }
    results.list.move(isUpwards && results.list.cursor > 0 ? .up : .down, count: results.rows.count, height: height)
  }

  /// All tracks found and the place of the one under the cursor; nil when it stands on something else.
  var tracksFromCursor: ([Track], Int)? {
    guard case .track(let track)? = results.selected else { return nil }
    let tracks = results.rows.compactMap { if case .track(let track) = $0 { track } else { nil } }
    return tracks.firstIndex { $0.id == track.id }.map { (tracks, $0) }
  }
}

extension ChosenRows {
  /// Of different kinds, tracks go before albums and albums before artists.
  init(_ rows: [SearchRow]) {
    let tracks = rows.compactMap { if case .track(let track) = $0 { track } else { nil } }
    let albums = rows.compactMap { if case .album(let album) = $0 { album } else { nil } }
    if !tracks.isEmpty {
      self = .tracks(tracks)
    } else if !albums.isEmpty {
      self = .albums(albums)
    } else {
      self = .artists(rows.compactMap { if case .artist(let artist) = $0 { artist } else { nil } })
    }
  }
}

extension AppState {
  mutating func startSearch(_ text: String?) -> [Effect] {
    if screen == .help, text == nil {
      help.isTyping = true
      return []
    }
    screen = .search
    search.isTyping = text == nil
    guard let text else { return [] }
    search.field.set(text)
    return askSearch()
  }

  /// Keys while the field is being typed in; nil when the key is none of its business.
  mutating func searchKey(_ key: Key) -> [Effect]? {
    switch key {
    case .named(.escape), .named(.enter), .named(.tab):
      search.isTyping = false
      return []
    case .named(.down), .named(.up):
      search.isTyping = false
      return move(key == .named(.down) ? .down : .up)
    case .control("c"): return nil
    default:
      let before = search.field.characters
      guard search.field.handle(key) else { return nil }
      return search.field.characters == before ? [] : askSearch()
    }
  }

  /// Asks as the words stand; without words there is nothing to find.
  private mutating func askSearch() -> [Effect] {
    let words = trimmed(search.field.text)
    guard !words.isEmpty else {
      search.results.forget()
      return []
    }
    return search.results.ask(.search(words), &tickets)
  }

  mutating func takeFound(_ artists: [Artist], _ albums: [Album], _ tracks: [Track]) -> [Effect] {
    var rows: [SearchRow] = []
    let problems = Query(parsing: search.field.text).problems
    if !problems.isEmpty { rows.append(.heading("Not understood: " + problems.joined(separator: " "))) }
    if !artists.isEmpty { rows += [.heading("Artists")] + artists.map { .artist($0) } }
    if !albums.isEmpty { rows += [.heading("Albums")] + albums.map { .album($0) } }
    if !tracks.isEmpty { rows += [.heading("Tracks")] + tracks.map { .track($0) } }
    let effects = search.results.accept(rows, &tickets)
    if search.isTyping { search.results.list = ListCursor() }
    if search.results.selected?.isHeading == true { search.results.list.cursor += 1 }
    return effects
  }
}
