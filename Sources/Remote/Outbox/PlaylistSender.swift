import Library
import Music
import OpenSubsonic

/// Brings one playlist to the server as it now stands in the catalogue.
///
/// The whole list is written each time: what servers make of removing by index differs from server to server, and is wrong
/// once somebody else has edited. Name, comment and visibility are told again where a server lost them on the way.
struct PlaylistSender {
  let client: SubsonicClient
  let catalogue: Catalogue
  let playlist: Playlist
  let isRetry: Bool

  func send(_ edit: Edit) throws {
    let tracks = try catalogue.trackRemoteIDs(of: playlist.id)
    guard let remoteID = playlist.remoteID else {
      // Whatever the edit: the server does not know the list yet.
      return try create(tracks)
    }
    switch edit {
    case .describePlaylist: try describe(remoteID)
    default: try replace(remoteID, tracks)
    }
  }

  private func create(_ tracks: [RemoteID]) throws {
    if isRetry, let existing = try find(trackCount: tracks.count) {
      return try catalogue.setRemoteID(existing.id, of: playlist.id)
    }
    let created = try client.createPlaylist(named: playlist.name, tracks: tracks)?.playlist
    // Servers of older versions do not tell what they made.
    guard let made = try created ?? find() else {
      throw RemoteError.server(code: ErrorCode.generic.rawValue, message: "the new playlist is not listed")
    }
    try catalogue.setRemoteID(made.id, of: playlist.id)
    if !playlist.comment.isEmpty || made.public ?? false != playlist.isPublic { try describe(made.id) }
  }

  /// The newest of the user's lists on the server that have this name and that the catalogue does not know.
  private func find(trackCount: Int? = nil) throws -> Wire.Playlist? {
    let known = try catalogue.knownPlaylists(from: .remote(client.account.server))
    let user = client.account.credentials.user?.lowercased()
    let candidates = try client.playlists().filter { listed in
      listed.name == playlist.name && known[listed.id] == nil
        && (trackCount == nil || listed.songCount == trackCount)
        && (user == nil || listed.owner == nil || listed.owner?.lowercased() == user)
    }
    return candidates.max { ($0.created?.timestamp.seconds ?? 0) < ($1.created?.timestamp.seconds ?? 0) }
  }

  /// Some servers make a new list of an id that they do not know, so it is looked at first.
  private func replace(_ remoteID: RemoteID, _ tracks: [RemoteID]) throws {
    _ = try client.playlist(remoteID)
    let replaced = try client.replacePlaylist(remoteID, tracks: tracks)?.playlist
    let now = try replaced ?? client.playlist(remoteID)?.playlist
    guard let now else { return }
    if now.public ?? false != playlist.isPublic || now.name != playlist.name { try describe(remoteID) }
  }

  private func describe(_ remoteID: RemoteID) throws(RemoteError) {
    // LMS makes a list public for any value of the parameter, and private without it.
    let isPublic = client.account.serverType == "lms" && !playlist.isPublic ? nil : playlist.isPublic
    try client.updatePlaylist(remoteID, name: playlist.name, comment: playlist.comment, isPublic: isPublic)
  }
}
