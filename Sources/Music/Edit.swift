/// A thing that can be starred or rated.
package enum ItemID: Hashable, Sendable, Codable {
  case track(TrackID)
  case album(AlbumID)
  case artist(ArtistID)
}

/// A change made here that a server has still to hear of: a row of the outbox.
///
/// Written in the same transaction as the local change; sending it is a later, repeatable step.
package enum Edit: Hashable, Sendable, Codable {
  case star(ItemID, Bool)
  /// 0 takes the rating away.
  case rate(ItemID, Int)
  /// A finished listen, with the time it began.
  case scrobble(TrackID, Timestamp)
  case createPlaylist(PlaylistID)
  /// Name, comment and visibility as they now stand in the catalogue.
  case describePlaylist(PlaylistID)
  /// The whole list as it now stands in the catalogue.
  case replacePlaylistTracks(PlaylistID)
  /// The row is gone from the catalogue, so the edit carries the server's name for it.
  case deletePlaylist(RemoteID)
  case createStation(StationID)
  /// Name and address as they now stand in the catalogue.
  case describeStation(StationID)
  /// The row is gone, as with playlists.
  case deleteStation(RemoteID)
  /// The queue that the catalogue has saved for that server.
  case savePlayQueue
  /// The track's bookmark as it now stands in the catalogue, or that there is none.
  case bookmark(TrackID)
}

/// A place in a long track that the listener wants to come back to.
package struct Bookmark: Hashable, Sendable {
  package var track: TrackID
  /// In milliseconds.
  package var position: Int64
  package var comment: String

  package init(track: TrackID, position: Int64, comment: String = "") {
    self.track = track
    self.position = position
    self.comment = comment
  }
}

/// The queue as it is kept on a server, so that another player can go on with it.
package struct SavedQueue: Hashable, Sendable {
  package var tracks: [TrackID]
  /// A position in `tracks`; nil only where there are none.
  package var current: Int?
  /// In the current track, in milliseconds.
  package var position: Int64

  package init(tracks: [TrackID], current: Int? = nil, position: Int64 = 0) {
    self.tracks = tracks
    self.current = current
    self.position = position
  }
}
