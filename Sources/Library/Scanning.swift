package import Music

/// What the last scan stored of a file, for the next one to compare.
package struct ScannedFile: Hashable, Sendable {
  package let stamp: String
  package let artist: String
  package let album: String
  package let albumArtist: String

  package init(stamp: String, artist: String, album: String, albumArtist: String) {
    self.stamp = stamp
    self.artist = artist
    self.album = album
    self.albumArtist = albumArtist
  }
}

// MARK: Scanning a folder again: files that did not change are not read, only said to be still there.

extension Catalogue {
  /// Those of the names that the catalogue holds.
  package func scannedFiles(_ tracks: [RemoteID], from origin: Origin) throws -> [RemoteID: ScannedFile] {
    fatalError("contract")
  }
  /// Keeps tracks as they are through this pull, with their albums and artists, as if they had been ingested again.
  package func markSeen(_ tracks: [RemoteID], in pull: Pull) throws { fatalError("contract") }
  /// The same for every track whose path begins with `directory` and a slash ("" for all): a folder that could not be
  /// read is not a folder whose music is gone.
  package func markSeen(under directory: String, in pull: Pull) throws { fatalError("contract") }
}
