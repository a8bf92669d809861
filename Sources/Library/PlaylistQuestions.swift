package import Music
import SQLite

// What only the listener can decide about a playlist. The edits concerned wait until then; all others go on.

extension Catalogue {
  package func playlistQuestions() throws -> [PlaylistQuestion] {
    try database.rows(
      """
      SELECT p.id, p.name, min(o.question) FROM outbox o JOIN playlist p ON p.id = o.item
      WHERE o.item_kind = 'playlist' AND o.question IS NOT NULL GROUP BY p.id ORDER BY min(o.id)
      """
    ) { row in
      PlaylistConflict(question: row.text(2), name: row.text(1)).map {
        PlaylistQuestion(playlist: PlaylistID(row.int64(0)), name: row.text(1), conflict: $0)
      }
    }.compactMap(\.self)
  }

  /// Does as the listener decided. Nothing happens where there is no question (any more).
  package func decide(_ playlist: PlaylistID, _ decision: PlaylistDecision) throws {
    try database.transaction {
      guard let question = try playlistQuestions().first(where: { $0.playlist == playlist }) else { return }
      let list = try stored(playlist)
      try database.run(
        "UPDATE outbox SET question = NULL WHERE item = ? AND item_kind = 'playlist'", playlist.rawValue)
      switch (question.conflict, decision) {
      case (.renamed, .keepOurs): break
      case (.renamed(_, let theirs), .takeTheirs):
        var details = list.details
        details.name = theirs
        try setDetails(of: list, to: details)
      case (.deletedThere, .keepOurs): try makeAnew(list)
      case (.deletedThere, .takeTheirs):
        let before = try keepVersion(of: playlist)
        try record(.deletePlaylist, list, before: before, after: nil, removed: rows(of: playlist).tracks.count)
        try removePlaylist(playlist)
        try forgetBase(of: playlist)
      }
    }
  }

  /// The server makes it as a new list: it stays the same here.
  private func makeAnew(_ list: StoredPlaylist) throws {
    try database.run(
      "DELETE FROM outbox WHERE item = ? AND item_kind = 'playlist'", list.id.rawValue)
    try database.run(
      "UPDATE playlist SET remote_id = NULL, known_changed = NULL, known_track_count = NULL WHERE id = ?",
      list.id.rawValue)
    try forgetBase(of: list.id)
    try add(.createPlaylist(list.id), to: list.origin, subject: list.details.name)
  }

  /// - Returns: nil when it was asked before.
  func ask(_ conflict: PlaylistConflict, about list: StoredPlaylist) throws -> PlaylistQuestion? {
    let kinds = conflict == .deletedThere ? "" : " AND kind = 'describePlaylist'"
    try database.run(
      "UPDATE outbox SET question = ?1 WHERE item = ?2 AND item_kind = 'playlist'\(kinds) AND question IS NOT ?1",
      conflict.question, list.id.rawValue)
    if database.changes == 0 { return nil }
    return PlaylistQuestion(playlist: list.id, name: list.details.name, conflict: conflict)
  }
}

extension PlaylistConflict {
  /// As it stands in the outbox. Of two questions about a list the smaller text comes first.
  fileprivate var question: String {
    switch self {
    case .deletedThere: "deleted"
    case .renamed(_, let theirs): "renamed:" + theirs
    }
  }

  init?(question: String, name: String) {
    if question == "deleted" {
      self = .deletedThere
    } else if question.hasPrefix("renamed:") {
      self = .renamed(ours: name, theirs: String(question.dropFirst("renamed:".count)))
    } else {
      return nil
    }
  }
}
