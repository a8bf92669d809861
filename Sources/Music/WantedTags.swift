/// A file that was just made, and the tags that it should have: what `dulcet export` tells the child that writes tags, as
/// one of a list in JSON.
package struct WantedTags: Codable, Hashable, Sendable {
  package var path: String
  package var title: String
  package var artist: String
  package var album: String
  package var albumArtist: String
  package var trackNumber: Int
  package var discNumber: Int
  package var year: Int
  package var genre: String

  package init(of track: Track, path: String) {
    self.path = path
    title = track.title
    artist = track.artist
    album = track.album
    albumArtist = track.albumArtist
    trackNumber = track.trackNumber
    discNumber = track.discNumber
    year = track.year
    genre = track.genre
  }
}
