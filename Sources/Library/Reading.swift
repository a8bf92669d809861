package import Music
import SQLite

// What the screens read. Order is what a listener expects (articles, case and diacritics folded).

/// Which rows, and in what order, said once for the short and the full reading of them.
enum Rows {
  static let albumsOfArtist = "FROM album a WHERE a.artist_id = ? ORDER BY a.year = 0, a.year, a.sort_key, a.id"
  static let tracksOfAlbum = "FROM track t WHERE t.album_id = ? ORDER BY t.disc_number, t.track_number, t.title, t.id"
  static let tracksOfPlaylist = """
    FROM playlist_track pt JOIN track t ON t.id = pt.track WHERE pt.playlist = ? ORDER BY pt.position
    """
  static func albumArtists(in scope: String) -> String {
    """
    FROM artist r WHERE r.origin IN \(scope) AND EXISTS (SELECT 1 FROM album WHERE artist_id = r.id)
    ORDER BY r.sort_key, r.name, r.id
    """
  }
}

extension Catalogue {
  /// Album artists that have albums in scope.
  package func artists() throws -> [Artist] {
    // Their albums are counted in one walk along the index: the first frame waits for this.
    try database.rows(
      """
      SELECT r.id, r.remote_id, r.name, c.albums, r.cover_id, r.starred IS NOT NULL
      FROM (SELECT artist_id, count(*) AS albums FROM album WHERE artist_id > 0 GROUP BY artist_id) c
      JOIN artist r ON r.id = c.artist_id WHERE +r.origin IN \(scopeList()) ORDER BY r.sort_key, r.name, r.id
      """, read: artist)
  }

  package func artist(_ id: ArtistID) throws -> Artist? {
    try database.first("SELECT \(Self.artistColumns) FROM artist r WHERE r.id = ?", id.rawValue, read: artist)
  }

  /// The oldest first; those of no known year last.
  package func albums(of artist: ArtistID) throws -> [Album] {
    try database.rows("SELECT \(Self.albumColumns) \(Rows.albumsOfArtist)", artist.rawValue, read: album)
  }

  package func album(_ id: AlbumID) throws -> Album? {
    try database.first("SELECT \(Self.albumColumns) FROM album a WHERE a.id = ?", id.rawValue, read: album)
  }

  package func tracks(of album: AlbumID) throws -> [Track] {
    try database.rows("SELECT \(Self.trackColumns) \(Rows.tracksOfAlbum)", album.rawValue, read: track)
  }

  /// Every track of an album artist, album after album.
  package func tracks(of artist: ArtistID) throws -> [Track] {
    try database.rows(
      """
      SELECT \(Self.trackColumns) FROM album a JOIN track t ON t.album_id = a.id WHERE a.artist_id = ?
      ORDER BY a.year = 0, a.year, a.sort_key, a.id, t.disc_number, t.track_number, t.title, t.id
      """, artist.rawValue, read: track)
  }

  /// In the order asked, stations as they stand in a queue; those that are gone are left out.
  package func tracks(_ ids: [TrackID]) throws -> [Track] {
    try database.snapshot {
      let statement = try database.statement("SELECT \(Self.trackColumns) FROM track t WHERE t.id = ?")
      defer { statement.reset() }
      return try ids.compactMap { id in
        if id.rawValue < 0 { return try station(StationID(-id.rawValue))?.track }
        statement.reset()
        try statement.bind(id.rawValue, at: 1)
        return try statement.step() ? track(statement) : nil
      }
    }
  }

  package func genres() throws -> [Genre] {
    try database.rows(
      """
      SELECT genre, sum(tracks), count(album_id) FROM (
        SELECT genre, album_id, count(*) AS tracks FROM track
        -- The plus: by the index of genres, in whose order everything then comes.
        WHERE +origin IN \(scopeList()) AND genre > '' GROUP BY genre, origin, album_id
      ) GROUP BY genre ORDER BY genre COLLATE NOCASE
      """
    ) { Genre(name: $0.text(0), trackCount: $0.int(1), albumCount: $0.int(2)) }
  }

  /// Album after album.
  package func tracks(inGenre genre: String, page: Page) throws -> [Track] {
    try database.rows(
      "SELECT \(Self.trackColumns) \(Rows.tracks(inGenreWithin: scopeList()))", genre, page.limit, page.offset,
      read: track)
  }

  package func trackCount(of origin: Origin) throws -> Int {
    guard let row = try row(of: origin) else { return 0 }
    return try database.first("SELECT count(*) FROM track WHERE origin = ?", row) { $0.int(0) } ?? 0
  }

  package func trackCount() throws -> Int {
    try database.first("SELECT count(*) FROM track WHERE origin IN \(scopeList())") { $0.int(0) } ?? 0
  }

  /// The last starred first.
  package func starredTracks() throws -> [Track] {
    try database.rows("SELECT \(Self.trackColumns) \(Rows.starred("track t", in: scopeList()))", read: track)
  }

  package func playlists() throws -> [Playlist] {
    try database.rows(
      """
      SELECT \(Self.playlistColumns) FROM playlist p WHERE p.origin IN \(scopeList()) ORDER BY p.sort_key, p.name, p.id
      """, read: playlist)
  }

  package func playlist(_ id: PlaylistID) throws -> Playlist? {
    try database.first("SELECT \(Self.playlistColumns) FROM playlist p WHERE p.id = ?", id.rawValue, read: playlist)
  }

  package func tracks(of playlist: PlaylistID) throws -> [Track] {
    if let smart = playlist.smart { return try tracks(of: smart) }
    return try database.rows("SELECT \(Self.trackColumns) \(Rows.tracksOfPlaylist)", playlist.rawValue, read: track)
  }
}

extension Rows {
  static func tracks(inGenreWithin scope: String) -> String {
    """
    FROM track t LEFT JOIN album a ON a.id = t.album_id WHERE t.genre = ? AND t.origin IN \(scope)
    ORDER BY a.sort_key, a.id, t.disc_number, t.track_number, t.id LIMIT ? OFFSET ?
    """
  }

  /// The plus keeps to the index of what is starred.
  ///
  /// - Parameter table: a table and its alias of one letter, `track t`.
  static func starred(_ table: String, in scope: String) -> String {
    let alias = table.suffix(1)
    return """
      FROM \(table) WHERE \(alias).starred IS NOT NULL AND +\(alias).origin IN \(scope)
      ORDER BY \(alias).starred DESC, \(alias).id
      """
  }
}
