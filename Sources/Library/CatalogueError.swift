package import Music

/// What a catalogue refuses, beyond the errors of its file (`SQLiteError`, `NewerSchemaError`, `MigrationError`).
package enum CatalogueError: Error, Hashable, Sendable {
  /// The pull was finished, or another began since: nothing was written.
  case stalePull
  case noSuchPlaylist(PlaylistID)
  case noSuchStation(StationID)
  /// Its owner, or the server, does not let it be changed.
  case readOnlyPlaylist(PlaylistID)
  /// A server's playlist holds that server's tracks only; these are not its own.
  case foreignTracks([TrackID])
  /// Nobody waits for the answer any more. See `Catalogue.reading(unless:)`.
  case overtaken
}
