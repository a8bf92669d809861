package import Music

// MARK: The row for a server's name of an album or artist, as `trackID(_:from:)` is for tracks; nil when there is none.

extension Catalogue {
  package func albumID(_ remoteID: RemoteID, from origin: Origin) throws -> AlbumID? { fatalError("contract") }
  package func artistID(_ remoteID: RemoteID, from origin: Origin) throws -> ArtistID? { fatalError("contract") }
}
