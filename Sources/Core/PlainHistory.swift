import Music

// What was done, versions and the outbox, told in lines.

extension AppState {
  /// nil for lists of another kind.
  func plainHistory(_ place: ListPlace, _ index: Int) -> String? {
    switch place {
    case .changes:
      let row = changes.steps.rows[index]
      let state = row.state == .done ? "" : row.state == .undone ? ", undone" : ", undone, no redo"
      return row.words + state + ", \(plainAge(of: row.made))"
    case .versions:
      let version = versions.versions.rows[index]
      return "\(version.details.name), \(counted(version.trackCount, "track")), \(plainAge(of: version.made))"
    case .registers:
      let row = registerRows[index]
      return "\(row.name): \(counted(row.count, "track")), \(row.titles.joined(separator: " · "))"
    case .outbox:
      let row = outbox.rows.rows[index]
      let state =
        switch row.state {
        case .waiting: "waiting"
        case .refused(let reason): "refused: \(reason)"
        case .asks: "asks: “outbox decide” decides"
        }
      return "\(row.words), \(state), \(plainAge(of: row.since))"
    default: return nil
    }
  }

  private func plainAge(of moment: Timestamp) -> String {
    let age = age(of: moment, at: now)
    return age == "now" ? "just now" : age + " ago"
  }
}
