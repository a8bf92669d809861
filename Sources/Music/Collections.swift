/// A record: tracks that belong together.
package struct Album: Hashable, Sendable, Identifiable {
  package var id: AlbumID
  package var remoteID: RemoteID
  package var name: String
  /// The album artist.
  package var artist: String
  package var artistID: ArtistID?
  package var year: Int
  package var genre: String
  package var trackCount: Int
  /// In seconds.
  package var duration: Int
  package var coverID: String?
  package var isStarred: Bool
  package var rating: Int
  package var created: Timestamp?

  package init(
    id: AlbumID, remoteID: RemoteID, name: String, artist: String = "", artistID: ArtistID? = nil, year: Int = 0,
    genre: String = "", trackCount: Int = 0, duration: Int = 0, coverID: String? = nil, isStarred: Bool = false,
    rating: Int = 0, created: Timestamp? = nil
  ) {
    self.id = id
    self.remoteID = remoteID
    self.name = name
    self.artist = artist
    self.artistID = artistID
    self.year = year
    self.genre = genre
    self.trackCount = trackCount
    self.duration = duration
    self.coverID = coverID
    self.isStarred = isStarred
    self.rating = rating
    self.created = created
  }
}

/// A performer of tracks, or of records: the library's first column lists those of records.
package struct Artist: Hashable, Sendable, Identifiable {
  package var id: ArtistID
  package var remoteID: RemoteID
  package var name: String
  package var albumCount: Int
  package var coverID: String?
  package var isStarred: Bool

  package init(
    id: ArtistID, remoteID: RemoteID, name: String, albumCount: Int = 0, coverID: String? = nil, isStarred: Bool = false
  ) {
    self.id = id
    self.remoteID = remoteID
    self.name = name
    self.albumCount = albumCount
    self.coverID = coverID
    self.isStarred = isStarred
  }
}

/// A genre with how much of it the library holds.
package struct Genre: Hashable, Sendable {
  package var name: String
  package var trackCount: Int
  package var albumCount: Int

  package init(name: String, trackCount: Int = 0, albumCount: Int = 0) {
    self.name = name
    self.trackCount = trackCount
    self.albumCount = albumCount
  }
}

/// A saved ordered list of tracks. The list itself is read apart: it may be long.
package struct Playlist: Hashable, Sendable, Identifiable {
  package var id: PlaylistID
  /// nil until the server has given one.
  package var remoteID: RemoteID?
  package var name: String
  package var comment: String
  package var owner: String
  package var isPublic: Bool
  package var isReadOnly: Bool
  package var trackCount: Int
  /// In seconds.
  package var duration: Int
  package var changed: Timestamp?
  /// Not nil for a smart playlist: the search that it is.
  package var query: String?

  package init(
    id: PlaylistID, remoteID: RemoteID? = nil, name: String, comment: String = "", owner: String = "",
    isPublic: Bool = false, isReadOnly: Bool = false, trackCount: Int = 0, duration: Int = 0, changed: Timestamp? = nil
  ) {
    self.id = id
    self.remoteID = remoteID
    self.name = name
    self.comment = comment
    self.owner = owner
    self.isPublic = isPublic
    self.isReadOnly = isReadOnly
    self.trackCount = trackCount
    self.duration = duration
    self.changed = changed
  }
}
