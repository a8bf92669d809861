package import Music

/// A step of the history as a list shows it.
package struct ChangeRow: Hashable, Sendable, Identifiable {
  /// The step's number.
  package var id: Int64
  package var words: String
  package var made: Timestamp
  package var state: HistoryEntry.State
}

/// The screen of what was done: the latest first. What was undone stands above what is done.
package struct ChangesState: Sendable {
  @Boxed package internal(set) var steps = Pane<ChangeRow>()
  var cameFrom = ScreenName.library
  static let limit = 1000
}

extension AppState {
  mutating func showChanges() -> [Effect] {
    if screen != .changes { changes.cameFrom = screen }
    return show(.changes) + changes.steps.ask(.history(limit: ChangesState.limit), &tickets)
  }

  mutating func refreshChanges() -> [Effect] { screen == .changes ? changes.steps.refresh(&tickets) : [] }

  mutating func takeHistory(_ entries: [HistoryEntry]) -> [Effect] {
    var rows: [ChangeRow] = []
    var group: [HistoryEntry] = []
    func close() {
      guard let last = group.first else { return }
      let words = HistoryEntry.words(ofStep: group)
      rows.append(
        ChangeRow(
          id: last.step, words: words.prefix(1).uppercased() + words.dropFirst(), made: last.made, state: last.state))
    }
    for entry in entries {
      if entry.step != group.first?.step {
        close()
        group = []
      }
      group.append(entry)
    }
    close()
    return changes.steps.accept(rows, &tickets)
  }

  /// Enter: back to before this step, or forth to after it.
  mutating func turnToChange() -> [Effect] {
    guard let row = changes.steps.selected else { return [] }
    switch row.state {
    case .done: return turn(.undoThrough(row.id))
    case .undone: return turn(.redoThrough(row.id))
    case .passedOver:
      post(
        Notice(
          .information, "It was undone, and something else was done after that: it cannot be done again by itself."))
      return []
    }
  }
}
