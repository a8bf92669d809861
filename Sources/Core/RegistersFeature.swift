package import Music
import TUI

/// What was yanked or cut, to be put into any playlist or the queue.
package struct RegistersState: Sendable {
  /// The one without a name holds what was noted last, whatever its name.
  package private(set) var tracks: [Character: [Track]] = [:]
  var cameFrom = ScreenName.library

  package subscript(register: Register) -> [Track] { tracks[register.key] ?? [] }

  /// In the order of their names.
  package var names: [Character] { tracks.keys.sorted() }

  /// Of the register that stands there in the order of names.
  func tracks(at place: Int) -> [Track] { names.indices.contains(place) ? tracks[names[place]] ?? [] : [] }

  mutating func note(_ new: [Track], in register: Register) {
    tracks[register.key] = register.isAdding ? self[register] + new : new
    tracks[Register.unnamed.key] = self[register]
  }
}

extension AppState {
  /// Rows are put into the queue and into playlists: the key that does it there.
  package var keyToPut: String {
    key(for: .editing(.put(before: false, .unnamed)), in: screen == .queue ? .queue : .playlists)
  }

  /// What a yank or a cut noted.
  mutating func note(_ tracks: [Track], in register: Register, isCut: Bool) -> [Effect] {
    registers.note(tracks, in: register)
    if !isCut {
      let words = tracks.count == 1 ? ("is", "it") : ("are", "them")
      let put = keyToPut
      post(Notice(.information, "\(named(tracks)) \(words.0) noted: \(put) puts \(words.1) after a row."))
    }
    return []
  }

  mutating func yank(_ register: Register, _ token: ReplyToken?) -> [Effect] {
    gather(.note(register), replyTo: token)
  }

  /// Out of the queue or the playlist, into the register.
  mutating func cut(_ register: Register) -> [Effect] {
    guard placeInHand == .queue || placeInHand == .playlistTracks, case .tracks(let tracks)? = chosenRows,
      !tracks.isEmpty
    else {
      let yank = key(for: .editing(.yank(.unnamed)))
      let words = "Rows can be cut out of the queue and out of playlists; \(yank) notes them everywhere."
      post(Notice(.information, words))
      return []
    }
    let effects = remove()
    // Someone else's playlist stays as it is.
    guard !effects.isEmpty || placeInHand == .queue else { return [] }
    registers.note(tracks, in: register)
    let words = tracks.count == 1 ? ("is", "it") : ("are", "them")
    let put = keyToPut
    post(Notice(.information, "\(named(tracks)) \(words.0) cut: \(put) puts \(words.1) after a row."))
    return effects
  }

  mutating func put(before: Bool, _ register: Register) -> [Effect] {
    let tracks = registers[register]
    guard !tracks.isEmpty else {
      post(
        Notice(.information, "Nothing was yanked or cut\(register == .unnamed ? "" : " into \(register.name)") yet."))
      return []
    }
    switch placeInHand {
    case .queue: return putIntoQueue(tracks, before: before)
    case .playlistTracks, .playlists:
      if tracks.contains(where: \.isRadio) { return refuseForRadio("A radio station cannot stand in a playlist.") }
      if placeInHand == .playlists {
        return playlists.lists.selected.map { beginAppending(tracks.map(\.id), to: $0) } ?? []
      }
      return putIntoPlaylist(tracks, before: before)
    default:
      let (queue, lists) = (key(for: .view(.queue)), key(for: .view(.playlists)))
      post(Notice(.information, "Rows can be put into the queue (\(queue)) and into playlists (\(lists))."))
      return []
    }
  }

  private mutating func putIntoQueue(_ tracks: [Track], before: Bool) -> [Effect] {
    beginStep(.add, about: tracks)
    let position = queue.entries.isEmpty ? 0 : queueList.cursor + (before ? 0 : 1)
    queue.insert(tracks, at: position)
    queueList.cursor = position
    return []
  }

  private mutating func putIntoPlaylist(_ tracks: [Track], before: Bool) -> [Effect] {
    var rows = playlists.tracks.rows
    let position = rows.isEmpty ? 0 : playlists.tracks.list.cursor + (before ? 0 : 1)
    rows.insert(contentsOf: tracks, at: position)
    let effects = setPlaylistRows(rows)
    if !effects.isEmpty { playlists.tracks.list.cursor = position }
    return effects
  }
}

// MARK: Naming one

extension Notice {
  static var whichRegister: Notice { Notice(.information, "Which register? A letter; a capital one adds to it.") }
}

extension AppState {
  /// The key after `"`.
  mutating func nameRegister(_ key: Key) -> [Effect] {
    isNamingRegister = false
    if notices.current == .whichRegister { notices.endNews(now: now) }
    guard case .character(let name) = key, let register = Register(name) else { return [] }
    namedRegister = register
    return []
  }
}

// MARK: Once more

extension AppState {
  mutating func again(_ token: ReplyToken?) -> [Effect] {
    guard let lastChange else {
      post(Notice(.information, "Nothing was changed yet that could be done again."))
      return []
    }
    return lastChangeRows.map { change($0, rows: lastChange, token) } ?? perform(lastChange, replyTo: token)
  }

  /// `3d`, and `.` after it: so many rows from the cursor on, unless some are marked.
  mutating func change(_ count: Int, rows command: Command, _ token: ReplyToken? = nil) -> [Effect] {
    markRows(count)
    let effects = perform(command, replyTo: token)
    if command.isRepeatable { lastChangeRows = count }
    return effects
  }
}

extension Command {
  /// Whether `.` does it once more.
  var isRepeatable: Bool {
    switch self {
    case .add, .addNext, .remove, .reorder, .star, .rate, .pin, .playlistAdd(.some): true
    case .editing(.cut), .editing(.put), .editing(.arrange), .editing(.lines(_, .some)): true
    default: false
    }
  }
}

// MARK: The screen of registers

/// A register as a list shows it.
package struct RegisterRow: Hashable, Sendable {
  package var name: String
  /// The first ones.
  package var titles: [String]
  package var count: Int
}

extension AppState {
  package var registerRows: [RegisterRow] {
    registers.names.compactMap { name in
      guard let register = Register(name) else { return nil }
      let tracks = registers[register]
      return RegisterRow(
        name: name == "\"" ? "\"\"" : "\"\(name)", titles: tracks.prefix(20).map(\.title), count: tracks.count)
    }
  }

  mutating func showRegisters() -> [Effect] {
    if screen != .registers { registers.cameFrom = screen }
    return show(.registers)
  }
}
