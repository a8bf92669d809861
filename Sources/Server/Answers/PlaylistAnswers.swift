import Library
import Music
import OpenSubsonic

// The five playlist calls. Indices mean the list as the client saw it, before the call; a call is done wholly or not.
extension Call {
  func getPlaylists() throws -> Wire.Response {
    if let name = request.value("username"), name != user, !isAdmin {
      throw Refusal(.notAuthorized, "Only administrators see other users' playlists.")
    }
    let owner = request.value("username") ?? user
    let visible = try Playlists(connection: store.connection, user: owner).visible()
    var response = Wire.Response.ours()
    response.playlists = .init(
      playlist: try visible.map { playlist($0, tracks: try tracks(playlists.tracks(of: $0.id))) })
    return response
  }

  func getPlaylist() throws -> Wire.Response { try answer(with: readable(request.required("id"))) }

  func createPlaylist() throws -> Wire.Response {
    let tracks = try knownTracks(request.values("songId"))
    if let id = request.value("playlistId"), !id.isEmpty {
      let playlist = try writable(id)
      let name = request.value("name")
      try playlists.edit(id, at: now) { playlist, list in
        if let name, !name.isEmpty { playlist.name = name }
        list = tracks
      }
      return try answer(with: readable(playlist.id))
    }
    let id = try playlists.create(named: request.required("name"), tracks: tracks, at: now)
    return try answer(with: readable(id))
  }

  func updatePlaylist() throws -> Wire.Response {
    let playlist = try writable(request.required("playlistId"))
    let added = try knownTracks(request.values("songIdToAdd"))
    let removed = Set(try request.values("songIndexToRemove").map(index))
    let isPublic = try request.flag("public")
    try playlists.edit(playlist.id, at: now) { playlist, tracks in
      if let name = request.value("name"), !name.isEmpty { playlist.name = name }
      if let comment = request.value("comment") { playlist.comment = comment }
      if let isPublic { playlist.isPublic = isPublic }
      tracks = try without(removed, tracks) + added
    }
    return .ours()
  }

  func deletePlaylist() throws -> Wire.Response {
    try playlists.delete(writable(request.required("id")).id)
    return .ours()
  }

  private func answer(with stored: StoredPlaylist) throws -> Wire.Response {
    let tracks = try tracks(playlists.tracks(of: stored.id))
    var response = Wire.Response.ours()
    response.playlist = .init(playlist(stored, tracks: tracks), entry: try tracks.map { try child($0) })
    return response
  }

  private func readable(_ id: String) throws -> StoredPlaylist {
    guard let playlist = try playlists.playlist(id), playlists.access(to: playlist) != .none else {
      throw Refusal.notFound("Playlist")
    }
    return playlist
  }

  private func writable(_ id: String) throws -> StoredPlaylist {
    let playlist = try readable(id)
    guard playlists.access(to: playlist) == .owner else {
      throw Refusal(.notAuthorized, "The playlist belongs to another user.")
    }
    return playlist
  }

  private func index(_ text: String) throws(Refusal) -> Int {
    guard let index = Int(text) else { throw Refusal(.missingParameter, "songIndexToRemove is not a number.") }
    return index
  }

  /// Tracks that went away since the client saw them are left out; if it names none that there is, that is an error.
  private func knownTracks(_ names: [RemoteID]) throws -> [RemoteID] {
    let known = try names.filter { try catalogue.trackID($0, from: .local) != nil }
    guard !known.isEmpty || names.isEmpty else { throw Refusal.notFound("Song") }
    return known
  }

  /// The indices count what clients see; tracks that the catalogue lacks for now are stored between.
  private func without(_ indices: Set<Int>, _ tracks: [RemoteID]) throws -> [RemoteID] {
    if indices.isEmpty { return tracks }
    var position = 0
    return try tracks.filter { track in
      guard try catalogue.trackID(track, from: .local) != nil else { return true }
      defer { position += 1 }
      return !indices.contains(position)
    }
  }
}
