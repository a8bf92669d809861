package import Music

// MARK: Scanning a folder again: files that did not change are not read, only said to be still there.

extension Catalogue {
  /// The stamps (`TrackRecord.stamp`) of those of the names that the catalogue holds.
  package func stamps(of tracks: [RemoteID], from origin: Origin) throws -> [RemoteID: String] {
    fatalError("contract")
  }
  /// Keeps tracks as they are through this pull, with their albums and artists, as if they had been ingested again.
  package func markSeen(_ tracks: [RemoteID], in pull: Pull) throws { fatalError("contract") }
  /// The same for every track whose path begins with `directory` and a slash ("" for all): a folder that could not be
  /// read is not a folder whose music is gone.
  package func markSeen(under directory: String, in pull: Pull) throws { fatalError("contract") }
}
