package import Music
import SQLite

/// An edit that waits, with what it needs to be sent.
package struct OutboxEntry: Hashable, Sendable {
  package let id: Int64
  package let server: ServerID
  package let edit: Edit
  package let attempts: Int
  /// An attempt has begun and nobody knows whether it arrived.
  package let isUncertain: Bool
  /// Not nil: refused for good, with the reason; it is not sent again unless the listener asks for it.
  package let refusal: String?

  package init(
    id: Int64, server: ServerID, edit: Edit, attempts: Int = 0, isUncertain: Bool = false, refusal: String? = nil
  ) {
    self.id = id
    self.server = server
    self.edit = edit
    self.attempts = attempts
    self.isUncertain = isUncertain
    self.refusal = refusal
  }
}

// For the synchroniser. An entry that was replaced by a newer edit while it was on its way has gone from the outbox: the
// calls that take an id then do nothing, and the newer one is sent in its turn.

extension Catalogue {
  /// In the order they were made; dead ones, and those that wait for the listener, are left out.
  package func pendingEdits(of server: ServerID, limit: Int) throws -> [OutboxEntry] {
    try entries(
      "server = ? AND refusal IS NULL AND question IS NULL ORDER BY outbox.id LIMIT ?", [server.rawValue, limit])
  }

  /// Differs from the last answer when an edit was made or has left the outbox since.
  package func outboxState() throws -> [Int64] {
    try database.rows(
      """
      SELECT min(id) FROM outbox UNION ALL SELECT count(*) FROM outbox
      UNION ALL SELECT seq FROM sqlite_sequence WHERE name = 'outbox'
      """
    ) { $0.int64(0) }
  }

  /// Refused for good, of all servers.
  package func deadEdits() throws -> [OutboxEntry] { try entries("refusal IS NOT NULL ORDER BY outbox.id", []) }

  /// Done, or a dead one that the listener has seen: it leaves the outbox.
  package func editSent(_ id: Int64) throws {
    try database.transaction {
      // The base of a list that was deleted here has done its duty.
      try database.run(
        """
        DELETE FROM playlist_base WHERE playlist = (SELECT item FROM outbox WHERE id = ? AND kind = 'deletePlaylist')
        AND playlist NOT IN (SELECT id FROM playlist)
        """, id)
      try database.run("DELETE FROM outbox WHERE id = ?", id)
    }
  }

  /// It is about to be sent. Counted before, not after: when the process is killed in between, nobody knows whether it
  /// arrived, and the next try has to look.
  package func editBegins(_ id: Int64) throws {
    try database.run(
      "UPDATE outbox SET attempts = attempts + 1, tried = unixepoch(), is_uncertain = 1 WHERE id = ?", id)
  }

  /// The attempt failed for now.
  /// - Parameter isUncertain: whether this attempt, or one before it, may have arrived all the same.
  package func editPostponed(_ id: Int64, isUncertain: Bool) throws {
    try database.run("UPDATE outbox SET is_uncertain = ? WHERE id = ?", isUncertain, id)
  }

  package func editRefused(_ id: Int64, reason: String) throws {
    try database.run("UPDATE outbox SET refusal = ?, is_uncertain = 0 WHERE id = ?", reason, id)
  }

  /// Of a creation that is about to be sent: what is sent, in the sender's own words, to know it again on the server.
  package func noteSent(_ text: String, by id: Int64) throws {
    try database.run("UPDATE outbox SET sent = ? WHERE id = ?", text, id)
  }

  package func sentText(of id: Int64) throws -> String? {
    try database.first("SELECT sent FROM outbox WHERE id = ?", id) { $0.optionalText(0) } ?? nil
  }

  private func entries(_ condition: String, _ values: [(any Bindable)?]) throws -> [OutboxEntry] {
    try database.rows(
      """
      SELECT outbox.id, server, attempts, is_uncertain, refusal, kind, item_kind, item, amount, remote_id
      FROM outbox JOIN origin ON origin.id = outbox.origin WHERE \(condition)
      """, values: values
    ) { row -> OutboxEntry? in
      Edit(row, from: 5).map {
        OutboxEntry(
          id: row.int64(0), server: ServerID(row.text(1)), edit: $0, attempts: row.int(2), isUncertain: row.bool(3),
          refusal: row.optionalText(4))
      }
    }.compactMap(\.self)
  }
}

// MARK: Writing, within the transaction of the local change.

extension Catalogue {
  /// Puts an edit at the end. Edits that say how things shall now be take the place of the older ones of their kind for
  /// the same item, whether those were tried or not: a new row, never a changed one, for the older may be on its way.
  /// What brings a thing back to what the server surely has takes the older edit away, and is none itself.
  /// - Parameters:
  ///   - subject: the name of what it is about.
  ///   - item: of a deletion, the row that was.
  ///   - before: the star or rating as the server has it.
  func add(_ edit: Edit, to origin: Int64, subject: String, item: Int64? = nil, before: Int64? = nil) throws {
    let columns = edit.columns
    let item = edit == .savePlayQueue ? origin : columns.item ?? item
    var (before, question) = (before, String?.none)
    if edit.replacesOlder {
      let same = "kind = ? AND item_kind = ? AND item = ?"
      let older = try database.first(
        "SELECT is_uncertain, before, question FROM outbox WHERE \(same)", columns.kind, columns.itemKind, item
      ) { (isUncertain: $0.bool(0), before: $0.optionalInt64(1), question: $0.optionalText(2)) }
      if let older {
        try database.run("DELETE FROM outbox WHERE \(same)", columns.kind, columns.itemKind, item)
        before = older.isUncertain ? nil : older.before
        if let before, before == columns.amount { return }
        question = older.question
      }
    }
    try database.run(
      """
      INSERT INTO outbox(origin, kind, item_kind, item, amount, remote_id, made, subject, before, question)
      VALUES (?, ?, ?, ?, ?, ?, unixepoch(), ?, ?, ?)
      """, origin, columns.kind, columns.itemKind, item, columns.amount, columns.remoteID, subject, before, question)
  }

  /// Stars and ratings that wait.
  func pendingMarks(of origin: Int64) throws -> PendingMarks {
    var marks = PendingMarks()
    let edits = try database.rows(
      """
      SELECT kind, item_kind, item, amount, remote_id FROM outbox
      WHERE origin = ? AND refusal IS NULL AND kind IN ('star', 'rate')
      """, origin
    ) { Edit($0, from: 0) }
    for edit in edits {
      switch edit {
      case .star(let item, _): marks.stars.insert(item)
      case .rate(let item, _): marks.ratings.insert(item)
      default: break
      }
    }
    return marks
  }
}
