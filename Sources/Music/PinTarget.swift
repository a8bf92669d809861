/// What the listener wants kept on this computer, whatever becomes of it: a track added to a pinned playlist is kept too.
package enum PinTarget: Hashable, Sendable {
  case track(TrackID)
  case album(AlbumID)
  case artist(ArtistID)
  case playlist(PlaylistID)
  /// Every starred track, and the tracks of starred albums.
  case starred
  /// What the queue, as it was kept last, plays in so many seconds from its place on.
  case queue(seconds: Int)
}
