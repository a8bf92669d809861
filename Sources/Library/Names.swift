package import Music
import SQLite

// Rows and what servers call them.

extension Catalogue {
  /// The row for a server's name; nil when there is none.
  package func trackID(_ remoteID: RemoteID, from origin: Origin) throws -> TrackID? {
    try id("track", remoteID, from: origin).map(TrackID.init)
  }

  package func albumID(_ remoteID: RemoteID, from origin: Origin) throws -> AlbumID? {
    try id("album", remoteID, from: origin).map(AlbumID.init)
  }

  package func artistID(_ remoteID: RemoteID, from origin: Origin) throws -> ArtistID? {
    try id("artist", remoteID, from: origin).map(ArtistID.init)
  }

  package func playlistID(_ remoteID: RemoteID, from origin: Origin) throws -> PlaylistID? {
    try id("playlist", remoteID, from: origin).map(PlaylistID.init)
  }

  /// nil when the row is gone, and when it was made from what tracks say, so that no server knows it.
  package func remoteID(of item: ItemID) throws -> RemoteID? {
    let table = item.table
    let known = table == "track" ? "" : " AND NOT is_invented"
    return try database.first("SELECT remote_id FROM \(table) WHERE id = ?\(known)", item.row) { $0.text(0) }
  }

  /// Path of a local track's file (absolute), as the scan wrote it; nil for others.
  package func path(of track: TrackID) throws -> String? {
    guard
      let path = try database.first(
        "SELECT path FROM track WHERE id = ? AND origin = 1", track.rawValue, read: { $0.text(0) })
    else { return nil }
    if path.hasPrefix("/") { return path }
    return try value(Self.localRoot).map { ($0 == "/" ? "" : $0) + "/" + path }
  }

  private func id(_ table: String, _ remoteID: RemoteID, from origin: Origin) throws -> Int64? {
    guard let row = try row(of: origin) else { return nil }
    return try database.first("SELECT id FROM \(table) WHERE origin = ? AND remote_id = ?", row, remoteID) {
      $0.int64(0)
    }
  }
}

extension ItemID {
  var table: String {
    switch self {
    case .track: "track"
    case .album: "album"
    case .artist: "artist"
    }
  }

  var row: Int64 {
    switch self {
    case .track(let id): id.rawValue
    case .album(let id): id.rawValue
    case .artist(let id): id.rawValue
    }
  }
}
