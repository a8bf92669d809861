import Library
import Music
import OpenSubsonic

/// Says one edit in the server's language. Sending it twice does no harm.
///
/// A thing that is gone from the catalogue needs no edit any more: that counts as sent.
struct EditSender {
  enum Fate: Hashable {
    case sent
    /// Only the listener can decide; nil where the question was asked before.
    case asks(PlaylistQuestion?)
  }

  let client: SubsonicClient
  let catalogue: Catalogue
  /// Called before and after each call to the server and each change of the catalogue.
  var passed: () -> Void = {}
  var tell: (RemoteEvent) -> Void = { _ in }

  /// Sends it, and takes it out of the outbox.
  /// - Throws: `RemoteError` for the server's part, `SQLiteError` for the catalogue's.
  func send(_ entry: OutboxEntry) throws -> Fate {
    switch entry.edit {
    case .createPlaylist(let id), .describePlaylist(let id), .replacePlaylistTracks(let id):
      return try PlaylistSender(client: client, catalogue: catalogue, entry: entry, passed: passed, tell: tell).send(id)
    default:
      passed()
      try say(entry)
      passed()
      try catalogue.editSent(entry.id)
      return .sent
    }
  }

  private func say(_ entry: OutboxEntry) throws {
    switch entry.edit {
    case .star(let item, let on):
      guard let id = try catalogue.remoteID(of: item) else { return }
      try star(item.kind, id, on)
    case .rate(let item, let rating):
      guard let id = try catalogue.remoteID(of: item) else { return }
      try client.setRating(id, rating)
    case .scrobble(let track, let time):
      guard let id = try catalogue.remoteID(of: .track(track)) else { return }
      if try entry.isUncertain && hasHeard(id, at: time) { return }
      try client.scrobble(id, at: time)
    case .deletePlaylist(let remoteID): try deletePlaylist(remoteID, entry.id)
    case .createStation(let id), .describeStation(let id):
      try StationSender(client: client, catalogue: catalogue).send(id)
    case .deleteStation(let remoteID):
      do { try client.deleteRadioStation(remoteID) } catch { guard error.isNotFound else { throw error } }
    case .savePlayQueue: try saveQueue()
    case .bookmark(let track): try sayBookmark(of: track)
    case .createPlaylist, .describePlaylist, .replacePlaylistTracks: break
    }
  }

  /// What others did to the list meanwhile is kept here, and told.
  private func deletePlaylist(_ remoteID: RemoteID, _ edit: Int64) throws {
    do {
      guard let list = try client.playlist(remoteID).map({ HeldPlaylist($0) }) else { return }
      passed()
      let isNews = try catalogue.keepBeforeDeletion(of: remoteID, edit, tracks: list.tracks)
      try client.deletePlaylist(remoteID)
      if isNews { tell(.deletedUnseen(list.record.name)) }
    } catch let error as RemoteError {
      guard error.isNotFound else { throw error }
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

  /// The server names this listen as the track's last one. Where it tells no dates, the listen is told again, with the
  /// same time: those that scrobbles are passed on to know it again by that.
  private func hasHeard(_ id: RemoteID, at time: Timestamp) throws(RemoteError) -> Bool {
    let song: Wire.Child?
    do { song = try client.song(id) } catch {
      if error.isWorthRetrying { throw error }
      return false
    }
    return song?.played?.timestamp == time
  }

  private func saveQueue() throws {
    guard let queue = try catalogue.savedQueue(of: .remote(client.account.server)) else { return }
    var tracks: [RemoteID] = []
    for track in queue.tracks {
      // A track that is gone must not shift the others.
      guard let id = try catalogue.remoteID(of: .track(track)) else { return }
      tracks.append(id)
    }
    do { try client.savePlayQueue(tracks, current: queue.current, position: queue.position) } catch {
      // Some keep no queue, and some cannot forget one. What stands here is the listener's all the same.
      guard error.isUnknownCall || tracks.isEmpty && !error.isWorthRetrying else { throw error }
    }
  }

  private func sayBookmark(of track: TrackID) throws {
    guard let id = try catalogue.remoteID(of: .track(track)) else { return }
    do {
      if let bookmark = try catalogue.bookmark(of: track) {
        try client.createBookmark(id, position: bookmark.position, comment: bookmark.comment)
      } else {
        try client.deleteBookmark(id)
      }
    } catch let error as RemoteError {
      let isGone = try error.isNotFound && catalogue.bookmark(of: track) == nil
      guard error.isUnknownCall || isGone else { throw error }
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
