import SQLite

// What editing offline needs: what the server last held, what waits, and what was before.

extension Schema {
  static let playlistBase = Migration("playlist base") { database in
    try database.execute(bases + outboxFacts + bookmarks + history)
    // Lists from before have no base: they are pulled again at the next synchronisation, whatever their date.
    try database.execute("UPDATE playlist SET known_changed = NULL; UPDATE outbox SET is_uncertain = attempts > 0")
  }

  /// What a server last held of a list: the base of the next merge. `tracks` and `sent` are `SharedList`s: the server's
  /// names in order, and which of them stand in `playlist_track`.
  private static let bases = """
    CREATE TABLE playlist_base(
      playlist INTEGER PRIMARY KEY,  -- outlives a list that was deleted here until the server has heard of it
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      name TEXT NOT NULL,
      comment TEXT NOT NULL,
      is_public INTEGER NOT NULL,
      tracks BLOB NOT NULL,
      has_hidden INTEGER NOT NULL,  -- tracks that are unknown here
      sent BLOB  -- on its way, or arrived without an answer
    );

    """

  private static let outboxFacts = """
    ALTER TABLE outbox ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox ADD COLUMN tried INTEGER;
    ALTER TABLE outbox ADD COLUMN is_uncertain INTEGER NOT NULL DEFAULT 0;  -- it may have arrived
    ALTER TABLE outbox ADD COLUMN before INTEGER;   -- the star or rating that the server has
    ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT '';  -- the name of what it is about
    ALTER TABLE outbox ADD COLUMN sent TEXT;        -- of a creation: what was sent, to know it again
    ALTER TABLE outbox ADD COLUMN question TEXT;    -- only the listener can decide; it waits for that

    """

  private static let bookmarks = """
    CREATE TABLE bookmark(
      track INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE,
      position INTEGER NOT NULL,  -- in milliseconds
      comment TEXT NOT NULL,
      changed INTEGER NOT NULL
    );
    CREATE TABLE saved_queue(
      origin INTEGER PRIMARY KEY REFERENCES origin ON DELETE CASCADE,
      tracks BLOB NOT NULL,  -- a `TrackList`
      current INTEGER,
      position INTEGER NOT NULL,  -- in milliseconds
      changed INTEGER NOT NULL
    );

    """

  /// Changes of one `step` are undone together. For playlists `before` and `after` are versions, NULL where there was no
  /// list. No version of a playlist refers to it: it may be deleted, and come back.
  private static let history = """
    CREATE TABLE playlist_version(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      playlist INTEGER NOT NULL,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      made INTEGER NOT NULL,
      name TEXT NOT NULL,
      comment TEXT NOT NULL,
      is_public INTEGER NOT NULL,
      track_count INTEGER NOT NULL,
      tracks BLOB NOT NULL  -- a `TrackList`
    );
    CREATE INDEX playlist_version_playlist ON playlist_version(playlist, id);
    CREATE TABLE history(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      step INTEGER NOT NULL,
      state INTEGER NOT NULL DEFAULT 0,  -- 0 done, 1 undone, 2 undone and passed over by a later change
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      made INTEGER NOT NULL,
      item_kind TEXT NOT NULL,
      item INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      before INTEGER,
      after INTEGER,
      added INTEGER NOT NULL DEFAULT 0,
      removed INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX history_step ON history(step);
    CREATE INDEX history_state ON history(state, step);

    """
}
