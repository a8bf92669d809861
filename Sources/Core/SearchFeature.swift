package import Music
import TUI

/// A line of the search screen: a heading, or something that was found.
package enum SearchRow: Hashable, Sendable, Identifiable {
  /// `count` says how many there are, once all were looked for.
  case heading(String, count: String = "")
  case artist(Artist)
  case album(Album)
  case track(Track)
  case playlist(Playlist)

  package enum ID: Hashable, Sendable {
    case heading(String)
    case item(ItemID)
    case playlist(PlaylistID)
  }

  package var id: ID {
    switch self {
    case .heading(let text, _): .heading(text)
    case .artist(let artist): .item(.artist(artist.id))
    case .album(let album): .item(.album(album.id))
    case .track(let track): .item(.track(track.id))
    case .playlist(let playlist): .playlist(playlist.id)
    }
  }

  var isHeading: Bool { if case .heading = self { true } else { false } }
}

/// How much is looked for: more of it than fits the eye.
package enum SearchLimit {
  /// Of artists, albums and tracks each.
  package static let ofEach = 200
  /// Conditions are asked to act on what they find.
  package static let ofTracks = 1000
}

package struct SearchState: Sendable {
  package internal(set) var field = TextField()
  /// Whether keys go into the field.
  package internal(set) var isTyping = false
  /// The next letter takes the place of all that stands in the field.
  package internal(set) var isFieldChosen = false
  @Boxed package internal(set) var results = Pane<SearchRow>()

  mutating func fit(height: Int) {
    // The heading above the first result stays in sight.
    if results.list.cursor == 1, height > 1 { results.list.top = 0 }
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
    } else if case .playlist(let playlist)? = rows.first {
      self = .playlists([playlist])
    } else {
      self = .artists(rows.compactMap { if case .artist(let artist) = $0 { artist } else { nil } })
    }
  }
}

extension Key {
  fileprivate var writesText: Bool {
    switch self {
    case .character, .paste, .named(.space), .named(.backspace): true
    default: false
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
    search.isFieldChosen = text == nil && !search.field.characters.isEmpty
    guard let text else { return [.expectSearch] }
    search.field.set(text)
    return askSearch()
  }

  /// Keys while the field is being typed in; nil when the key is none of its business.
  mutating func searchKey(_ key: Key) -> [Effect]? {
    let isFieldChosen = search.isFieldChosen
    search.isFieldChosen = false
    switch meaning(of: key) {
    case .named(.escape), .named(.enter), .named(.tab):
      search.isTyping = false
      return []
    case .named(.down), .named(.up):
      search.isTyping = false
      return move(key == .named(.down) ? .down : .up)
    case .control("c"): return nil
    default:
      let before = search.field.characters
      if isFieldChosen, key.writesText { search.field.set("") }
      guard search.field.handle(key) else { return nil }
      return search.field.characters == before ? [] : askSearch()
    }
  }

  /// Keys of the preset's that write nothing lead out of the field as the named ones do.
  private func meaning(of key: Key) -> Key {
    guard case .control = key, key != .control("c"), case .command(let command) = keymap.find([key], in: .search) else {
      return key
    }
    switch command {
    case .back: return .named(.escape)
    case .move(.down): return .named(.down)
    case .move(.up): return .named(.up)
    default: return key
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
    showFound(artists, albums, tracks, isWhole: true)
    return search.results.accept(search.results.rows, &tickets)
  }

  /// What was found, by kind; the playlists whose names hold the words too.
  ///
  /// - Parameters:
  ///   - count: how many tracks there will be, where these are only the first.
  ///   - isWhole: nothing more comes.
  mutating func showFound(
    _ artists: [Artist], _ albums: [Album], _ tracks: [Track], of count: Int? = nil, isWhole: Bool = false
  ) {
    var rows: [SearchRow] = []
    let query = Query(parsing: search.field.text)
    if let complaint = query.complaint { rows.append(.heading(complaint)) }
    let filter = Filter(trimmed(search.field.text))
    let lists = query.isAboutTracks || filter.isEmpty ? [] : playlists.lists.rows.filter { filter.fits($0.name) }
    let limit = query.isAboutTracks ? SearchLimit.ofTracks : SearchLimit.ofEach
    func add(_ name: String, _ found: [SearchRow], atMost limit: Int = .max) {
      guard !found.isEmpty else { return }
      let count = found.count < limit ? "\(found.count)" : "the first \(limit)"
      rows += [.heading(name, count: isWhole ? count : "")] + found
    }
    add("Artists", artists.map { .artist($0) }, atMost: limit)
    add("Albums", albums.map { .album($0) }, atMost: limit)
    add("Playlists", lists.map { .playlist($0) })
    add("Tracks", tracks.map { .track($0) }, atMost: limit)
    search.results.replace(rows, of: count.map { rows.count - tracks.count + $0 })
    if search.isTyping { search.results.list = ListCursor() }
    if search.results.selected?.isHeading == true { search.results.list.cursor += 1 }
  }
}
