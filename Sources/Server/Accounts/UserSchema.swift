import SQLite

/// The tables of the server's own file. Tracks, albums and artists are called by the scan's lasting names, so that the
/// catalogue can be thrown away and made anew.
enum UserSchema {
  static let migrations = Migrations([
    Migration("users", sql: users + marks + playlists), Migration("stations", sql: stations),
    Migration("bookmarks and queues", sql: kept), Migration("identity", sql: identity),
  ])

  private static let users = """
    CREATE TABLE user(
      name TEXT PRIMARY KEY,
      secret BLOB NOT NULL,
      is_admin INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE api_key(
      hash BLOB PRIMARY KEY,
      user TEXT NOT NULL REFERENCES user ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX api_key_user ON api_key(user);

    """

  // Users of one run stand in no table, so nothing below refers to `user`.
  // `kind` is that of `Item.Kind`. A play is kept with its moment, so that telling it twice counts once.
  private static let marks = """
    CREATE TABLE mark(
      user TEXT NOT NULL,
      kind TEXT NOT NULL,
      item TEXT NOT NULL,
      starred INTEGER,
      rating INTEGER NOT NULL DEFAULT 0,
      play_count INTEGER NOT NULL DEFAULT 0,
      last_played INTEGER,
      PRIMARY KEY(user, kind, item)
    ) WITHOUT ROWID;
    CREATE TABLE play(
      user TEXT NOT NULL,
      track TEXT NOT NULL,
      time INTEGER NOT NULL,
      PRIMARY KEY(user, track, time)
    ) WITHOUT ROWID;

    """

  private static let playlists = """
    CREATE TABLE playlist(
      id TEXT PRIMARY KEY,
      owner TEXT NOT NULL,
      name TEXT NOT NULL,
      comment TEXT NOT NULL DEFAULT '',
      is_public INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL,
      changed INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX playlist_owner ON playlist(owner);
    CREATE TABLE playlist_track(
      playlist TEXT NOT NULL REFERENCES playlist ON DELETE CASCADE,
      position INTEGER NOT NULL,
      track TEXT NOT NULL,
      PRIMARY KEY(playlist, position)
    ) WITHOUT ROWID;

    """

  private static let stations = """
    CREATE TABLE station(
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      stream_url TEXT NOT NULL,
      home_page TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;

    """

  private static let kept = """
    CREATE TABLE bookmark(
      user TEXT NOT NULL,
      track TEXT NOT NULL,
      position INTEGER NOT NULL,  -- in milliseconds
      comment TEXT NOT NULL,
      created INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      PRIMARY KEY(user, track)
    ) WITHOUT ROWID;
    CREATE TABLE queue(
      user TEXT PRIMARY KEY,
      current INTEGER NOT NULL,   -- a place
      position INTEGER NOT NULL,  -- in milliseconds
      changed INTEGER NOT NULL,
      changed_by TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE queue_track(
      user TEXT NOT NULL,
      place INTEGER NOT NULL,
      track TEXT NOT NULL,
      PRIMARY KEY(user, place)
    ) WITHOUT ROWID;

    """

  /// What this server is known by at whichever address it is reached.
  private static let identity = """
    CREATE TABLE identity(id TEXT NOT NULL);
    INSERT INTO identity VALUES (lower(hex(randomblob(16))));

    """
}
