import Music

/// A list that the listener edits as text, and what it was when that began.
struct EditorState: Sendable {
  var place: ListPlace
  /// nil: the queue.
  var playlist: Playlist?
  var name: String
  var tracks: [Track]
  /// Of the queue, at that time.
  var version: QueueVersion
  var text = ""
}

extension AppState {
  /// `:edit`: the list in hand goes to the editor, one line a track.
  mutating func openEditor() -> [Effect] {
    guard let place = editablePlace() else { return [] }
    let tracks = tracks(of: place)
    let playlist = place == .queue ? nil : playlists.lists.selected
    let name = playlist?.name ?? "Queue"
    var state = EditorState(
      place: place, playlist: playlist, name: name, tracks: tracks, version: queue.version(at: currentPlace))
    state.text = TrackText.text(of: tracks, name: name)
    editor = state
    return [.editText(state.text, name: name)]
  }

  /// The editor was left. nil: it could not be started, or it ended badly; what it says then.
  mutating func takeEdited(_ text: String?, problem: String?) -> [Effect] {
    guard var state = editor else { return [] }
    guard let text else {
      editor = nil
      post(Notice(.warning, problem ?? "The editor was given up: nothing was changed."))
      return []
    }
    let read = TrackText(parsing: text)
    guard read.badLines.isEmpty else {
      state.text = text
      editor = state
      return confirm(
        "\(TrackText.words(of: read.badLines)) no track (a line ends in # and its number). Edit again?", .editAgain)
    }
    guard text != state.text else {
      editor = nil
      post(Notice(.information, "Nothing was changed."))
      return []
    }
    state.text = text
    editor = state
    let known = Set(state.tracks.map(\.id))
    let missing = Array(Set(read.ids.map(\.id)).subtracting(known)).sorted { $0.rawValue < $1.rawValue }
    guard !missing.isEmpty else { return finishEditing(read, [:]) }
    let parts = stride(from: 0, to: missing.count, by: 1000).map {
      CatalogueQuestion.tracks(Array(missing[$0..<min($0 + 1000, missing.count)]))
    }
    return begin(Errand(purpose: .edited(text), questions: parts))
  }

  mutating func editAgain() -> [Effect] { editor.map { [.editText($0.text, name: $0.name)] } ?? [] }

  /// The tracks that were added by number are known, as far as they exist.
  mutating func takeEdited(_ text: String, knowing tracks: [Track]) -> [Effect] {
    let found = Dictionary(tracks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let read = TrackText(parsing: text)
    let known = Set(editor?.tracks.map(\.id) ?? []).union(found.keys)
    let bad = read.ids.filter { !known.contains($0.id) }.map(\.line)
    guard bad.isEmpty else {
      return confirm("\(TrackText.words(of: bad)) no track of the library. Edit again?", .editAgain)
    }
    return finishEditing(read, found)
  }

  private mutating func finishEditing(_ read: TrackText, _ found: [TrackID: Track]) -> [Effect] {
    guard let state = editor else { return [] }
    editor = nil
    let ids = read.ids.map(\.id)
    let known = found.merging(state.tracks.map { ($0.id, $0) }) { _, own in own }
    let held = counted(ids.count, "track")
    post(Notice(.information, "“\(state.name)” holds \(held) now. \(key(for: .history(.undo))) takes that back."))
    if let playlist = state.playlist {
      // Whatever was changed meanwhile, here or elsewhere, is merged.
      guard ids != state.tracks.map(\.id) else { return [] }
      let isShown =
        playlists.lists.selected?.id == playlist.id && playlists.tracks.rows.map(\.id) == state.tracks.map(\.id)
      if isShown { return setPlaylistRows(ids.compactMap { known[$0] }) }
      return [.edit(.setTracks(playlist.id, ids, seen: state.tracks.map(\.id)))]
    }
    var wanted = state.version
    wanted.tracks = ids
    let plan = queue.plan(HistoryReturn.Turn(from: state.version, to: wanted))
    let slots = plan.slots(known)
    return setList(.queue, slots, .edit)
  }
}

/// A list of tracks as text: one line a track, with its number behind the last `#`; lines that begin with `##` are
/// remarks.
struct TrackText {
  private(set) var ids: [(line: Int, id: TrackID)] = []
  /// Their numbers, from 1.
  private(set) var badLines: [Int] = []

  init(parsing text: String) {
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let line = Substring(line)
      let words = trimmed(line)
      if words.isEmpty || words.hasPrefix("##") { continue }
      if let mark = words.lastIndex(of: "#"), let number = Int64(words[words.index(after: mark)...]) {
        ids.append((index + 1, TrackID(number)))
      } else {
        badLines.append(index + 1)
      }
    }
  }

  static func text(of tracks: [Track], name: String) -> String {
    var text = """
      ## “\(line(name))”, \(counted(tracks.count, "track")): a line is a track, the number behind its last # says which.
      ## Put lines into another order, take them out, repeat them, add others by their number.

      """
    for track in tracks {
      let words = [track.title, track.artist, track.album].filter { !$0.isEmpty }.joined(separator: " – ")
      text += "\(line(words))  #\(track.id.rawValue)\n"
    }
    return text
  }

  /// `Lines 3, 4 and 7 name`
  static func words(of lines: [Int]) -> String {
    guard lines.count > 1 else { return "Line \(lines.first ?? 0) names" }
    let shown = lines.prefix(5).map(String.init)
    if lines.count > 5 { return "Lines \(shown.joined(separator: ", ")) and \(lines.count - 5) more name" }
    return "Lines \(shown.dropLast().joined(separator: ", ")) and \(shown.last!) name"
  }

  /// Text that stays on its line.
  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
  }
}
