package import Music
import SQLite

// Lists of tracks that may be long: which they are first, along an index; the rows after, as many as are wanted.

/// The tracks of one of the library's views.
package enum TrackView: Hashable, Sendable {
  /// The most played first.
  case mostPlayed
  /// The last played first.
  case lastPlayed
  /// The last starred first.
  case starred
  /// All below a folder by path; only those that lie in it directly, where `isDirect`.
  case folder(String, isDirect: Bool)
}

extension Catalogue {
  /// - Parameter limit: nil for all of them.
  package func trackIDs(_ view: TrackView, limit: Int? = nil) throws -> [TrackID] {
    let scope = try scopeList()
    // To SQLite, -1 is no limit.
    let limit = limit.map { max(0, $0) } ?? -1
    switch view {
    // The plus keeps to the index that has the order.
    case .mostPlayed:
      return try trackIDs(
        """
        WHERE t.play_count > 0 AND +t.origin IN \(scope) ORDER BY t.play_count DESC, t.last_played DESC, t.id LIMIT ?
        """, [limit])
    case .lastPlayed:
      return try trackIDs(
        "WHERE t.last_played IS NOT NULL AND +t.origin IN \(scope) ORDER BY t.last_played DESC, t.id LIMIT ?", [limit])
    case .starred:
      return try trackIDs(
        "WHERE t.starred IS NOT NULL AND +t.origin IN \(scope) ORDER BY t.starred DESC, t.id LIMIT ?", [limit])
    case .folder(let folder, let isDirect): return try trackIDs(inFolder: folder, isDirect: isDirect, limit)
    }
  }

  private func trackIDs(inFolder folder: String, isDirect: Bool, _ limit: Int) throws -> [TrackID] {
    let start = folder.isEmpty ? "" : folder + "/"
    let direct = isDirect ? "AND instr(substr(t.path, length(?2) + 1), '/') = 0" : ""
    var found: [TrackID] = []
    for origin in try scope.compactMap({ try row(of: $0) }) where limit < 0 || found.count < limit {
      found += try trackIDs(
        """
        WHERE t.origin = ?1 AND t.path >= ?2 AND t.path > '' AND t.path < ?3 \(direct) ORDER BY t.path LIMIT ?4
        """, [origin, start, firstPath(after: start), limit < 0 ? -1 : limit - found.count])
    }
    return found
  }

  private func trackIDs(_ selection: String, _ values: [(any Bindable)?]) throws -> [TrackID] {
    try database.rows("SELECT t.id FROM track t \(selection)", values: values) { TrackID($0.int64(0)) }
  }

  /// The most played first.
  package func mostPlayedTracks(limit: Int) throws -> [Track] { try tracks(.mostPlayed, limit) }

  /// The last played first.
  package func lastPlayedTracks(limit: Int) throws -> [Track] { try tracks(.lastPlayed, limit) }

  /// All tracks below a folder by path; only those that lie in it directly, where `isDirect`.
  package func tracks(inFolder folder: String, isDirect: Bool = false, limit: Int) throws -> [Track] {
    try tracks(.folder(folder, isDirect: isDirect), limit)
  }

  private func tracks(_ view: TrackView, _ limit: Int) throws -> [Track] {
    try database.snapshot { try tracks(trackIDs(view, limit: limit)) }
  }
}
