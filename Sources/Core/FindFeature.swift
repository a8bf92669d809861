import Music
import TUI

/// Words that rows of a list are looked for with, one after another (`n`, `N`).
struct FindState: Sendable {
  /// nil: nothing was searched for.
  var words: String?
}

extension AppState {
  /// Whether `n` goes on to further rows of the list in hand.
  package var isFinding: Bool { wordsToFind != nil }

  /// What `n` goes to: what was looked for in a list, else what the search asked for.
  var wordsToFind: String? {
    if let words = find.words { return words }
    let searched = trimmed(search.field.text)
    return screen == .search && !searched.isEmpty ? searched : nil
  }

  mutating func find(_ words: String) -> [Effect] {
    find.words = trimmed(words).isEmpty ? nil : trimmed(words)
    return goToHit(.next)
  }

  mutating func goToHit(_ hit: HandCommand.Hit) -> [Effect] {
    guard let words = wordsToFind, let place = placeInHand else {
      if hit == .previous { return newPlaylist(nil) }
      post(Notice(.information, "Nothing was searched for. \(key(for: .prompt("find "))) finds a row of this list."))
      return []
    }
    // Whatever stands among what was found is a hit.
    if place == .found, find.words == nil { return move(place, hit == .next ? .down : .up) }
    let rows = shownIndices(of: place)
    let count = rows.count
    let start = arrangement(of: place)?.nearestPlace(to: self[place].cursor) ?? self[place].cursor
    let step = hit == .next ? 1 : -1
    for distance in 1...max(1, count) {
      let row = (start + step * distance + count * 2) % max(1, count)
      guard row < count, hasWords(words, rows[row], of: place) else { continue }
      return goToRow(.to(row + 1))
    }
    post(Notice(.information, "No row here has “\(words)”."))
    return []
  }

  private func hasWords(_ words: String, _ row: Int, of place: ListPlace) -> Bool {
    let text = rowText(row, of: place).lowercased()
    return words.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
  }

  /// What a row says, for finding it.
  private func rowText(_ row: Int, of place: ListPlace) -> String {
    if place == .downloads { return downloads.report.rows[row].title + " " + downloads.report.rows[row].artist }
    switch rows(of: place, at: [row]) {
    case .artists(let rows)?: return rows.map(\.name).joined()
    case .albums(let rows)?: return rows.map { "\($0.name) \($0.artist)" }.joined()
    case .tracks(let rows)?: return rows.map { "\($0.title) \($0.artist) \($0.album)" }.joined()
    case .playlists(let rows)?: return rows.map(\.name).joined()
    case .groups(let rows)?: return rows.map(\.name).joined()
    case nil: return ""
    }
  }

  /// A command's first key, or how the command line says it.
  /// In the line mode the command is all there is.
  package func key(for command: Command, in view: ScreenName? = nil) -> String {
    lineMode == nil ? keymap.key(for: command, in: view ?? screen) ?? ":\(command)" : "“\(command)”"
  }
}
