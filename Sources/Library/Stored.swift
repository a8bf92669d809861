package import Music

/// A track with everything the catalogue knows of it: what an OpenSubsonic server answers with.
package struct StoredTrack: Hashable, Sendable, Identifiable {
  package var track: Track
  /// As the scan or the server gave it; for the eye.
  package var path = ""
  package var created: Timestamp?
  package var starred: Timestamp?
  package var lastPlayed: Timestamp?
  package var musicBrainzID: String?
  package var artistRemoteID: RemoteID?
  package var albumRemoteID: RemoteID?
  package var id: TrackID { track.id }
}

/// An album with everything the catalogue knows of it. Plays are those of its tracks.
package struct StoredAlbum: Hashable, Sendable, Identifiable {
  package var album: Album
  package var starred: Timestamp?
  package var playCount = 0
  package var lastPlayed: Timestamp?
  package var musicBrainzID: String?
  package var artistRemoteID: RemoteID?
  /// Folded, without its article: what lists are sorted by.
  package var sortKey = ""
  package var id: AlbumID { album.id }
}

/// An artist with everything the catalogue knows of it.
package struct StoredArtist: Hashable, Sendable, Identifiable {
  package var artist: Artist
  package var starred: Timestamp?
  package var rating = 0
  package var musicBrainzID: String?
  /// Folded, without its article: what lists are sorted by; its first letter heads the index.
  package var sortKey = ""
  package var id: ArtistID { artist.id }
}

/// Which albums a list holds, and in which order (getAlbumList2's `type`).
package enum AlbumList: Hashable, Sendable {
  case ordered(AlbumOrder)
  /// Both ends belong to it; descending when `from` is greater.
  case years(from: Int, to: Int)
  case genre(String)
}

/// A part of a long answer.
package struct Page: Hashable, Sendable {
  package var limit: Int
  package var offset: Int
  package init(limit: Int, offset: Int = 0) {
    self.limit = max(0, limit)
    self.offset = max(0, offset)
  }
}

/// What search3 answers with.
package struct StoredSearchResult: Sendable {
  package var artists: [StoredArtist] = []
  package var albums: [StoredAlbum] = []
  package var tracks: [StoredTrack] = []
}

// MARK: Reading, for a server. All of it respects `scope` (a server's is `[.local]`), but for what is asked by id.

extension Catalogue {
  /// getSong, stream, getPlaylist: in the order asked; those that are gone are left out.
  package func storedTracks(_ ids: [TrackID]) throws -> [StoredTrack] { fatalError("contract") }
  package func storedTrack(_ id: TrackID) throws -> StoredTrack? { fatalError("contract") }
  package func storedTrack(_ remoteID: RemoteID, from origin: Origin) throws -> StoredTrack? { fatalError("contract") }
  /// getAlbum: by disc and number.
  package func storedTracks(of album: AlbumID) throws -> [StoredTrack] { fatalError("contract") }
  package func storedTracks(of playlist: PlaylistID) throws -> [StoredTrack] { fatalError("contract") }
  /// getSongsByGenre: album after album.
  package func storedTracks(inGenre genre: String, page: Page) throws -> [StoredTrack] { fatalError("contract") }
  /// getRandomSongs; nil: no bound.
  package func randomStoredTracks(limit: Int, genre: String? = nil, fromYear: Int? = nil, toYear: Int? = nil) throws
    -> [StoredTrack]
  { fatalError("contract") }
  /// getStarred2: the last starred first, as with albums and artists.
  package func starredStoredTracks() throws -> [StoredTrack] { fatalError("contract") }
  package func starredStoredAlbums() throws -> [StoredAlbum] { fatalError("contract") }
  package func starredStoredArtists() throws -> [StoredArtist] { fatalError("contract") }

  package func storedAlbum(_ id: AlbumID) throws -> StoredAlbum? { fatalError("contract") }
  /// getAlbumList2.
  package func storedAlbums(_ list: AlbumList, page: Page) throws -> [StoredAlbum] { fatalError("contract") }
  /// getArtist: the oldest first.
  package func storedAlbums(of artist: ArtistID) throws -> [StoredAlbum] { fatalError("contract") }

  package func storedArtist(_ id: ArtistID) throws -> StoredArtist? { fatalError("contract") }
  /// getArtists: album artists with albums in scope, sorted by `sortKey`.
  package func storedArtists() throws -> [StoredArtist] { fatalError("contract") }

  /// search3. An empty text finds everything, in an order that paging can rely on. A limit of 0 leaves a section out.
  package func storedSearch(_ text: String, artists: Page, albums: Page, tracks: Page) throws -> StoredSearchResult {
    fatalError("contract")
  }

  /// When the playlist was made.
  package func created(_ playlist: PlaylistID) throws -> Timestamp? { fatalError("contract") }
}
