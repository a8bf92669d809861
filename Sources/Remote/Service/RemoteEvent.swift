package import Library
package import Music

/// How far a synchronisation has come.
package struct SyncProgress: Hashable, Sendable {
  package enum Section: Hashable, Sendable, CaseIterable { case artists, albums, tracks, stars, playlists }
  package var section: Section
  package var done: Int
  /// nil when nobody can tell.
  package var total: Int?

  package init(section: Section, done: Int, total: Int?) {
    self.section = section
    self.done = done
    self.total = total
  }
}

/// What a `RemoteService` reports. Told on its worker thread or on the network thread: the receiver may not block.
package enum RemoteEvent: Hashable, Sendable {
  /// The server answers: told at the first answer, and when it comes back.
  case online
  /// The server is gone: told once until it is back. The player goes on with what it has.
  case offline(RemoteError)
  /// The server answers at another of its addresses from now on.
  case moved(ServerAddress)
  /// Another server answers at one of its addresses; it was told nothing.
  case strangerAnswers(ServerAddress)
  /// What the server is known by, which was not known when it was signed in to.
  case identified(String)
  case syncProgress(SyncProgress)
  /// Everything is here. `summary` is nil when the server said that nothing had changed since the last time.
  case syncFinished(PullSummary?)
  /// It stopped half-way and will go on from there, by itself once the server is back.
  case syncFailed(SyncFailure)
  /// The rows that the screens show may have changed: some pages of a synchronisation were stored.
  case libraryChanged
  case editsSent(Int)
  /// Lists that the server has no more, and lists of which it has an older version, by name: what was here is kept among
  /// the versions.
  case playlistsLost(gone: [String], older: [String])
  /// A list of this name, deleted here, had been changed elsewhere before: that is kept as its last version.
  case deletedUnseen(String)
  /// Another player left a queue of so many tracks on the server.
  case queueOffered(count: Int)
  /// Refused for good; it stays in the outbox as a dead edit.
  case editRefused(Edit, RemoteError)
  /// Only the listener can decide; the edits of this list wait until then.
  case playlistAsks(PlaylistQuestion)
  /// The stored credentials are no longer good: nothing more is asked of the server until there are others.
  case credentialsRejected
}

/// What the catalogue threw: whoever has words for errors finds them.
package struct CatalogueFailure: Hashable, Sendable {
  package let error: any Error

  package init(_ error: any Error) { self.error = error }

  package static func == (one: Self, other: Self) -> Bool { one.text == other.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
  private var text: String { String(describing: error) }
}

package enum SyncFailure: Error, Hashable, Sendable {
  case remote(RemoteError)
  /// The catalogue could not be read or written.
  case catalogue(CatalogueFailure)
  /// Told to stop.
  case interrupted
}
