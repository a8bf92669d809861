package import Music
import SQLite

// A server that was set up anew, or that changed how it names things, has the same music under other names; so has a
// folder in which files were moved. What the listener did with it here (playlists, stars, ratings, pins, plays) belongs to
// our rows: they take the new names.

/// A track that a server has under another name now.
package struct Renaming: Hashable, Sendable {
  package var old: RemoteID
  package var new: RemoteID
}

extension Catalogue {
  /// Notes which rows were here before the pull.
  func noteFirstNewTrack(of origin: Int64) throws {
    let last = try database.first("SELECT coalesce(max(id), 0) FROM track", read: { $0.int64(0) }) ?? 0
    try database.run(
      "INSERT OR REPLACE INTO progress(origin, section, value) VALUES (?, ?, ?)", origin, Self.lastOldTrack,
      String(last))
  }

  private static let lastOldTrack = "last old track"

  /// Gives rows that the pull has not seen the names of new rows that are the same tracks, by path, MusicBrainz's id, or
  /// names and length; the new rows go. Within the pull's last transaction.
  func adoptRenamed(of origin: Int64) throws -> [Renaming] {
    guard
      let last = try database.first(
        "SELECT CAST(value AS INTEGER) FROM progress WHERE origin = ? AND section = ?", origin, Self.lastOldTrack,
        read: { $0.int64(0) })
    else { return [] }
    let pairs = try renamedPairs(of: origin, after: last)
    guard !pairs.isEmpty else { return [] }
    var albums = Correspondence()
    var artists = Correspondence()
    for (old, new) in pairs {
      albums.note(try relative("album_id", of: old), try relative("album_id", of: new))
      artists.note(try relative("artist_id", of: old), try relative("artist_id", of: new))
    }
    let renamings = try pairs.map { old, new in
      let names = try Renaming(old: remoteID("track", old), new: remoteID("track", new))
      try adopt("track", old, new, of: origin)
      try database.run("INSERT OR IGNORE INTO seen_track(id) VALUES (?)", old)
      return names
    }
    for (old, new) in albums.pairs {
      artists.note(try relative("artist_id", of: old, in: "album"), try relative("artist_id", of: new, in: "album"))
      try database.run("UPDATE track SET album_id = ? WHERE album_id = ?", old, new)
      try adopt("album", old, new, of: origin)
    }
    for (old, new) in artists.pairs {
      try database.run("UPDATE track SET artist_id = ? WHERE artist_id = ?", old, new)
      try database.run("UPDATE album SET artist_id = ? WHERE artist_id = ?", old, new)
      try adopt("artist", old, new, of: origin)
      try database.run("INSERT OR IGNORE INTO seen_artist(id) VALUES (?)", old)
    }
    try renameInBases(renamings, of: origin)
    try forgetPages(of: origin)
    return renamings
  }

  private func renamedPairs(of origin: Int64, after last: Int64) throws -> [(old: Int64, new: Int64)] {
    let columns = "id, path, musicbrainz_id, title, artist, album, duration"
    let gone = try database.rows(
      "SELECT \(columns) FROM track WHERE origin = ? AND id <= ? AND id NOT IN (SELECT id FROM seen_track)", origin,
      last
    ) { (id: $0.int64(0), description: TrackDescription($0)) }
    guard !gone.isEmpty else { return [] }
    var finder = TrackFinder(gone.map(\.description))
    let fresh = try database.statement("SELECT \(columns) FROM track WHERE origin = ? AND id > ? ORDER BY id")
    defer { fresh.reset() }
    try fresh.bind(origin, at: 1)
    try fresh.bind(last, at: 2)
    while try fresh.step() {
      let track = TrackDescription(fresh)
      finder.look(
        at: TrackID(fresh.int64(0)), path: track.path, musicBrainzID: track.musicBrainzID, title: track.title,
        artist: track.artist, album: track.album, duration: track.duration)
    }
    // A new row is one old one's.
    var taken: Set<TrackID> = []
    return zip(gone, finder.best).compactMap { gone, found in
      guard let found, taken.insert(found).inserted else { return nil }
      return (gone.id, found.rawValue)
    }
  }

  private func relative(_ column: String, of row: Int64, in table: String = "track") throws -> Int64? {
    try database.first("SELECT \(column) FROM \(table) WHERE id = ?", row) { $0.optionalInt64(0) } ?? nil
  }

  private func remoteID(_ table: String, _ row: Int64) throws -> RemoteID {
    try database.first("SELECT remote_id FROM \(table) WHERE id = ?", row) { $0.text(0) } ?? ""
  }

  /// The old row becomes what the new one is, but for what the listener did with it; the new one goes.
  private func adopt(_ table: String, _ old: Int64, _ new: Int64, of origin: Int64) throws {
    let own: Set = ["id", "origin", "remote_id", "starred", "rating", "play_count", "last_played"]
    let columns = try database.rows("SELECT name FROM pragma_table_info(?)", table) { $0.text(0) }.filter {
      !own.contains($0)
    }.joined(separator: ", ")
    let name = try remoteID(table, new)
    try restoreMarks(table, old, new, of: origin)
    try database.run(
      "UPDATE \(table) SET (\(columns)) = (SELECT \(columns) FROM \(table) WHERE id = ?1) WHERE id = ?2", new, old)
    try database.run("DELETE FROM \(table) WHERE id = ?", new)
    try database.run("DELETE FROM departed WHERE kind = ? AND id = ?", table, new)
    try database.run("UPDATE \(table) SET remote_id = ? WHERE id = ?", name, old)
  }

  /// Stars and ratings that the server has lost are told to it again.
  private func restoreMarks(_ table: String, _ old: Int64, _ new: Int64, of origin: Int64) throws {
    func marks(_ row: Int64) throws -> (starred: Int64?, rating: Int) {
      try database.first("SELECT starred, rating FROM \(table) WHERE id = ?", row) { ($0.optionalInt64(0), $0.int(1)) }
        ?? (nil, 0)
    }
    let (before, now) = (try marks(old), try marks(new))
    let item: ItemID =
      switch table {
      case "track": .track(TrackID(old))
      case "album": .album(AlbumID(old))
      default: .artist(ArtistID(old))
      }
    if origin != 1 {
      if before.starred != nil, now.starred == nil { try add(.star(item, true), to: origin, subject: "", before: nil) }
      if before.rating > 0, now.rating == 0 { try add(.rate(item, before.rating), to: origin, subject: "", before: 0) }
    }
    try database.run(
      "UPDATE \(table) SET starred = coalesce(starred, ?), rating = max(rating, ?) WHERE id = ?", now.starred,
      now.rating,
      old)
  }

  /// What the server last held of each list was told in its old names.
  private func renameInBases(_ renamings: [Renaming], of origin: Int64) throws {
    let names = Dictionary(renamings.map { ($0.old, $0.new) }, uniquingKeysWith: { first, _ in first })
    let lists = try database.rows("SELECT playlist FROM playlist_base WHERE origin = ?", origin) {
      PlaylistID($0.int64(0))
    }
    for list in lists {
      guard var base = try base(of: list) else { continue }
      base.tracks.rename(names)
      base.sent?.rename(names)
      try setBase(base, of: list, origin: origin)
    }
  }
}

extension SharedList {
  fileprivate mutating func rename(_ names: [RemoteID: RemoteID]) {
    for index in elements.indices {
      elements[index].remoteID = names[elements[index].remoteID] ?? elements[index].remoteID
    }
  }
}

extension TrackDescription {
  fileprivate init(_ row: Statement) {
    self.init()
    path = row.text(1)
    musicBrainzID = row.optionalText(2)
    title = row.text(3)
    artist = row.text(4)
    album = row.text(5)
    duration = row.int(6)
  }
}

/// Which old row became which new one: only where that is the same for all of their tracks.
private struct Correspondence {
  private var forward: [Int64: Set<Int64>] = [:]
  private var backward: [Int64: Set<Int64>] = [:]

  mutating func note(_ old: Int64?, _ new: Int64?) {
    guard let old, let new, old != new else { return }
    forward[old, default: []].insert(new)
    backward[new, default: []].insert(old)
  }

  var pairs: [(old: Int64, new: Int64)] {
    forward.compactMap { old, news in
      guard news.count == 1, let new = news.first, backward[new]?.count == 1 else { return nil }
      return (old, new)
    }.sorted { $0.old < $1.old }
  }
}
