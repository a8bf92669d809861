package import Music
import SQLite

// What is to be kept on this computer. A pin names an intention (an album, a playlist); which tracks that means is asked
// anew whenever the catalogue changes.

/// A pin as it is stored.
package struct PinRecord: Hashable, Sendable {
  package var target: PinTarget
  /// In kbit/s; 0 for the file as the server holds it.
  package var bitRate: Int

  package init(_ target: PinTarget, bitRate: Int = 0) {
    self.target = target
    self.bitRate = bitRate
  }
}

/// A track that a pin means, with the rendition it asks for.
package struct PinnedTrack: Hashable, Sendable {
  package var track: Track
  /// In kbit/s; 0 for the file as the server holds it.
  package var bitRate: Int
}

extension Catalogue {
  /// Adds a pin behind the others, or changes its bit rate.
  package func pin(_ target: PinTarget, bitRate: Int = 0) throws {
    try database.run(
      """
      INSERT INTO pin(kind, item, bit_rate) VALUES(?, ?, ?)
      ON CONFLICT(kind, item) DO UPDATE SET bit_rate = excluded.bit_rate, is_packed = 0
      """, target.kind, target.row, max(0, bitRate))
  }

  /// - Returns: false when there was no such pin.
  @discardableResult
  package func unpin(_ target: PinTarget) throws -> Bool {
    try database.run("DELETE FROM pin WHERE kind = ? AND item = ?", target.kind, target.row)
    return database.changes > 0
  }

  /// In the order in which they were made. Those whose item is gone are left out.
  package func pins() throws -> [PinRecord] {
    try database.rows("SELECT kind, item, bit_rate FROM pin WHERE \(Self.pinLives) ORDER BY id") { row in
      PinTarget(kind: row.text(0), row: row.int64(1)).map { PinRecord($0, bitRate: row.int(2)) }
    }.compactMap(\.self)
  }

  /// Every remote track that a pin means, each once, in the order of the pins and within one as it is listed; from all
  /// origins, whichever account is the current one.
  package func pinnedTracks() throws -> [PinnedTrack] {
    try database.snapshot {
      var seen: Set<TrackID> = []
      var result: [PinnedTrack] = []
      for pin in try pins() {
        for track in try tracks(of: pin.target) where track.origin != .local && seen.insert(track.id).inserted {
          result.append(PinnedTrack(track: track, bitRate: pin.bitRate))
        }
      }
      return result
    }
  }

  /// Takes away the pins whose items are gone.
  package func forgetDeadPins() throws {
    try database.run("DELETE FROM pin WHERE NOT (\(Self.pinLives))")
  }

  private static let pinLives = """
    CASE kind
    WHEN 'track' THEN EXISTS(SELECT 1 FROM track WHERE id = item)
    WHEN 'album' THEN EXISTS(SELECT 1 FROM album WHERE id = item)
    WHEN 'artist' THEN EXISTS(SELECT 1 FROM artist WHERE id = item)
    WHEN 'playlist' THEN EXISTS(SELECT 1 FROM playlist WHERE id = item)
      OR EXISTS(SELECT 1 FROM smart_playlist WHERE id = -item)
    ELSE true END
    """

  private func tracks(of target: PinTarget) throws -> [Track] {
    switch target {
    case .track(let id): try tracks([id])
    case .album(let id): try tracks(of: id)
    case .artist(let id): try tracks(of: id)
    case .playlist(let id): try id.smart == nil ? tracks(of: id) : inAllOrigins { try tracks(of: id) }
    case .starred: try starredInAllOrigins()
    case .queue(let seconds): try keptTracks(within: seconds)
    }
  }

  /// A search finds what is in scope; what is kept here is whosever account is current.
  private func inAllOrigins<Answer>(_ body: () throws -> Answer) throws -> Answer {
    let before = scope
    defer { scope = before }
    let servers = try database.rows("SELECT server FROM origin WHERE id <> 1") { ServerID($0.text(0)) }
    scope = [.local] + servers.map { .remote($0) }
    return try body()
  }

  /// From the place that was kept last on; the entry that plays counts as a whole.
  private func keptTracks(within seconds: Int) throws -> [Track] {
    guard let kept = try keptQueue() else { return [] }
    let found = Dictionary(
      try tracks(Array(Set(kept.tracks))).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let queue = PlayQueue(kept, at: try keptPlace(), tracks: found)
    let entries = (queue.current.map { [$0] } ?? []) + queue.upcoming(queue.entries.count)
    var left = seconds
    return entries.prefix { entry in
      defer { left -= max(1, entry.track.duration) }
      return left > 0
    }.map(\.track)
  }

  private func starredInAllOrigins() throws -> [Track] {
    try database.rows(
      """
      SELECT \(Self.trackColumns) FROM track t LEFT JOIN album a ON a.id = t.album_id
      WHERE t.id IN (
        SELECT id FROM track WHERE starred IS NOT NULL
        UNION SELECT track.id FROM album JOIN track ON track.album_id = album.id WHERE album.starred IS NOT NULL)
      ORDER BY coalesce(t.starred, a.starred) DESC, a.id, t.disc_number, t.track_number, t.id
      """, read: track)
  }
}

extension PinTarget {
  fileprivate var kind: String {
    switch self {
    case .track: "track"
    case .album: "album"
    case .artist: "artist"
    case .playlist: "playlist"
    case .starred: "starred"
    case .queue: "queue"
    }
  }

  fileprivate var row: Int64 {
    switch self {
    case .track(let id): id.rawValue
    case .album(let id): id.rawValue
    case .artist(let id): id.rawValue
    case .playlist(let id): id.rawValue
    case .starred: 0
    case .queue(let seconds): Int64(seconds)
    }
  }

  fileprivate init?(kind: String, row: Int64) {
    switch kind {
    case "track": self = .track(TrackID(row))
    case "album": self = .album(AlbumID(row))
    case "artist": self = .artist(ArtistID(row))
    case "playlist": self = .playlist(PlaylistID(row))
    case "starred": self = .starred
    case "queue": self = .queue(seconds: Int(row))
    default: return nil
    }
  }
}
