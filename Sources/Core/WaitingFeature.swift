import Music
import TUI

// A column whose rows still belong to another row of the column beside it is not acted on: what is asked of it waits until
// its own rows are there.

/// What waits, in the order in which it came.
struct WaitingState: Sendable {
  enum Item: Sendable {
    case key(Key)
    case command(Command, ReplyToken?)
  }

  /// The catalogue answers within milliseconds; what has waited for so many seconds would surprise.
  static let patience: Int64 = 2

  var items: [Item] = []
  var since = Timestamp(seconds: 0)
  /// What waited is being done.
  var isReleasing = false
}

extension AppState {
  /// Whether the rows of a list are those of a row that the cursor beside it has left.
  package func isBehind(_ place: ListPlace) -> Bool {
    switch place {
    case .albums: isBehind(library.albums, albumsQuestion)
    case .tracks where library.view.columns.contains(.albums):
      isBehind(.albums) || isBehind(library.tracks, library.albums.selected.map { .tracksOfAlbum($0.id) })
    case .tracks: isBehind(library.tracks, folderQuestion)
    case .playlistTracks: isBehind(playlists.tracks, playlists.lists.selected.map { .tracksOfPlaylist($0.id) })
    case .versionTracks: isBehind(versions.tracks, versions.versions.selected.map { .tracksOfVersion($0.id) })
    default: false
    }
  }

  private func isBehind<Row>(_ pane: Pane<Row>, _ question: CatalogueQuestion?) -> Bool {
    question != nil && pane.answered != question
  }

  /// - Returns: nil where nothing has to be waited for: the key is to be obeyed now.
  mutating func wait(for key: Key) -> [Effect]? {
    if case .mouse = key { return nil }
    return wait(.key(key), isAboutRows: meansRows(key))
  }

  mutating func wait(for command: Command, _ token: ReplyToken?) -> [Effect]? {
    wait(.command(command, token), isAboutRows: command.isAboutList)
  }

  private mutating func wait(_ item: WaitingState.Item, isAboutRows: Bool) -> [Effect]? {
    guard !waiting.isReleasing else { return nil }
    var late: [Effect] = []
    if !waiting.items.isEmpty {
      guard now.seconds - waiting.since.seconds > WaitingState.patience else {
        waiting.items.append(item)
        return []
      }
      let sentence = "the rows did not come in time"
      post(Notice(.warning, "Nothing was done: \(sentence)."))
      late = dropWaiting(because: sentence)
    }
    guard isAboutRows, let place = placeInHand, isBehind(place) else {
      return late.isEmpty ? nil : late + obey(item)
    }
    waiting.since = now
    waiting.items = [item]
    return late + followHeld() + askAgain(place)
  }

  /// In `settle`: what waited is done as soon as the rows are there.
  mutating func releaseWaiting() -> [Effect] {
    var effects: [Effect] = []
    while let item = waiting.items.first {
      if let place = placeInHand, isBehind(place) { break }
      waiting.items.removeFirst()
      waiting.isReleasing = true
      effects += obey(item)
      waiting.isReleasing = false
      fitLists()
    }
    return effects
  }

  private mutating func obey(_ item: WaitingState.Item) -> [Effect] {
    switch item {
    case .key(let key): handle(key)
    case .command(let command, let token): perform(command, replyTo: token)
    }
  }

  /// The rows do not come: nothing is done, and whoever waits for a reply is told so.
  mutating func dropWaiting(because reason: String) -> [Effect] {
    defer { waiting.items = [] }
    let sentence = "Nothing was done: \(reason)"
    return waiting.items.compactMap { item in
      if case .command(_, let token?) = item { .reply(token, .failed(sentence)) } else { nil }
    }
  }

  /// Where nothing is under way that would bring the rows: they could not be read before, or were not asked for.
  private mutating func askAgain(_ place: ListPlace) -> [Effect] {
    switch place {
    case .albums where !library.albums.isAsking:
      let effects = askForAlbums()
      return library.albums.isAsking ? effects : library.albums.refresh(&tickets)
    case .tracks where isBehind(.albums): return askAgain(.albums)
    case .tracks where !library.tracks.isAsking:
      let effects = library.view == .folder ? askForTracksOfFolder() : askForTracks()
      return library.tracks.isAsking ? effects : library.tracks.refresh(&tickets)
    case .playlistTracks where !playlists.tracks.isAsking:
      let effects = followPlaylists()
      return playlists.tracks.isAsking ? effects : playlists.tracks.refresh(&tickets)
    case .versionTracks where !versions.tracks.isAsking:
      let effects = followVersions()
      return versions.tracks.isAsking ? effects : versions.tracks.refresh(&tickets)
    default: return []
    }
  }

  /// What is open takes its keys; of the others, those about rows wait.
  private func meansRows(_ key: Key) -> Bool {
    guard !isNamingRegister, prompt == nil, filterField == nil, login == nil, palette == nil, sheet == nil,
      !layout.isBodyHidden
    else { return false }
    switch keymap.find(pending.keys + [key], in: screen) {
    case .command(let command): return command.isAboutList
    case .waits, .nothing: return false
    }
  }
}

extension Command {
  /// Whether it depends on which rows the list in hand has.
  fileprivate var isAboutList: Bool {
    switch self {
    case .clear, .pinStarred, .history: false
    case .prompt, .playlistAdd, .display, .keeping: true
    default: group == .rows || group == .moving && self != .back && self != .jump
    }
  }
}
