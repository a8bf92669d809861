package import Music
import SQLite

// What the listener changed, and how it was before: every change of a playlist, a star or a rating made here is recorded
// in the transaction that makes it. What comes from a server is none.

extension Catalogue {
  /// What is kept, in changes.
  static let historyLimit: Int64 = 10_000

  /// All changes that `body` makes are one transaction, and are undone together.
  package func asOneStep<Answer>(_ body: () throws -> Answer) throws -> Answer {
    try database.transaction {
      guard openStep == nil else { return try body() }
      openStep = try nextStep()
      defer { openStep = nil }
      return try body()
    }
  }

  /// The latest first, of all accounts in scope.
  package func history(limit: Int, offset: Int = 0) throws -> [HistoryEntry] {
    try entries("origin IN \(scopeList()) ORDER BY id DESC LIMIT ? OFFSET ?", [limit, offset])
  }

  private func nextStep() throws -> Int64 {
    try database.first("SELECT coalesce(max(step), 0) + 1 FROM history") { $0.int64(0) } ?? 1
  }
}

/// The kinds of change, as the table names them.
enum HistoryKind: String {
  case star, rate, createPlaylist, deletePlaylist, describePlaylist, editPlaylist, queue, smart
}

// MARK: Recording, within the transaction of the change.

extension Catalogue {
  func record(_ kind: HistoryKind, _ item: ItemID, _ facts: ItemFacts, before: Int64?, after: Int64?) throws {
    try record(
      kind, itemKind: item.table, item: item.row, origin: facts.origin, subject: facts.name, before: before,
      after: after)
  }

  func record(
    _ kind: HistoryKind, _ list: StoredPlaylist, before: Int64?, after: Int64?, added: Int = 0, removed: Int = 0
  ) throws {
    try record(
      kind, itemKind: "playlist", item: list.id.rawValue, origin: list.origin, subject: list.details.name,
      before: before, after: after, added: added, removed: removed)
  }

  func record(
    _ kind: HistoryKind, itemKind: String, item: Int64, origin: Int64, subject: String, before: Int64?, after: Int64?,
    added: Int = 0, removed: Int = 0
  ) throws {
    if isReplaying { return }
    let step = try openStep ?? nextStep()
    try database.run("UPDATE history SET state = 2 WHERE state = 1 AND origin IN \(undoScope(with: origin))")
    try database.run(
      """
      INSERT INTO history(step, origin, made, item_kind, item, kind, subject, before, after, added, removed)
      VALUES (?, ?, unixepoch(), ?, ?, ?, ?, ?, ?, ?, ?)
      """, step, origin, itemKind, item, kind.rawValue, subject, before, after, added, removed)
    try database.run("DELETE FROM history WHERE id <= ?", database.lastInsertedRow - Self.historyLimit)
  }

  /// What one listener does in one place is one sequence: the accounts in scope, and that of the change.
  private func undoScope(with origin: Int64) throws -> String {
    try scopeList().dropLast() + (scope.isEmpty ? "" : ",") + "\(origin))"
  }
}

// MARK: Rows.

/// A row of the history as it is stored.
struct HistoryRow {
  var id: Int64
  var step: Int64
  var kind: HistoryKind
  var itemKind: String
  var item: Int64
  var before: Int64?
  var after: Int64?
}

extension Catalogue {
  /// A step's changes, the oldest first.
  func changes(ofStep step: Int64) throws -> [HistoryRow] {
    try database.rows(
      "SELECT id, step, kind, item_kind, item, before, after FROM history WHERE step = ? ORDER BY id", step
    ) { row in
      HistoryKind(rawValue: row.text(2)).map {
        HistoryRow(
          id: row.int64(0), step: row.int64(1), kind: $0, itemKind: row.text(3), item: row.int64(4),
          before: row.optionalInt64(5), after: row.optionalInt64(6))
      }
    }.compactMap(\.self)
  }

  func entries(_ condition: String, _ values: [(any Bindable)?]) throws -> [HistoryEntry] {
    try database.rows(
      """
      SELECT h.id, h.step, h.made, h.state, h.subject, h.kind, h.item_kind, h.item, h.before, h.after, h.added,
        h.removed, b.name, b.comment, b.is_public, a.name, a.comment, a.is_public, s.name, s.query, t.name, t.query
      FROM (SELECT * FROM history WHERE \(condition)) h
      LEFT JOIN playlist_version b ON h.kind = 'describePlaylist' AND b.id = h.before
      LEFT JOIN playlist_version a ON h.kind = 'describePlaylist' AND a.id = h.after
      LEFT JOIN smart_version s ON h.kind = 'smart' AND s.id = h.before
      LEFT JOIN smart_version t ON h.kind = 'smart' AND t.id = h.after
      ORDER BY h.id DESC
      """, values: values, read: HistoryEntry.init
    ).compactMap(\.self)
  }
}

extension HistoryEntry {
  /// nil for what no version of this program wrote.
  init?(_ row: Statement) {
    guard let change = Change(row), let state = State(rawValue: row.int(3)) else { return nil }
    self.init(
      id: row.int64(0), step: row.int64(1), made: Timestamp(seconds: row.int64(2)), change: change,
      subject: row.text(4), state: state)
  }
}

extension HistoryEntry.Change {
  fileprivate init?(_ row: Statement) {
    let playlist = PlaylistID(row.int64(7))
    switch (HistoryKind(rawValue: row.text(5)), ItemID(row.text(6), row.int64(7))) {
    case (.star, let item?): self = .star(item, !row.isNull(9))
    case (.rate, let item?): self = .rate(item, from: row.int(8), to: row.int(9))
    case (.createPlaylist, nil): self = .createPlaylist(playlist, trackCount: row.int(10))
    case (.deletePlaylist, nil): self = .deletePlaylist(playlist, trackCount: row.int(11))
    case (.describePlaylist, nil):
      self = .describePlaylist(playlist, from: PlaylistDetails(row, from: 12), to: PlaylistDetails(row, from: 15))
    case (.editPlaylist, nil): self = .editPlaylist(playlist, added: row.int(10), removed: row.int(11))
    case (.smart, nil):
      let list = SmartPlaylistID(row.int64(7))
      func version(_ column: Int) -> SmartPlaylist {
        SmartPlaylist(id: list, name: row.text(column), query: row.text(column + 1))
      }
      self = .smart(from: row.isNull(8) ? nil : version(18), to: row.isNull(9) ? nil : version(20))
    case (.queue, nil):
      guard let change = QueueChange(rawValue: row.text(6)) else { return nil }
      self = .queue(change, added: row.int(10), removed: row.int(11))
    default: return nil
    }
  }
}

extension PlaylistDetails {
  init(_ row: Statement, from column: Int) {
    self.init(name: row.text(column), comment: row.text(column + 1), isPublic: row.bool(column + 2))
  }
}
