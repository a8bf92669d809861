import Music
import SQLite

// Artists and albums that tracks name. A record of the same name, when it comes, completes the row.

/// What stands where nothing is named. (A track's own texts stay as they came.)
enum Unknown {
  static func artist(_ name: String) -> String { name.isEmpty ? "[Unknown Artist]" : name }
  static func album(_ name: String) -> String { name.isEmpty ? "[Unknown Album]" : name }
}

extension Ingest {
  /// The row of an artist, made if need be.
  mutating func artist(_ remoteID: RemoteID?, named name: String) throws -> Int64 {
    guard let remoteID else { return try artist(named: name) }
    if let row = artistsByRemoteID[remoteID] { return row }
    let row = try row("artist", remoteID) ?? insertArtist(remoteID, name, isInvented: false)
    artistsByRemoteID[remoteID] = row
    return row
  }

  /// The artist of this name that the origin knows, else one that is made for it.
  private mutating func artist(named name: String) throws -> Int64 {
    let name = Unknown.artist(name)
    hasInvented = true
    if let row = artistsByName[name] { return row }
    let known = try database.first(
      "SELECT id FROM artist WHERE origin = ? AND name = ? ORDER BY is_invented, id LIMIT 1", origin, name
    ) { $0.int64(0) }
    let remoteID = "name:" + name.lowercased()
    let row = try known ?? row("artist", remoteID) ?? insertArtist(remoteID, name, isInvented: true)
    artistsByName[name] = row
    return row
  }

  /// The row of a track's album, made if need be.
  mutating func album(of record: TrackRecord) throws -> Int64 {
    let artistName = record.albumArtist.isEmpty ? record.artist : record.albumArtist
    if record.albumRemoteID == nil { hasInvented = true }
    let remoteID = record.albumRemoteID ?? inventedID(ofAlbum: record.album, by: artistName)
    if let row = albumsByRemoteID[remoteID] { return row }
    let row = try row("album", remoteID) ?? insertAlbum(remoteID, of: record, by: artistName)
    albumsByRemoteID[remoteID] = row
    return row
  }

  /// The count keeps `a/b` by `c` and `b` by `c/a` apart.
  private func inventedID(ofAlbum album: String, by artist: String) -> RemoteID {
    "name:\(artist.utf8.count):\(artist.lowercased()):\(album.lowercased())"
  }

  private func row(_ table: String, _ remoteID: RemoteID) throws -> Int64? {
    try database.first("SELECT id FROM \(table) WHERE origin = ? AND remote_id = ?", origin, remoteID) { $0.int64(0) }
  }

  private func insertArtist(_ remoteID: RemoteID, _ name: String, isInvented: Bool) throws -> Int64 {
    let name = Unknown.artist(name)
    try database.run(
      "INSERT INTO artist(origin, remote_id, is_invented, name, sort_key, spelled) VALUES (?, ?, ?, ?, ?, ?)",
      origin, remoteID, isInvented, name, Folding.sortKey(name), Folding.spelled(name))
    return try indexed("artist")
  }

  private mutating func insertAlbum(_ remoteID: RemoteID, of record: TrackRecord, by artistName: String) throws -> Int64
  {
    // The track's artist has an id; the album artist has one only when they are the same.
    let artist = try artist(artistName == record.artist ? record.artistRemoteID : nil, named: artistName)
    let name = Unknown.album(record.album)
    try database.run(
      """
      INSERT INTO album(
        origin, remote_id, is_invented, name, sort_key, spelled, artist, artist_id, year, genre, cover_id, created)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      origin, remoteID, record.albumRemoteID == nil, name, Folding.sortKey(name), Folding.spelled(name, artistName),
      Unknown.artist(artistName), artist, record.year, record.genre, record.coverID,
      record.created?.seconds)
    return try indexed("album")
  }

  /// The row just inserted, now to be found by search.
  private func indexed(_ table: String) throws -> Int64 {
    let row = database.lastInsertedRow
    try database.run(Schema.indexRow(of: table), row)
    return row
  }
}
