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
}
