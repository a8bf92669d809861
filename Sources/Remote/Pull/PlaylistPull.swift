import Library
import Music
import OpenSubsonic

/// Makes the catalogue's playlists of a server like the server's: only those that changed are fetched.
struct PlaylistPull {
  let synchronizer: Synchronizer

  private var client: SubsonicClient { synchronizer.client }
  private var catalogue: Catalogue { synchronizer.catalogue }
  private var origin: Origin { synchronizer.origin }

  func run() throws(SyncFailure) {
    try synchronizer.checkpoint()
    let before = try stored { try catalogue.playlistRemoteIDs(from: origin) }
    let listed = try asked { () throws(RemoteError) in try client.playlists() }
    let known = try stored { try catalogue.knownPlaylists(from: origin) }
    let here = try stored { try catalogue.serverPlaylists(of: origin) }
    var present: Set<RemoteID> = []
    var older: [String] = []
    for (index, playlist) in listed.enumerated() {
      let isSame = known[playlist.id].map { isUnchanged(playlist, $0) } ?? false
      let isPresent = isSame ? true : try pull(playlist)
      if isPresent, isOlder(playlist, known[playlist.id]?.changed) { older.append(playlist.name) }
      if isPresent { present.insert(playlist.id) }
      synchronizer.report(SyncProgress(section: .playlists, done: index + 1, total: listed.count))
    }
    // What the outbox brought to the server since it was asked stands in no list.
    let sent = try stored { try catalogue.playlistRemoteIDs(from: origin) }.subtracting(before)
    let questions = try stored { () throws -> [PlaylistQuestion] in
      try catalogue.revealPlaylistTracks(from: origin)
      return try catalogue.removePlaylists(exceptRemoteIDs: present.union(sent), from: origin)
    }
    for question in questions { synchronizer.ask(question) }
    // Those with a question stay here until it is answered.
    let left = try stored { try catalogue.playlistRemoteIDs(from: origin) }
    let gone = here.filter { !present.contains($0.remoteID) && !left.contains($0.remoteID) }.map(\.name)
    if !gone.isEmpty || !older.isEmpty { synchronizer.tell(.playlistsLost(gone: gone, older: older)) }
  }

  /// Where a server tells no date of change, every list counts as changed.
  private func isUnchanged(_ playlist: Wire.Playlist, _ known: (changed: Timestamp?, trackCount: Int)) -> Bool {
    guard let changed = playlist.changed?.timestamp else { return false }
    return changed == known.changed && playlist.songCount == known.trackCount
  }

  /// The server's list was changed last before the one that it told of then: it comes from a backup.
  private func isOlder(_ playlist: Wire.Playlist, _ known: Timestamp?) -> Bool {
    guard let known, let changed = playlist.changed?.timestamp else { return false }
    return changed < known
  }

  /// - Returns: false when the list is gone from the server by now.
  private func pull(_ listed: Wire.Playlist) throws(SyncFailure) -> Bool {
    try synchronizer.checkpoint()
    let whole: Wire.PlaylistWithSongs?
    do { whole = try client.playlist(listed.id) } catch {
      if error.isNotFound { return false }
      throw .remote(error)
    }
    guard let whole else { return false }
    let question = try stored {
      try catalogue.ingest(
        playlist: PlaylistRecord(whole.playlist), tracks: whole.entry.filter { !$0.isDir }.map(\.id), from: origin)
    }
    if let question { synchronizer.ask(question) }
    return true
  }
}
