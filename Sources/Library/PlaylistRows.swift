import Music
import SQLite

// A playlist's tracks as rows. Their positions ascend, with room between them, so that a change writes the rows that it
// touches and no others, however long the list is.

/// The rows of one list, as they stand.
struct PlaylistRows {
  var positions: [Int64] = []
  var tracks: [TrackID] = []

  /// Between two rows that were written together.
  static let spacing: Int64 = 1 << 20
  /// Nothing is placed further out; there the list is written anew.
  fileprivate static let limit: Int64 = 1 << 60
}

extension Catalogue {
  func rows(of playlist: PlaylistID) throws -> PlaylistRows {
    let statement = try database.statement(
      "SELECT position, track FROM playlist_track WHERE playlist = ? ORDER BY position")
    defer { statement.reset() }
    try statement.bind(playlist.rawValue, at: 1)
    var rows = PlaylistRows()
    while try statement.step() {
      rows.positions.append(statement.int64(0))
      rows.tracks.append(TrackID(statement.int64(1)))
    }
    return rows
  }

  /// Writes what differs. False when nothing does.
  @discardableResult
  func setList(
    of playlist: PlaylistID, from rows: PlaylistRows? = nil, to tracks: [TrackID], matching: ListMatching? = nil
  ) throws -> Bool {
    let old = try rows ?? self.rows(of: playlist)
    if old.tracks == tracks { return false }
    let change = RowChange(
      from: old, to: tracks, matching: matching ?? ListMatching(from: old.tracks, to: tracks))
    try write(change, to: playlist.rawValue)
    return true
  }

  private func write(_ change: RowChange, to playlist: Int64) throws {
    if change.isRewrite { try database.run("DELETE FROM playlist_track WHERE playlist = ?", playlist) }
    let delete = try database.statement("DELETE FROM playlist_track WHERE playlist = ?1 AND position = ?2")
    for row in change.deleted {
      try delete.bind(playlist, at: 1)
      try delete.bind(row.position, at: 2)
      try delete.finish()
    }
    let move = try database.statement(
      "UPDATE playlist_track SET position = ?3 WHERE playlist = ?1 AND position = ?2")
    for row in change.moved {
      try move.bind(playlist, at: 1)
      try move.bind(row.from, at: 2)
      try move.bind(row.to, at: 3)
      try move.finish()
    }
    let insert = try database.statement("INSERT INTO playlist_track(playlist, position, track) VALUES (?, ?, ?)")
    for row in change.inserted {
      try insert.bind(playlist, at: 1)
      try insert.bind(row.position, at: 2)
      try insert.bind(row.track.rawValue, at: 3)
      try insert.finish()
    }
  }

  /// The row, its list, and whatever of it is in the outbox.
  func removePlaylist(_ id: PlaylistID) throws {
    try database.run("DELETE FROM outbox WHERE item = ? AND item_kind = 'playlist'", id.rawValue)
    try database.run("DELETE FROM playlist WHERE id = ?", id.rawValue)
  }
}

/// Which rows go, move and come, in this order, each by their tracks: `playlist_track_track` has the rows of all lists in
/// that order, and writing ten thousand of them here and there in it takes twice as long as one after another.
private struct RowChange {
  var deleted: [(position: Int64, track: TrackID)] = []
  /// To positions that no row had.
  var moved: [(from: Int64, to: Int64, track: TrackID)] = []
  var inserted: [(position: Int64, track: TrackID)] = []
  /// Every old row goes.
  var isRewrite = false

  init(from old: PlaylistRows, to tracks: [TrackID], matching: ListMatching) {
    find(from: old, to: tracks, matching: matching)
    deleted.sort { $0.track.rawValue < $1.track.rawValue }
    moved.sort { $0.track.rawValue < $1.track.rawValue }
    inserted.sort { $0.track.rawValue < $1.track.rawValue }
  }

  private mutating func find(from old: PlaylistRows, to tracks: [TrackID], matching: ListMatching) {
    /// Old rows that stay where they are, by position in the new list.
    let kept = tracks.indices.map { matching.isMoved[$0] ? nil : matching.origins[$0] }
    var isKept = Array(repeating: false, count: old.tracks.count)
    for origin in kept { if let origin { isKept[origin] = true } }
    guard isKept.contains(true) else {
      rewrite(tracks)
      return
    }
    if matching.isMoved.count(where: \.self) > isKept.count(where: \.self) {
      shift(from: old, to: tracks, matching: matching)
      return
    }
    deleted = old.positions.indices.filter { !isKept[$0] }.map { (old.positions[$0], old.tracks[$0]) }
    var start = 0
    while start < tracks.count {
      if kept[start] != nil {
        start += 1
        continue
      }
      var end = start
      while end < tracks.count, kept[end] == nil { end += 1 }
      let left = start > 0 ? kept[start - 1].map { old.positions[$0] } : nil
      let right = end < tracks.count ? kept[end].map { old.positions[$0] } : nil
      guard place(tracks[start..<end], between: left, and: right) else {
        rewrite(tracks)
        return
      }
      start = end
    }
  }

  /// False where there is no room.
  private mutating func place(_ tracks: ArraySlice<TrackID>, between left: Int64?, and right: Int64?) -> Bool {
    let count = Int64(tracks.count)
    let first = left ?? right.map { $0 - PlaylistRows.spacing * (count + 1) } ?? -PlaylistRows.spacing
    let last = right ?? first + PlaylistRows.spacing * (count + 1)
    let step = (last - first) / (count + 1)
    guard step > 0, first >= -PlaylistRows.limit, last <= PlaylistRows.limit else { return false }
    for (offset, track) in tracks.enumerated() { inserted.append((first + step * Int64(offset + 1), track)) }
    return true
  }

  /// Most rows get other places, as in a list that is shuffled: then all do, behind the last of before. To move a row costs
  /// less than to delete it and make it anew.
  private mutating func shift(from old: PlaylistRows, to tracks: [TrackID], matching: ListMatching) {
    let first = (old.positions.last ?? 0) + PlaylistRows.spacing
    guard first <= PlaylistRows.limit - PlaylistRows.spacing * Int64(tracks.count) else { return rewrite(tracks) }
    var stays = Array(repeating: false, count: old.tracks.count)
    for (offset, track) in tracks.enumerated() {
      let position = first + PlaylistRows.spacing * Int64(offset)
      if let origin = matching.origins[offset] {
        stays[origin] = true
        moved.append((old.positions[origin], position, track))
      } else {
        inserted.append((position, track))
      }
    }
    deleted = stays.indices.filter { !stays[$0] }.map { (old.positions[$0], old.tracks[$0]) }
  }

  private mutating func rewrite(_ tracks: [TrackID]) {
    deleted = []
    isRewrite = true
    inserted = tracks.enumerated().map { (Int64($0) * PlaylistRows.spacing, $1) }
  }
}
