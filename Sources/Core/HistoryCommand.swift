import Music

/// What the listener asks of what was done before.
package enum HistoryCommand: String, Hashable, Sendable, CaseIterable {
  case undo, redo
  /// Shows what was done.
  case show = "history"
  /// Shows how the playlist under the cursor was before; without one, the playlists that are gone.
  case versions
  /// The playlist becomes again what this version of it holds.
  case restore
}

extension HistoryCommand {
  static let parsers: [String: SoundCommand.Parser] = [
    "undo": { (a) throws(CommandError) in try a.alone(.history(.undo)) },
    "redo": { (a) throws(CommandError) in try a.alone(.history(.redo)) },
    "history": { (a) throws(CommandError) in try a.alone(.history(.show)) },
    "versions": { (a) throws(CommandError) in try a.alone(.history(.versions)) },
    "restore": { (a) throws(CommandError) in try a.alone(.history(.restore)) },
  ]

  var words: (String, String?) { (rawValue, nil) }

  var summary: String {
    switch self {
    case .undo: "undo"
    case .redo: "do again what was undone"
    case .show: "what was done"
    case .versions: "how the playlist was before"
    case .restore: "restore this version of the playlist"
    }
  }
}

extension CommandArguments {
  /// For a command that takes nothing.
  func alone(_ command: Command) throws(CommandError) -> Command {
    guard rest.isEmpty else { throw .unexpected(rest, of: name) }
    return command
  }
}

extension AppState {
  mutating func perform(_ command: HistoryCommand) -> [Effect] {
    switch command {
    case .undo: return turn(.undo)
    case .redo: return turn(.redo)
    case .show: return showChanges()
    case .versions: return showVersions()
    case .restore: return restoreVersion()
    }
  }
}
