package import Music
import SQLite

/// An edit that waits, with what it needs to be sent.
package struct OutboxEntry: Hashable, Sendable {
  package let id: Int64
  package let server: ServerID
  package let edit: Edit
  package let attempts: Int
  /// Not nil: refused for good, with the reason; it is never sent again.
  package let refusal: String?
}

// For the synchroniser. An entry that was replaced by a newer edit while it was on its way has gone from the outbox: the
// calls that take an id then do nothing, and the newer one is sent in its turn.

extension Catalogue {
  /// In the order they were made; dead ones are left out.
  package func pendingEdits(of server: ServerID, limit: Int) throws -> [OutboxEntry] {
    try entries("server = ? AND refusal IS NULL ORDER BY outbox.id LIMIT ?", [server.rawValue, limit])
  }

  /// Refused for good, of all servers.
  package func deadEdits() throws -> [OutboxEntry] { try entries("refusal IS NOT NULL ORDER BY outbox.id", []) }

  /// Done, or a dead one that the listener has seen: it leaves the outbox.
  package func editSent(_ id: Int64) throws { try database.run("DELETE FROM outbox WHERE id = ?", id) }

  /// It is about to be sent. Counted before, not after: when the process is killed in between, nobody knows whether it
  /// arrived, and the next try has to look.
  package func editBegins(_ id: Int64) throws {
    try database.run("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", id)
  }

  package func editRefused(_ id: Int64, reason: String) throws {
    try database.run("UPDATE outbox SET refusal = ? WHERE id = ?", reason, id)
  }

  /// What the server called the playlist that was created from here. One that was deleted here meanwhile is now deleted
  /// there.
  package func setRemoteID(_ remoteID: RemoteID, of playlist: PlaylistID) throws {
    try database.transaction {
      let forgotten = try database.first("SELECT origin FROM forgotten_playlist WHERE id = ?", playlist.rawValue) {
        $0.int64(0)
      }
      if let forgotten {
        try add(.deletePlaylist(remoteID), to: forgotten)
        try database.run("DELETE FROM forgotten_playlist WHERE id = ?", playlist.rawValue)
      }
      // A pull may have met the new list before this: the row that was made here stays.
      try database.run(
        """
        DELETE FROM playlist
        WHERE id <> ?1 AND remote_id = ?2 AND origin = (SELECT origin FROM playlist WHERE id = ?1)
        """, playlist.rawValue, remoteID)
      try database.run("UPDATE playlist SET remote_id = ? WHERE id = ?", remoteID, playlist.rawValue)
    }
  }

  /// The server's names of a playlist's tracks, in order.
  package func trackRemoteIDs(of playlist: PlaylistID) throws -> [RemoteID] {
    try database.rows("SELECT t.remote_id \(Rows.tracksOfPlaylist)", playlist.rawValue) { $0.text(0) }
  }

  private func entries(_ condition: String, _ values: [(any Bindable)?]) throws -> [OutboxEntry] {
    try database.rows(
      """
      SELECT outbox.id, server, attempts, refusal, kind, item_kind, item, amount, remote_id
      FROM outbox JOIN origin ON origin.id = outbox.origin WHERE \(condition)
      """, values: values
    ) { row -> OutboxEntry? in
      Edit(row, from: 4).map {
        OutboxEntry(
          id: row.int64(0), server: ServerID(row.text(1)), edit: $0, attempts: row.int(2), refusal: row.optionalText(3))
      }
    }.compactMap(\.self)
  }
}

// MARK: Writing, within the transaction of the local change.

extension Catalogue {
  /// Puts an edit at the end. Edits that say how things shall now be take the place of the older ones of their kind for
  /// the same item, whether those were tried or not: a new row, never a changed one, for the older may be on its way.
  func add(_ edit: Edit, to origin: Int64) throws {
    let columns = edit.columns
    if edit.replacesOlder {
      try database.run(
        "DELETE FROM outbox WHERE kind = ? AND item_kind = ? AND item = ?", columns.kind, columns.itemKind, columns.item
      )
    }
    try database.run(
      "INSERT INTO outbox(origin, kind, item_kind, item, amount, remote_id) VALUES (?, ?, ?, ?, ?, ?)", origin,
      columns.kind, columns.itemKind, columns.item, columns.amount, columns.remoteID)
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
