package import Music
import SQLite

// The outbox as a listener looks at it: what waits, what was refused and why, and what to do about it.

extension Catalogue {
  /// In the order they were made, of all servers.
  package func outbox(limit: Int = 1000) throws -> [OutboxRow] {
    let name = """
      coalesce(CASE item_kind
        WHEN 'track' THEN (SELECT title FROM track WHERE id = item)
        WHEN 'album' THEN (SELECT name FROM album WHERE id = item)
        WHEN 'artist' THEN (SELECT name FROM artist WHERE id = item)
        WHEN 'playlist' THEN (SELECT name FROM playlist WHERE id = item)
        WHEN 'station' THEN (SELECT name FROM station WHERE id = item) END, subject)
      """
    return try database.rows(
      """
      SELECT outbox.id, server, \(name), made, attempts, tried, refusal, question, kind, item_kind, item, amount,
        remote_id
      FROM outbox JOIN origin ON origin.id = outbox.origin ORDER BY outbox.id LIMIT ?
      """, limit, read: OutboxRow.init
    ).compactMap(\.self)
  }

  package func outboxCounts() throws -> OutboxCounts {
    try database.first(
      """
      SELECT count(*) FILTER (WHERE refusal IS NULL AND question IS NULL), count(refusal),
        count(*) FILTER (WHERE refusal IS NULL AND question IS NOT NULL) FROM outbox
      """
    ) { OutboxCounts(waiting: $0.int(0), refused: $0.int(1), asking: $0.int(2)) } ?? OutboxCounts()
  }

  /// A refused edit waits again.
  package func retryEdit(_ id: Int64) throws {
    try database.run("UPDATE outbox SET refusal = NULL, attempts = 0 WHERE id = ? AND refusal IS NOT NULL", id)
  }

  /// The edit is not sent, and what it changed here is as the server has it. Plays stay counted. What it did to a
  /// playlist can be undone, which sends it after all.
  package func discardEdit(_ id: Int64) throws {
    try asOneStep {
      let row = try database.first(
        "SELECT kind, item_kind, item, amount, remote_id, before FROM outbox WHERE id = ?", id
      ) { (edit: Edit($0, from: 0), item: $0.optionalInt64(2), before: $0.optionalInt64(5)) }
      try editSent(id)
      switch row?.edit {
      case .star(let item, let on):
        guard row?.before != (on ? 1 : 0) else { return }
        try database.run(
          "UPDATE \(item.table) SET starred = CASE WHEN ? THEN unixepoch() END WHERE id = ?", !on, item.row)
      case .rate(let item, _):
        guard let before = row?.before else { return }
        try database.run("UPDATE \(item.table) SET rating = ? WHERE id = ?", before, item.row)
      case .createPlaylist(let list): if let list = try? stored(list) { try delete(list) }
      case .describePlaylist(let list): try discardDetails(of: list)
      case .replacePlaylistTracks(let list): try discardTracks(of: list)
      case .deletePlaylist(let remoteID): try discardDeletion(of: PlaylistID(row?.item ?? 0), remoteID)
      case .createStation(let station): try keepStationHere(station)
      case .scrobble, .savePlayQueue, .bookmark, .describeStation, .deleteStation, nil: break
      }
    }
  }

  private func discardDetails(of id: PlaylistID) throws {
    guard let list = try? stored(id), let base = try base(of: id) else { return }
    try setDetails(of: list, to: base.details)
    try database.run("DELETE FROM outbox WHERE item = ? AND kind = 'describePlaylist'", id.rawValue)
  }

  private func discardTracks(of id: PlaylistID) throws {
    guard let list = try? stored(id), let base = try base(of: id) else { return }
    var lookup = lookup(in: list.origin)
    try replace(rows(of: id), of: list, by: lookup.tracks(base.tracks.remoteIDs))
    try database.run("DELETE FROM outbox WHERE item = ? AND kind = 'replacePlaylistTracks'", id.rawValue)
  }

  /// The list is on the server still, so it stands here again.
  private func discardDeletion(of id: PlaylistID, _ remoteID: RemoteID) throws {
    let last = try versions(of: id).first
    guard let last, let version = try version(last.id),
      try playlistID(remoteID, ofRow: version.origin) == nil, (try? stored(id)) == nil
    else { return }
    let tracks = try admissible(version.tracks, on: version.origin)
    _ = try insertPlaylist(version.details, tracks, of: version.origin, as: id, remoteID: remoteID)
    try record(.createPlaylist, stored(id), before: nil, after: last.id, added: tracks.count)
  }

  private func playlistID(_ remoteID: RemoteID, ofRow origin: Int64) throws -> Int64? {
    try database.first("SELECT id FROM playlist WHERE origin = ? AND remote_id = ?", origin, remoteID) { $0.int64(0) }
  }
}

extension OutboxRow {
  /// nil for what no version of this program wrote.
  fileprivate init?(_ row: Statement) {
    guard let edit = Edit(row, from: 8) else { return nil }
    let conflict = row.optionalText(7).flatMap { PlaylistConflict(question: $0, name: row.text(2)) }
    self.init(
      id: row.int64(0), server: ServerID(row.text(1)), edit: edit, subject: row.text(2),
      since: Timestamp(seconds: row.int64(3)), attempts: row.int(4), lastTried: row.timestamp(5),
      state: row.optionalText(6).map(State.refused) ?? conflict.map(State.asks) ?? .waiting)
  }
}
