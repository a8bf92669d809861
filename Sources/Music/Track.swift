/// One recording in the library.
package struct Track: Hashable, Sendable, Identifiable {
  package var id: TrackID
  package var origin: Origin
  package var remoteID: RemoteID
  package var title: String
  package var artist: String
  package var artistID: ArtistID?
  package var album: String
  package var albumID: AlbumID?
  package var albumArtist: String
  /// 0 when unknown, as are `discNumber` and `year`.
  package var trackNumber: Int
  package var discNumber: Int
  package var year: Int
  package var genre: String
  /// In seconds; 0 when unknown.
  package var duration: Int
  /// In bytes; 0 when unknown.
  package var size: Int64
  /// In kbit/s; 0 when unknown.
  package var bitRate: Int
  /// The file's ending without the dot, lower case: `mp3`.
  package var suffix: String
  package var contentType: String
  package var coverID: String?
  package var isStarred: Bool
  /// 1…5; 0 when not rated.
  package var rating: Int
  package var playCount: Int
  /// nil where neither tags nor server say.
  package var replayGain: ReplayGain?
  /// Of the file as it lies there: frames a second, bits of a sample (0 also where the codec has none of its own),
  /// channels. 0 when unknown.
  package var sampleRate: Int
  package var bitDepth: Int
  package var channelCount: Int
  /// Not nil for a radio station: where its sound comes from.
  package var streamURL: String?

  package init(
    id: TrackID, origin: Origin, remoteID: RemoteID, title: String, artist: String = "", artistID: ArtistID? = nil,
    album: String = "", albumID: AlbumID? = nil, albumArtist: String = "", trackNumber: Int = 0, discNumber: Int = 0,
    year: Int = 0, genre: String = "", duration: Int = 0, size: Int64 = 0, bitRate: Int = 0, suffix: String = "",
    contentType: String = "", coverID: String? = nil, isStarred: Bool = false, rating: Int = 0, playCount: Int = 0,
    replayGain: ReplayGain? = nil, sampleRate: Int = 0, bitDepth: Int = 0, channelCount: Int = 0
  ) {
    self.id = id
    self.origin = origin
    self.remoteID = remoteID
    self.title = title
    self.artist = artist
    self.artistID = artistID
    self.album = album
    self.albumID = albumID
    self.albumArtist = albumArtist
    self.trackNumber = trackNumber
    self.discNumber = discNumber
    self.year = year
    self.genre = genre
    self.duration = duration
    self.size = size
    self.bitRate = bitRate
    self.suffix = suffix
    self.contentType = contentType
    self.coverID = coverID
    self.isStarred = isStarred
    self.rating = rating
    self.playCount = playCount
    self.replayGain = replayGain
    self.sampleRate = sampleRate
    self.bitDepth = bitDepth
    self.channelCount = channelCount
  }
}

extension Track {
  /// Whether the bytes of the file are MP3.
  package var isMP3: Bool { suffix == "mp3" || contentType == "audio/mpeg" }

  /// Whether the file is of a kind that is decoded here, so that its bytes are wanted as they are. What a name promises is
  /// enough: the decoder is chosen by the bytes.
  package var isDecodedHere: Bool {
    if isMP3 { return true }
    return suffix.isEmpty ? Self.decodedTypes.contains(contentType) : Self.decodedSuffixes.contains(suffix)
  }

  // Not `oga`: that may be FLAC or Speex in Ogg, which libsndfile does not read.
  private static let decodedSuffixes: Set<String> = ["mp3", "flac", "ogg", "opus", "wav", "aif", "aiff", "aifc"]

  private static let decodedTypes: Set<String> = [
    "audio/flac", "audio/x-flac", "audio/ogg", "application/ogg", "audio/vorbis", "audio/opus", "audio/wav",
    "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/aiff", "audio/x-aiff",
  ]
}
