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

/// What search3 answers with.
package struct StoredSearchResult: Sendable {
  package var artists: [StoredArtist] = []
  package var albums: [StoredAlbum] = []
  package var tracks: [StoredTrack] = []
}
