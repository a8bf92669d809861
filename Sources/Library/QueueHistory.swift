package import Music
import SQLite

// What was done to the queue stands in one line with all else that was done. The queue itself is the player's: here its
// versions are kept, and nothing is done with them.

extension Catalogue {
  /// How many steps of the queue are kept, and how many bytes; the first hundred whatever they take.
  static let queueStepLimit = (count: 250, sure: 100, bytes: 64 << 20)

  /// Writes down what was done.
  package func record(_ step: QueueStep) throws {
    try database.transaction {
      let before = try keep(step.before)
      let after = try keep(step.after)
      try record(
        .queue, itemKind: step.change.rawValue, item: 0, origin: 1, subject: step.subject, before: before, after: after,
        added: step.added, removed: step.removed)
      try dropOldQueueSteps()
    }
  }

  /// What the queue has to become where these steps were taken back or done again, in this order; nil where it was not
  /// among them.
  package func queueTurn(of entries: [HistoryEntry], isRedo: Bool) throws -> HistoryReturn.Turn? {
    let steps = entries.filter { if case .queue = $0.change { true } else { false } }
    guard let first = steps.first, let last = steps.last, let start = try versions(ofEntry: first.id),
      let end = try versions(ofEntry: last.id)
    else { return nil }
    return isRedo
      ? HistoryReturn.Turn(from: start.before, to: end.after) : HistoryReturn.Turn(from: start.after, to: end.before)
  }

  private func versions(ofEntry id: Int64) throws -> (before: QueueVersion, after: QueueVersion)? {
    let ids = try database.first("SELECT before, after FROM history WHERE id = ?", id) { ($0.int64(0), $0.int64(1)) }
    guard let (before, after) = ids, let old = try queueVersion(before), let new = try queueVersion(after)
    else { return nil }
    return (old, new)
  }

  private func queueVersion(_ id: Int64) throws -> QueueVersion? {
    try database.first(
      "SELECT tracks, play_order, entry, track, position, shuffle FROM queue_version WHERE id = ?", id
    ) { row in
      QueueVersion(
        tracks: TrackList.decoded(row.bytes(0)), order: integers(row.bytes(1)),
        place: KeptPlace(
          index: row.optionalInt64(2).map { Int($0) }, track: row.optionalInt64(3).map(TrackID.init),
          position: .milliseconds(max(0, row.int64(4))), shuffleMode: ShuffleMode(rawValue: row.text(5)) ?? .off))
    }
  }

  /// - Returns: the latest version where it is the same: what was after one step is mostly before the next.
  private func keep(_ version: QueueVersion) throws -> Int64 {
    let tracks = TrackList.encoded(version.tracks)
    let order = bytes(version.order)
    let place = version.place
    let position = place.position.milliseconds
    let same = try database.first(
      """
      SELECT id FROM queue_version WHERE id = (SELECT max(id) FROM queue_version)
      AND (tracks, play_order, entry, track, position, shuffle) IS (?, ?, ?, ?, ?, ?)
      """, tracks, order, place.index, place.track?.rawValue, position, place.shuffleMode.rawValue
    ) { $0.int64(0) }
    if let same { return same }
    try database.run(
      "INSERT INTO queue_version(tracks, play_order, entry, track, position, shuffle) VALUES (?, ?, ?, ?, ?, ?)",
      tracks, order, place.index, place.track?.rawValue, position, place.shuffleMode.rawValue)
    return database.lastInsertedRow
  }

  private func dropOldQueueSteps() throws {
    try database.run(
      """
      DELETE FROM history WHERE kind = 'queue' AND id <= (SELECT max(id) FROM (
        SELECT h.id, row_number() OVER latest AS place,
          sum(length(v.tracks) + length(v.play_order)) OVER latest AS bytes
        FROM history h JOIN queue_version v ON v.id = h.before WHERE h.kind = 'queue' WINDOW latest AS (ORDER BY h.id DESC)
      ) WHERE place > ?1 OR (place > ?2 AND bytes > ?3))
      """, Self.queueStepLimit.count, Self.queueStepLimit.sure, Self.queueStepLimit.bytes)
    if database.changes > 0 {
      try database.run(
        """
        DELETE FROM queue_version WHERE id NOT IN (SELECT before FROM history WHERE kind = 'queue')
        AND id NOT IN (SELECT after FROM history WHERE kind = 'queue')
        """)
    }
  }
}

extension Schema {
  static let queueVersions = Migration(
    "queue-versions",
    sql: """
      CREATE TABLE queue_version(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tracks BLOB NOT NULL,      -- a `TrackList`
        play_order BLOB NOT NULL,  -- positions in tracks, of 4 bytes; empty for list order
        entry INTEGER,
        track INTEGER,
        position INTEGER NOT NULL,  -- in ms
        shuffle TEXT NOT NULL
      );
      """)
}
