package import Music
import SQLite

// What a server reads. All of it respects `scope` (a server's is `[.local]`), but for what is asked by id.

extension Catalogue {
  /// getSong, stream.
  package func storedTrack(_ id: TrackID) throws -> StoredTrack? {
    try database.first(
      "SELECT \(Self.storedTrackColumns) FROM track t WHERE t.id = ?", id.rawValue, read: storedTrack)
  }

  package func storedTrack(_ remoteID: RemoteID, from origin: Origin) throws -> StoredTrack? {
    try trackID(remoteID, from: origin).flatMap { try storedTrack($0) }
  }

  /// getLyrics: by names, whatever their case in ASCII; an empty artist is any.
  package func storedTracks(titled title: String, by artist: String, limit: Int) throws -> [StoredTrack] {
    try database.rows(
      """
      SELECT \(Self.storedTrackColumns) FROM track t WHERE t.origin IN \(scopeList())
      AND t.title = ?1 COLLATE NOCASE AND (?2 = '' OR t.artist = ?2 COLLATE NOCASE) ORDER BY t.id LIMIT ?3
      """, title, artist, limit, read: storedTrack)
  }

  /// In the order asked; those that are gone are left out.
  package func storedTracks(_ ids: [TrackID]) throws -> [StoredTrack] {
    try database.snapshot { try ids.compactMap { try storedTrack($0) } }
  }

  /// getAlbum: by disc and number.
  package func storedTracks(of album: AlbumID) throws -> [StoredTrack] {
    try database.rows("SELECT \(Self.storedTrackColumns) \(Rows.tracksOfAlbum)", album.rawValue, read: storedTrack)
  }

  /// getPlaylist.
  package func storedTracks(of playlist: PlaylistID) throws -> [StoredTrack] {
    try database.rows(
      "SELECT \(Self.storedTrackColumns) \(Rows.tracksOfPlaylist)", playlist.rawValue, read: storedTrack)
  }

  /// getSongsByGenre: album after album.
  package func storedTracks(inGenre genre: String, page: Page) throws -> [StoredTrack] {
    try database.rows(
      "SELECT \(Self.storedTrackColumns) \(Rows.tracks(inGenreWithin: scopeList()))", genre, page.limit, page.offset,
      read: storedTrack)
  }

  /// getRandomSongs; nil: no bound.
  package func randomStoredTracks(
    limit: Int, genre: String? = nil, fromYear: Int? = nil, toYear: Int? = nil
  ) throws -> [StoredTrack] {
    let sql = """
      SELECT id FROM track WHERE origin IN \(try scopeList())
      AND (?1 IS NULL OR genre = ?1) AND (?2 IS NULL OR year >= ?2) AND (?3 IS NULL OR year <= ?3)
      ORDER BY random() LIMIT ?4
      """
    return try database.snapshot {
      try storedTracks(database.rows(sql, genre, fromYear, toYear, max(0, limit)) { TrackID($0.int64(0)) })
    }
  }

  /// getStarred2: the last starred first, as with albums and artists.
  package func starredStoredTracks() throws -> [StoredTrack] {
    try database.rows(
      "SELECT \(Self.storedTrackColumns) \(Rows.starred("track t", in: scopeList()))", read: storedTrack)
  }

  package func starredStoredAlbums() throws -> [StoredAlbum] {
    try database.rows(
      "SELECT \(Self.storedAlbumColumns) \(Rows.starred("album a", in: scopeList()))", read: storedAlbum)
  }

  package func starredStoredArtists() throws -> [StoredArtist] {
    try database.rows(
      "SELECT \(Self.storedArtistColumns) \(Rows.starred("artist r", in: scopeList()))", read: storedArtist)
  }

  package func storedAlbum(_ id: AlbumID) throws -> StoredAlbum? {
    try database.first(
      "SELECT \(Self.storedAlbumColumns) FROM album a WHERE a.id = ?", id.rawValue, read: storedAlbum)
  }

  /// getAlbumList2.
  package func storedAlbums(_ list: AlbumList, page: Page) throws -> [StoredAlbum] {
    try database.snapshot { try ids(in: list, page: page).compactMap { try storedAlbum($0) } }
  }

  /// getArtist: the oldest first.
  package func storedAlbums(of artist: ArtistID) throws -> [StoredAlbum] {
    try database.rows("SELECT \(Self.storedAlbumColumns) \(Rows.albumsOfArtist)", artist.rawValue, read: storedAlbum)
  }

  package func storedArtist(_ id: ArtistID) throws -> StoredArtist? {
    try database.first(
      "SELECT \(Self.storedArtistColumns) FROM artist r WHERE r.id = ?", id.rawValue, read: storedArtist)
  }

  /// getArtists: album artists with albums in scope, sorted by `sortKey`.
  package func storedArtists() throws -> [StoredArtist] {
    try database.rows("SELECT \(Self.storedArtistColumns) \(Rows.albumArtists(in: scopeList()))", read: storedArtist)
  }

  /// When the playlist was made.
  package func created(_ playlist: PlaylistID) throws -> Timestamp? {
    try database.first("SELECT created FROM playlist WHERE id = ?", playlist.rawValue) { $0.timestamp(0) } ?? nil
  }
}
