package import Music

/// The one index of all music: artists, albums, tracks, genres, playlists, stars, search, and the outbox.
///
/// A value of this class is one SQLite connection and belongs to one thread; each thread opens its own on the same file
/// (WAL: readers never wait for a writer). It never talks to a server and never draws.
package final class Catalogue {
  /// What the reading calls see: this computer's music and the current account's.
  package var scope: [Origin] = [.local]

  /// Opens or creates the file and brings its schema up to date.
  package init(path: String) throws { fatalError("contract") }
}

/// The words that were typed, as they were typed.
package struct SearchResult: Sendable {
  package var artists: [Artist] = []
  package var albums: [Album] = []
  package var tracks: [Track] = []
  package init() {}
}

package enum AlbumOrder: Hashable, Sendable {
  case name, artist, newest, year, mostPlayed, recentlyPlayed, random, starred
}

// MARK: Reading, for the screens and the server. Order is what a listener expects (articles and diacritics folded).

extension Catalogue {
  /// Album artists that have albums in scope.
  package func artists() throws -> [Artist] { fatalError("contract") }
  package func artist(_ id: ArtistID) throws -> Artist? { fatalError("contract") }
  package func albums(of artist: ArtistID) throws -> [Album] { fatalError("contract") }
  package func albums(by order: AlbumOrder, limit: Int, offset: Int) throws -> [Album] { fatalError("contract") }
  package func album(_ id: AlbumID) throws -> Album? { fatalError("contract") }
  package func tracks(of album: AlbumID) throws -> [Track] { fatalError("contract") }
  /// Every track of an album artist, album after album.
  package func tracks(of artist: ArtistID) throws -> [Track] { fatalError("contract") }
  /// In the order asked; those that are gone are left out.
  package func tracks(_ ids: [TrackID]) throws -> [Track] { fatalError("contract") }
  package func genres() throws -> [Genre] { fatalError("contract") }
  package func trackCount() throws -> Int { fatalError("contract") }
  package func starredTracks() throws -> [Track] { fatalError("contract") }
  package func playlists() throws -> [Playlist] { fatalError("contract") }
  package func tracks(of playlist: PlaylistID) throws -> [Track] { fatalError("contract") }
  /// Every word of `text` is a prefix of some word of the row; diacritics and case folded. Never slow: no ranking.
  package func search(_ text: String, limit: Int) throws -> SearchResult { fatalError("contract") }
  /// The row for a server's name; and back. Both nil when there is none.
  package func trackID(_ remoteID: RemoteID, from origin: Origin) throws -> TrackID? { fatalError("contract") }
  package func remoteID(of item: ItemID) throws -> RemoteID? { fatalError("contract") }
  /// Path of a local track's file (absolute).
  package func path(of track: TrackID) throws -> String? { fatalError("contract") }
}

// MARK: Pulling a server's or a folder's contents. Ingest is idempotent; what a finished pull has not seen is deleted.

/// One pass over everything an origin holds. It may be interrupted and continued, also by another process.
package struct Pull: Hashable, Sendable {
  package let origin: Origin
  package let generation: Int64
}

package struct PullSummary: Hashable, Sendable {
  package var added = 0
  package var changed = 0
  package var removed = 0
  package init() {}
}

extension Catalogue {
  /// Continues the pull that was interrupted, or begins one.
  package func beginPull(of origin: Origin) throws -> Pull { fatalError("contract") }
  /// How far a section of the pull has come (an offset, a page token): nil at its start. Stored with the ingested rows.
  package func progress(of section: String, in pull: Pull) throws -> String? { fatalError("contract") }
  /// Each call is one transaction: the rows, and the section's new progress. Rows that did not change are not written
  /// anew. A star or rating with an edit still in the outbox keeps the local value. Albums and artists that only tracks
  /// name are created from them.
  package func ingest(
    artists: [ArtistRecord] = [], albums: [AlbumRecord] = [], tracks: [TrackRecord] = [], in pull: Pull,
    progress: (section: String, value: String)? = nil
  ) throws { fatalError("contract") }
  /// Deletes what the pull has not seen, and counts.
  package func finishPull(_ pull: Pull) throws -> PullSummary { fatalError("contract") }
  /// Sets the stars of an origin to exactly these (getStarred2), but for those with an edit in the outbox.
  package func ingestStars(artists: [RemoteID], albums: [RemoteID], tracks: [RemoteID], from origin: Origin) throws {
    fatalError("contract")
  }
  /// The server's list as it is now. Left alone while the outbox holds an edit of it. Tracks unknown here are skipped.
  package func ingest(playlist: PlaylistRecord, tracks: [RemoteID], from origin: Origin) throws {
    fatalError("contract")
  }
  /// What the last ingest of each playlist carried: `remoteID` → (changed, track count), to see which to pull again.
  package func knownPlaylists(from origin: Origin) throws -> [RemoteID: (changed: Timestamp?, trackCount: Int)] {
    fatalError("contract")
  }
  /// Deletes the origin's playlists that the server no longer lists (not those still waiting to be created).
  package func removePlaylists(exceptRemoteIDs: Set<RemoteID>, from origin: Origin) throws { fatalError("contract") }
  /// Everything of an origin, gone: an account was removed.
  package func remove(_ origin: Origin) throws { fatalError("contract") }
}

// MARK: Edits. Each is one transaction: the local change and its row in the outbox (none for local items).

extension Catalogue {
  package func star(_ item: ItemID, _ on: Bool) throws { fatalError("contract") }
  package func rate(_ item: ItemID, _ rating: Int) throws { fatalError("contract") }
  /// Counts a play here and tells the server later.
  package func recordPlay(of track: TrackID, at time: Timestamp) throws { fatalError("contract") }
  package func createPlaylist(named name: String, tracks: [TrackID], on origin: Origin) throws -> PlaylistID {
    fatalError("contract")
  }
  /// nil leaves a value as it is.
  package func describePlaylist(_ id: PlaylistID, name: String? = nil, comment: String? = nil, isPublic: Bool? = nil)
    throws
  {
    fatalError("contract")
  }
  /// The whole new list: adding, removing and reordering are all this.
  package func setTracks(of playlist: PlaylistID, to tracks: [TrackID]) throws { fatalError("contract") }
  package func deletePlaylist(_ id: PlaylistID) throws { fatalError("contract") }
}

// MARK: The outbox, for the synchroniser.

/// An edit that waits, with what it needs to be sent.
package struct OutboxEntry: Hashable, Sendable {
  package let id: Int64
  package let server: ServerID
  package let edit: Edit
  package let attempts: Int
  /// Not nil: refused for good, with the reason; it is never sent again.
  package let refusal: String?
}

extension Catalogue {
  /// In the order they were made; dead ones are left out.
  package func pendingEdits(of server: ServerID, limit: Int) throws -> [OutboxEntry] { fatalError("contract") }
  package func deadEdits() throws -> [OutboxEntry] { fatalError("contract") }
  package func editSent(_ id: Int64) throws { fatalError("contract") }
  package func editPostponed(_ id: Int64) throws { fatalError("contract") }
  package func editRefused(_ id: Int64, reason: String) throws { fatalError("contract") }
  package func playlist(_ id: PlaylistID) throws -> Playlist? { fatalError("contract") }
  /// What the server called the playlist that was created from here.
  package func setRemoteID(_ remoteID: RemoteID, of playlist: PlaylistID) throws { fatalError("contract") }
  /// The server's names of a playlist's tracks, in order.
  package func trackRemoteIDs(of playlist: PlaylistID) throws -> [RemoteID] { fatalError("contract") }
}

// MARK: What is kept between runs.

extension Catalogue {
  /// A small value under a name: the saved session, the last synchronisation.
  package func value(_ name: String) throws -> String? { fatalError("contract") }
  package func setValue(_ value: String?, for name: String) throws { fatalError("contract") }
}
