package import Music
package import OpenSubsonic

// The calls that change something on the server.

extension SubsonicClient {
  /// `track`, `album` and `artist` name the parameter under which the id goes.
  package enum ItemKind: String, Sendable {
    case track = "id"
    case album = "albumId"
    case artist = "artistId"
  }

  package func star(_ kind: ItemKind, _ id: String, _ on: Bool) throws(RemoteError) {
    try call(SubsonicRequest(on ? .star : .unstar, [Parameter(kind.rawValue, id)]))
  }

  /// - Parameter rating: 1…5; 0 takes it away.
  package func setRating(_ id: String, _ rating: Int) throws(RemoteError) {
    try call(SubsonicRequest(.setRating, [Parameter("id", id), Parameter("rating", rating)]))
  }

  /// A finished listen that began at `time`.
  package func scrobble(_ id: String, at time: Timestamp) throws(RemoteError) {
    let parameters = [
      Parameter("id", id), Parameter("time", String(time.seconds * 1000)), Parameter("submission", true),
    ]
    try call(SubsonicRequest(.scrobble, parameters))
  }

  package func playlists() throws(RemoteError) -> [Wire.Playlist] {
    try call(SubsonicRequest(.getPlaylists)).playlists?.playlist ?? []
  }

  package func playlist(_ id: String) throws(RemoteError) -> Wire.PlaylistWithSongs? {
    try call(SubsonicRequest(.getPlaylist, [Parameter("id", id)])).playlist
  }

  /// - Returns: the new list, from those servers that tell it.
  package func createPlaylist(named name: String, tracks: [String]) throws(RemoteError) -> Wire.PlaylistWithSongs? {
    let parameters = [Parameter("name", name)] + tracks.map { Parameter("songId", $0) }
    return try call(SubsonicRequest(.createPlaylist, parameters), asForm: true).playlist
  }

  /// The whole new list in place of the old one.
  package func replacePlaylist(_ id: String, tracks: [String]) throws(RemoteError) -> Wire.PlaylistWithSongs? {
    let parameters = [Parameter("playlistId", id)] + tracks.map { Parameter("songId", $0) }
    return try call(SubsonicRequest(.createPlaylist, parameters), asForm: true).playlist
  }

  /// nil is not sent: what the server then does with it differs.
  package func updatePlaylist(_ id: String, name: String? = nil, comment: String? = nil, isPublic: Bool? = nil)
    throws(RemoteError)
  {
    var parameters = [Parameter("playlistId", id)]
    if let name { parameters.append(Parameter("name", name)) }
    if let comment { parameters.append(Parameter("comment", comment)) }
    if let isPublic { parameters.append(Parameter("public", isPublic)) }
    try call(SubsonicRequest(.updatePlaylist, parameters), asForm: true)
  }

  package func deletePlaylist(_ id: String) throws(RemoteError) {
    try call(SubsonicRequest(.deletePlaylist, [Parameter("id", id)]))
  }
}
