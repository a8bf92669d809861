package import Music
import SQLite

// For the synchroniser: what is to be sent of a list, and what came of it. The list here was merged with the server's when
// that was taken in (`ingest(playlist:)`), so what is sent holds both sides' changes.

/// A list as it is to be on the server.
package struct OutgoingPlaylist: Hashable, Sendable {
  package let id: PlaylistID
  /// nil: the server does not know it yet.
  package let remoteID: RemoteID?
  package let details: PlaylistDetails
  /// In the server's names, with the tracks that are not shown here.
  package let tracks: [RemoteID]
  /// As the server last had them; nil when it is not known.
  package let serverDetails: PlaylistDetails?
  package let serverTracks: [RemoteID]?

  package func with(tracks: [RemoteID]) -> OutgoingPlaylist {
    OutgoingPlaylist(
      id: id, remoteID: remoteID, details: details, tracks: tracks, serverDetails: serverDetails,
      serverTracks: serverTracks)
  }
}

extension Catalogue {
  /// nil when it is gone.
  package func outgoing(_ id: PlaylistID) throws -> OutgoingPlaylist? {
    try database.snapshot {
      guard let list = try? stored(id) else { return nil }
      let base = try base(of: id)
      var tracks = try trackRemoteIDs(of: id)
      if let base {
        // Also those that were known when the list was taken in, and are not now.
        var lookup = lookup(in: list.origin)
        tracks = try ListMerge.merge(base: lookup.seen(base.tracks), ours: tracks, theirs: base.tracks.remoteIDs)
      }
      return OutgoingPlaylist(
        id: id, remoteID: list.remoteID, details: list.details, tracks: tracks, serverDetails: base?.details,
        serverTracks: base?.tracks.remoteIDs)
    }
  }

  /// These tracks are about to be sent. Written down before, so that they are known again should the answer get lost.
  package func sendingBegins(of id: PlaylistID, _ tracks: [RemoteID]) throws {
    try database.transaction {
      guard let list = try? stored(id), var base = try base(of: id) else { return }
      var lookup = lookup(in: list.origin)
      base.sent = try lookup.shared(tracks)
      try setBase(base, of: id, origin: list.origin)
    }
  }

  /// The server has made the list, and holds this. Its name and comment, or visibility, may still have to be told.
  package func creationArrived(
    _ edit: Int64, _ sent: OutgoingPlaylist, _ record: PlaylistRecord, tracks: [RemoteID]
  ) throws {
    try database.transaction {
      try setRemoteID(record.remoteID, of: sent.id)
      let details = try? stored(sent.id).details
      try playlistArrived(edit, sent, record, tracks: tracks)
      guard let details, let list = try? stored(sent.id), list.details != details else { return }
      try database.run(
        "UPDATE playlist SET name = ?, sort_key = ?, comment = ?, is_public = ? WHERE id = ?", details.name,
        Folding.sortKey(details.name), details.comment, details.isPublic, sent.id.rawValue)
      try add(.describePlaylist(sent.id), to: list.origin, subject: details.name)
    }
  }

  /// The server now holds this; the edit is done. What was changed here while it was on its way stays, and waits on.
  /// - Parameters:
  ///   - sent: what it was asked to hold.
  ///   - tracks: what it holds. Servers drop tracks that they do not know.
  package func playlistArrived(
    _ edit: Int64, _ sent: OutgoingPlaylist, _ record: PlaylistRecord, tracks: [RemoteID]
  ) throws {
    try database.transaction {
      try editSent(edit)
      guard let list = try? stored(sent.id) else { return }
      var lookup = lookup(in: list.origin)
      let shared = try lookup.shared(sent.tracks)
      let details =
        sent.serverDetails
        ?? PlaylistDetails(name: record.name, comment: record.comment, isPublic: record.isPublic)
      try setBase(PlaylistBase(details: details, tracks: shared, sent: nil), of: sent.id, origin: list.origin)
      let isEdited = try trackRemoteIDs(of: sent.id) != lookup.seen(shared)
      try absorb(
        record, tracks, into: sent.id, of: list.origin,
        mergingDetails: unsentEdits(of: sent.id).contains("describePlaylist"), mergingTracks: isEdited)
    }
  }

  /// The server's list as it is just before it is deleted there, as it was here. What others have done to it since it was
  /// seen here is its last version then: whoever deleted it did not know of that.
  /// - Returns: whether there was anything.
  package func keepBeforeDeletion(of remoteID: RemoteID, _ edit: Int64, tracks: [RemoteID]) throws -> Bool {
    try database.transaction {
      let row = try database.first(
        "SELECT item, origin FROM outbox WHERE id = ? AND kind = 'deletePlaylist' AND item IS NOT NULL", edit
      ) { (id: PlaylistID($0.int64(0)), origin: $0.int64(1)) }
      guard let row, let base = try base(of: row.id), base.common(with: tracks).remoteIDs != tracks else {
        return false
      }
      var lookup = lookup(in: row.origin)
      let list = StoredPlaylist(
        id: row.id, origin: row.origin, remoteID: remoteID, details: base.details, isReadOnly: false)
      try keepVersion(of: list, lookup.tracks(tracks))
      return true
    }
  }

  /// The server was told name, comment and visibility.
  package func descriptionArrived(_ edit: Int64, _ sent: OutgoingPlaylist) throws {
    try database.transaction {
      try editSent(edit)
      try database.run(
        "UPDATE playlist_base SET name = ?, comment = ?, is_public = ? WHERE playlist = ?", sent.details.name,
        sent.details.comment, sent.details.isPublic, sent.id.rawValue)
    }
  }

  /// What the server called the playlist that was created from here. One that was deleted here meanwhile is now deleted
  /// there.
  package func setRemoteID(_ remoteID: RemoteID, of playlist: PlaylistID) throws {
    try database.transaction {
      let forgotten = try database.first("SELECT origin FROM forgotten_playlist WHERE id = ?", playlist.rawValue) {
        $0.int64(0)
      }
      if let forgotten {
        try add(.deletePlaylist(remoteID), to: forgotten, subject: "", item: playlist.rawValue)
        try database.run("DELETE FROM forgotten_playlist WHERE id = ?", playlist.rawValue)
      }
      // A pull may have met the new list before this: the row that was made here stays.
      let met = try database.first(
        """
        SELECT id FROM playlist
        WHERE id <> ?1 AND remote_id = ?2 AND origin = (SELECT origin FROM playlist WHERE id = ?1)
        """, playlist.rawValue, remoteID
      ) { PlaylistID($0.int64(0)) }
      if let met {
        try removePlaylist(met)
        try forgetBase(of: met)
      }
      try database.run("UPDATE playlist SET remote_id = ? WHERE id = ?", remoteID, playlist.rawValue)
    }
  }

  /// The server's names of a playlist's tracks that stand in it here, in order.
  package func trackRemoteIDs(of playlist: PlaylistID) throws -> [RemoteID] {
    try database.rows("SELECT t.remote_id \(Rows.tracksOfPlaylist)", playlist.rawValue) { $0.text(0) }
  }
}
