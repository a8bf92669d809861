package import Music

/// What a file says of itself. Texts are trimmed; empty and 0 mean that it does not say.
package struct AudioTags: Hashable, Sendable {
  package var title = ""
  package var artist = ""
  package var album = ""
  package var albumArtist = ""
  package var genres: [String] = []
  package var comment = ""
  package var trackNumber = 0
  package var discNumber = 0
  package var year = 0
  /// The record is a collection of various artists.
  package var isCompilation = false
  /// MusicBrainz's names: of the recording, and of the release.
  package var recordingID = ""
  package var releaseID = ""
  package var replayGain: ReplayGain?

  package var duration: Duration = .zero
  /// In kbit/s.
  package var bitRate = 0
  /// In Hz.
  package var sampleRate = 0
  package var channelCount = 0
  /// 0 for a codec that has none of its own.
  package var bitDepth = 0

  package init() {}
}
