import Music
import SQLite

// What a server last held of each of its lists: the base from which both sides went on.

/// A base as it is stored.
struct PlaylistBase {
  var details: PlaylistDetails
  var tracks: SharedList
  /// What was sent last, where no answer has come: the server may hold this.
  var sent: SharedList?

  /// From which both sides went on, if the server now holds `theirs`: what was sent counts as far as it arrived.
  func common(with theirs: [RemoteID]) -> SharedList {
    guard let sent else { return tracks }
    let common = ListMerge.base(tracks.remoteIDs, sent: sent.remoteIDs, theirs: theirs)
    let hidden = Set((tracks.elements + sent.elements).filter { !$0.isShown }.map(\.remoteID))
    return SharedList(common.map { SharedList.Element(remoteID: $0, isShown: !hidden.contains($0)) })
  }
}

extension Catalogue {
  /// nil for lists that no server knows, and for those that an older version of the program pulled.
  func base(of playlist: PlaylistID) throws -> PlaylistBase? {
    try database.first(
      "SELECT name, comment, is_public, tracks, sent FROM playlist_base WHERE playlist = ?", playlist.rawValue
    ) { row in
      PlaylistBase(
        details: PlaylistDetails(row, from: 0), tracks: SharedList(encoded: row.bytes(3)),
        sent: row.isNull(4) ? nil : SharedList(encoded: row.bytes(4)))
    }
  }

  func setBase(_ base: PlaylistBase, of playlist: PlaylistID, origin: Int64) throws {
    try database.run(
      """
      INSERT OR REPLACE INTO playlist_base(playlist, origin, name, comment, is_public, tracks, has_hidden, sent)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, playlist.rawValue, origin, base.details.name, base.details.comment, base.details.isPublic,
      base.tracks.encoded, base.tracks.hasHidden, base.sent?.encoded)
  }

  func forgetBase(of playlist: PlaylistID) throws {
    try database.run("DELETE FROM playlist_base WHERE playlist = ?", playlist.rawValue)
  }

  /// Which tracks of one origin the catalogue knows, by the server's names; looked up once each.
  func lookup(in origin: Int64) -> TrackLookup { TrackLookup(database: database, origin: origin) }
}

/// Finds tracks by a server's names for them.
struct TrackLookup {
  let database: Connection
  let origin: Int64
  private var known: [RemoteID: TrackID?] = [:]

  init(database: Connection, origin: Int64) {
    self.database = database
    self.origin = origin
  }

  mutating func track(_ remoteID: RemoteID) throws -> TrackID? {
    if let track = known[remoteID] { return track }
    let track = try database.first("SELECT id FROM track WHERE origin = ? AND remote_id = ?", origin, remoteID) {
      TrackID($0.int64(0))
    }
    known[remoteID] = .some(track)
    return track
  }

  mutating func tracks(_ remoteIDs: [RemoteID]) throws -> [TrackID] {
    var tracks: [TrackID] = []
    for remoteID in remoteIDs { if let track = try track(remoteID) { tracks.append(track) } }
    return tracks
  }

  mutating func shared(_ remoteIDs: [RemoteID]) throws -> SharedList {
    var list = SharedList()
    for remoteID in remoteIDs {
      list.elements.append(.init(remoteID: remoteID, isShown: try track(remoteID) != nil))
    }
    return list
  }

  /// What of a base a listener saw here, and can have removed: tracks that are not, or no more, in the catalogue were not
  /// removed by anybody.
  mutating func seen(_ list: SharedList) throws -> [RemoteID] {
    var seen: [RemoteID] = []
    for element in list.elements where element.isShown {
      if try track(element.remoteID) != nil { seen.append(element.remoteID) }
    }
    return seen
  }
}
