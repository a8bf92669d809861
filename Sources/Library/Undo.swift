package import Music
import SQLite

// Taking back what was done. The inverse is a new edit like any other: it is visible at once and waits in the outbox. It
// changes what the step changed and nothing else, whatever came from the server since.

extension Catalogue {
  /// Takes the last step back, of the accounts in scope. Works after a restart, and after the step was synchronised.
  /// - Returns: its changes; empty when there is nothing to undo.
  @discardableResult
  package func undo() throws -> [HistoryEntry] {
    try replay(
      "SELECT max(step) FROM history WHERE state = 0 AND origin IN", state: .undone, isBackwards: true)
  }

  /// Does the step again that was taken back last.
  @discardableResult
  package func redo() throws -> [HistoryEntry] {
    try replay("SELECT min(step) FROM history WHERE state = 1 AND origin IN", state: .done, isBackwards: false)
  }

  /// Takes back this step and all after it, the latest first.
  /// - Returns: their changes in that order.
  package func undo(through step: Int64) throws -> [HistoryEntry] {
    try database.transaction {
      var entries: [HistoryEntry] = []
      while let last = try latestStep(), last >= step { entries += try undo() }
      return entries
    }
  }

  /// Does again what was taken back, the earliest first, up to this step.
  package func redo(through step: Int64) throws -> [HistoryEntry] {
    try database.transaction {
      var entries: [HistoryEntry] = []
      while let next = try earliestUndone(), next <= step { entries += try redo() }
      return entries
    }
  }

  private func latestStep() throws -> Int64? {
    try database.first("SELECT max(step) FROM history WHERE state = 0 AND origin IN \(scopeList())") {
      $0.optionalInt64(0)
    } ?? nil
  }

  private func earliestUndone() throws -> Int64? {
    try database.first("SELECT min(step) FROM history WHERE state = 1 AND origin IN \(scopeList())") {
      $0.optionalInt64(0)
    } ?? nil
  }

  private func replay(_ question: String, state: HistoryEntry.State, isBackwards: Bool) throws -> [HistoryEntry] {
    try database.transaction {
      let step = try database.first("\(question) \(scopeList())") { $0.optionalInt64(0) } ?? nil
      guard let step else { return [] }
      isReplaying = true
      defer { isReplaying = false }
      let changes = try changes(ofStep: step)
      for change in isBackwards ? changes.reversed() : changes {
        // What is gone, or may not be changed any more, is left as it is.
        do { try apply(change, isBackwards: isBackwards) } catch is CatalogueError {}
      }
      try database.run("UPDATE history SET state = ? WHERE step = ?", state.rawValue, step)
      return try entries("step = ?", [step])
    }
  }

  private func apply(_ change: HistoryRow, isBackwards: Bool) throws {
    // The queue belongs to the player: it is told what its queue was.
    if change.kind == .queue { return }
    let (from, to) = isBackwards ? (change.after, change.before) : (change.before, change.after)
    if change.kind == .smart { return try turnSmart(SmartPlaylistID(change.item), to: to) }
    if let item = ItemID(change.itemKind, change.item) {
      if change.kind == .star { try setStar(of: item, to: to) } else { try setRating(of: item, to: Int(to ?? 0)) }
      return
    }
    let id = PlaylistID(change.item)
    switch (try from.flatMap { try version($0) }, try to.flatMap { try version($0) }) {
    case (_, nil) where to == nil: try delete(editable(id))
    case (nil, let version?) where from == nil: try bringBack(id, version)
    case (let from?, let to?): try turn(id, from: from, to: to, change.kind)
    default: break  // too old: the version is no longer kept
    }
  }

  /// The difference between two versions, on the list as it stands now.
  private func turn(_ id: PlaylistID, from: StoredVersion, to: StoredVersion, _ kind: HistoryKind) throws {
    let list = try editable(id)
    if kind == .describePlaylist {
      try setDetails(
        of: list, to: PlaylistDetails(merging: from.details, ours: to.details, theirs: list.details))
      return
    }
    let rows = try rows(of: id)
    let tracks = ListMerge.merge(base: from.tracks, ours: to.tracks, theirs: rows.tracks)
    try replace(rows, of: list, by: admissible(tracks, on: list.origin, besides: rows.tracks))
  }

  /// A list that was deleted stands there again, under its old number. Where the server has not heard of the deletion it
  /// never will; else it is told to make the list anew.
  func bringBack(_ id: PlaylistID, _ version: StoredVersion) throws {
    if try database.first("SELECT 1 FROM playlist WHERE id = ?", id.rawValue, read: { _ in true }) == true { return }
    try database.run("DELETE FROM forgotten_playlist WHERE id = ?", id.rawValue)
    let tracks = try admissible(version.tracks, on: version.origin)
    let remoteID = try cancelDeletion(of: id, on: version.origin)
    _ = try insertPlaylist(version.details, tracks, of: version.origin, as: id, remoteID: remoteID)
    guard version.origin != 1 else { return }
    if remoteID == nil {
      try forgetBase(of: id)
      try add(.createPlaylist(id), to: version.origin, subject: version.details.name)
    } else {
      // It may have had edits that were on their way.
      try add(.replacePlaylistTracks(id), to: version.origin, subject: version.details.name)
      try add(.describePlaylist(id), to: version.origin, subject: version.details.name)
    }
  }

  /// - Returns: the server's name for the list, if it has surely not been told to delete it.
  private func cancelDeletion(of id: PlaylistID, on origin: Int64) throws -> RemoteID? {
    let waiting = try database.first(
      """
      SELECT id, remote_id FROM outbox WHERE item = ? AND kind = 'deletePlaylist' AND NOT is_uncertain
      AND remote_id NOT IN (SELECT remote_id FROM playlist WHERE origin = ? AND remote_id IS NOT NULL)
      """, id.rawValue, origin
    ) { (row: $0.int64(0), remoteID: $0.text(1)) }
    guard let waiting else { return nil }
    try database.run("DELETE FROM outbox WHERE id = ?", waiting.row)
    return waiting.remoteID
  }
}
