package import Music

/// An artist as a server or a scan tells it; what ingest takes.
package struct ArtistRecord: Hashable, Sendable {
  package var remoteID: RemoteID
  package var name: String
  package var sortName: String?
  package var coverID: String?
  package var starred: Timestamp?
  package var rating = 0
  package var musicBrainzID: String?

  package init(remoteID: RemoteID, name: String) {
    self.remoteID = remoteID
    self.name = name
  }
}

/// An album as a server or a scan tells it.
package struct AlbumRecord: Hashable, Sendable {
  package var remoteID: RemoteID
  package var name: String
  /// The album artist.
  package var artist = ""
  package var artistRemoteID: RemoteID?
  package var year = 0
  package var genre = ""
  package var coverID: String?
  package var created: Timestamp?
  package var starred: Timestamp?
  package var rating = 0
  package var playCount = 0
  package var musicBrainzID: String?

  package init(remoteID: RemoteID, name: String) {
    self.remoteID = remoteID
    self.name = name
  }
}

/// A track as a server or a scan tells it. Missing numbers are 0.
package struct TrackRecord: Hashable, Sendable {
  package var remoteID: RemoteID
  package var title: String
  package var artist = ""
  package var artistRemoteID: RemoteID?
  package var album = ""
  package var albumRemoteID: RemoteID?
  package var albumArtist = ""
  package var trackNumber = 0
  package var discNumber = 0
  package var year = 0
  package var genre = ""
  /// In seconds.
  package var duration = 0
  /// In bytes.
  package var size: Int64 = 0
  /// In kbit/s.
  package var bitRate = 0
  package var suffix = ""
  package var contentType = ""
  package var coverID: String?
  /// Relative to the scanned folder, or what the server calls the path; for the eye and for the local server.
  package var path = ""
  /// What a scan compares to see that the file is still the one it read (size and times); opaque to the catalogue.
  package var stamp = ""
  package var created: Timestamp?
  package var starred: Timestamp?
  package var rating = 0
  package var playCount = 0
  package var lastPlayed: Timestamp?
  package var musicBrainzID: String?
  package var replayGain: ReplayGain?
  /// In Hz.
  package var sampleRate = 0
  package var bitDepth = 0
  package var channelCount = 0

  package init(remoteID: RemoteID, title: String) {
    self.remoteID = remoteID
    self.title = title
  }
}

/// A radio station as a server tells it.
package struct StationRecord: Hashable, Sendable {
  package var remoteID: RemoteID
  package var name: String
  package var streamURL: String
  package var homePage: String

  package init(remoteID: RemoteID, name: String, streamURL: String, homePage: String = "") {
    self.remoteID = remoteID
    self.name = name
    self.streamURL = streamURL
    self.homePage = homePage
  }
}

/// A playlist as a server tells it, without its tracks.
package struct PlaylistRecord: Hashable, Sendable {
  package var remoteID: RemoteID
  package var name: String
  package var comment = ""
  package var owner = ""
  package var isPublic = false
  package var isReadOnly = false
  package var created: Timestamp?
  package var changed: Timestamp?

  package init(remoteID: RemoteID, name: String) {
    self.remoteID = remoteID
    self.name = name
  }
}
