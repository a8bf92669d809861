import Library
import Music
import OpenSubsonic

/// Says one edit in the server's language. Sending it twice does no harm.
///
/// A thing that is gone from the catalogue needs no edit any more: that counts as sent.
struct EditSender {
  let client: SubsonicClient
  let catalogue: Catalogue
  /// It was tried before, and may have arrived although no answer came.
  let isRetry: Bool

  /// - Throws: `RemoteError` for the server's part, `SQLiteError` for the catalogue's.
  func send(_ edit: Edit) throws {
    switch edit {
    case .star(let item, let on):
      guard let id = try catalogue.remoteID(of: item) else { return }
      try star(item.kind, id, on)
    case .rate(let item, let rating):
      guard let id = try catalogue.remoteID(of: item) else { return }
      try client.setRating(id, rating)
    case .scrobble(let track, let time):
      guard let id = try catalogue.remoteID(of: .track(track)) else { return }
      try client.scrobble(id, at: time)
    case .createPlaylist(let id), .describePlaylist(let id), .replacePlaylistTracks(let id):
      guard let playlist = try catalogue.playlist(id) else { return }
      try PlaylistSender(client: client, catalogue: catalogue, playlist: playlist, isRetry: isRetry).send(edit)
    case .deletePlaylist(let remoteID):
      do { try client.deletePlaylist(remoteID) } catch { guard error.isNotFound else { throw error } }
    case .createStation(let id), .describeStation(let id):
      try StationSender(client: client, catalogue: catalogue).send(id)
    case .deleteStation(let remoteID):
      do { try client.deleteRadioStation(remoteID) } catch { guard error.isNotFound else { throw error } }
    }
  }

  /// Some servers call it an error to star what is starred, or to take away a star that is not there.
  private func star(_ kind: SubsonicClient.ItemKind, _ id: RemoteID, _ on: Bool) throws(RemoteError) {
    do { try client.star(kind, id, on) } catch {
      if case .server(ErrorCode.generic.rawValue, let message) = error, message.lowercased().contains("already") {
        return
      }
      if !on, error.isNotFound { return }
      throw error
    }
  }
}

extension ItemID {
  fileprivate var kind: SubsonicClient.ItemKind {
    switch self {
    case .track: .track
    case .album: .album
    case .artist: .artist
    }
  }
}
