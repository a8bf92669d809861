import SQLite

/// The catalogue's tables.
///
/// `track`, `album` and `artist` rows belong to an origin, whose name for them is `remote_id`. Rows marked `invented` were
/// made from what tracks say, because neither a server nor a scan told of them: no server knows their `remote_id`.
/// The full-text tables hold no text of their own; whoever inserts a row adds it there (`indexRow`), triggers do the rest,
/// also when a foreign key deletes. `spelled` holds what FTS5 does not fold by itself (ø, ł, æ…).
/// The `seen_…` tables name what the running pull has met: marking a row costs a few bytes there instead of writing the
/// row anew.
enum Schema {
  static let migrations = Migrations(steps)
  static let steps = [
    Migration("catalogue", sql: origins + artists + albums + tracks + playlists + outbox + values + search),
    pins, replayGain, playlistBase, stations, queries, lyrics, session,
    queueVersions,
    views, plays, smartPlaylists, smartVersions, replacedFiles, packs, pages, searchMerging, orderOfPlays,
    orderOfYears, departed,
  ]

  private static let origins = """
    CREATE TABLE origin(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      server TEXT UNIQUE,  -- NULL is this computer
      generation INTEGER NOT NULL DEFAULT 0,
      is_pulling INTEGER NOT NULL DEFAULT 0,
      added INTEGER NOT NULL DEFAULT 0,
      changed INTEGER NOT NULL DEFAULT 0
    );
    INSERT INTO origin(id, server) VALUES (1, NULL);
    CREATE TABLE progress(
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      section TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY(origin, section)
    ) WITHOUT ROWID;
    CREATE TABLE seen_artist(id INTEGER PRIMARY KEY REFERENCES artist ON DELETE CASCADE);
    CREATE TABLE seen_track(id INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE);

    """

  private static let artists = """
    CREATE TABLE artist(
      id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: queues and edits remember ids
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      is_invented INTEGER NOT NULL,
      name TEXT NOT NULL,
      sort_key TEXT NOT NULL,
      spelled TEXT NOT NULL,
      cover_id TEXT,
      starred INTEGER,
      rating INTEGER NOT NULL DEFAULT 0,
      musicbrainz_id TEXT,
      UNIQUE(origin, remote_id)
    );
    CREATE INDEX artist_sort ON artist(origin, sort_key);
    CREATE INDEX artist_name ON artist(origin, name);
    CREATE INDEX artist_starred ON artist(starred) WHERE starred IS NOT NULL;

    """

  private static let albums = """
    CREATE TABLE album(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      is_invented INTEGER NOT NULL,
      name TEXT NOT NULL,
      sort_key TEXT NOT NULL,
      spelled TEXT NOT NULL,
      artist TEXT NOT NULL,
      artist_id INTEGER REFERENCES artist ON DELETE SET NULL,
      year INTEGER NOT NULL DEFAULT 0,
      genre TEXT NOT NULL DEFAULT '',
      cover_id TEXT,
      created INTEGER,
      starred INTEGER,
      rating INTEGER NOT NULL DEFAULT 0,
      musicbrainz_id TEXT,
      UNIQUE(origin, remote_id)
    );
    CREATE INDEX album_artist ON album(artist_id);
    CREATE INDEX album_sort ON album(origin, sort_key);
    CREATE INDEX album_created ON album(origin, created);
    CREATE INDEX album_year ON album(origin, year);
    CREATE INDEX album_starred ON album(starred) WHERE starred IS NOT NULL;

    """

  private static let tracks = """
    CREATE TABLE track(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      remote_id TEXT NOT NULL,
      title TEXT NOT NULL,
      artist TEXT NOT NULL,
      artist_id INTEGER REFERENCES artist ON DELETE SET NULL,
      album TEXT NOT NULL,
      album_id INTEGER REFERENCES album ON DELETE SET NULL,
      album_artist TEXT NOT NULL,
      track_number INTEGER NOT NULL,
      disc_number INTEGER NOT NULL,
      year INTEGER NOT NULL,
      genre TEXT NOT NULL,
      duration INTEGER NOT NULL,
      size INTEGER NOT NULL,
      bit_rate INTEGER NOT NULL,
      suffix TEXT NOT NULL,
      content_type TEXT NOT NULL,
      cover_id TEXT,
      path TEXT NOT NULL,
      stamp TEXT NOT NULL,
      created INTEGER,
      musicbrainz_id TEXT,
      spelled TEXT NOT NULL,
      starred INTEGER,
      rating INTEGER NOT NULL DEFAULT 0,
      play_count INTEGER NOT NULL DEFAULT 0,
      last_played INTEGER,
      UNIQUE(origin, remote_id)
    );
    CREATE INDEX track_origin ON track(origin);
    CREATE INDEX track_artist ON track(artist_id);
    CREATE INDEX track_album ON track(album_id, disc_number, track_number, duration);
    CREATE INDEX track_genre ON track(genre, origin, album_id);
    CREATE INDEX track_starred ON track(starred) WHERE starred IS NOT NULL;
    CREATE INDEX track_played ON track(album_id, play_count, last_played) WHERE play_count > 0;

    """

  private static let playlists = """
    CREATE TABLE playlist(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      remote_id TEXT,  -- NULL until the server has given one
      name TEXT NOT NULL,
      sort_key TEXT NOT NULL,
      comment TEXT NOT NULL DEFAULT '',
      owner TEXT NOT NULL DEFAULT '',
      is_public INTEGER NOT NULL DEFAULT 0,
      is_read_only INTEGER NOT NULL DEFAULT 0,
      created INTEGER,
      changed INTEGER,
      known_changed INTEGER,      -- as the last ingest carried it
      known_track_count INTEGER,  -- those that are unknown here too
      UNIQUE(origin, remote_id)
    );
    CREATE TABLE playlist_track(
      playlist INTEGER NOT NULL REFERENCES playlist ON DELETE CASCADE,
      position INTEGER NOT NULL,
      track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
      PRIMARY KEY(playlist, position)
    ) WITHOUT ROWID;
    CREATE INDEX playlist_track_track ON playlist_track(track);
    -- Lists deleted before the server named them: the creation may have been under way.
    CREATE TABLE forgotten_playlist(
      id INTEGER PRIMARY KEY,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE
    );

    """

  private static let outbox = """
    CREATE TABLE outbox(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
      kind TEXT NOT NULL,
      item_kind TEXT,
      item INTEGER,
      amount INTEGER,
      remote_id TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      refusal TEXT
    );
    CREATE INDEX outbox_item ON outbox(item, kind);

    """

  private static let values = """
    CREATE TABLE value(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    """

  private static let search = fullText("artist") + fullText("album") + fullText("track")

  /// The columns that search looks into.
  static let textColumns = [
    "artist": ["name", "spelled"],
    "album": ["name", "artist", "spelled"],
    "track": ["title", "artist", "album", "album_artist", "spelled"],
  ]

  /// Puts a new row into the full-text index; its rowid is bound. No trigger and no INSERT … SELECT: for those SQLite
  /// opens a savepoint, upon which FTS5 writes out what it holds in memory, and adding rows takes three times as long.
  static func indexRow(of table: String) -> String {
    let columns = textColumns[table, default: []]
    let values = columns.map { "(SELECT \($0) FROM \(table) WHERE id = ?1)" }.joined(separator: ", ")
    return "INSERT INTO \(table)_text(rowid, \(columns.joined(separator: ", "))) VALUES (?1, \(values))"
  }

  /// The same, where the texts are at hand: they are bound in the order of `textColumns`, after the rowid.
  static func indexText(of table: String) -> String {
    let columns = textColumns[table, default: []]
    let places = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
    return "INSERT INTO \(table)_text(rowid, \(columns.joined(separator: ", "))) VALUES (\(places))"
  }

  /// An external-content index over some columns of a table, and the triggers that keep it when rows change or go.
  private static func fullText(_ table: String) -> String {
    let columns = textColumns[table, default: []]
    let list = columns.joined(separator: ", ")
    let new = columns.map { "new." + $0 }.joined(separator: ", ")
    let old = columns.map { "old." + $0 }.joined(separator: ", ")
    let add = "INSERT INTO \(table)_text(rowid, \(list)) VALUES (new.id, \(new));"
    let drop = "INSERT INTO \(table)_text(\(table)_text, rowid, \(list)) VALUES ('delete', old.id, \(old));"
    return """
      CREATE VIRTUAL TABLE \(table)_text USING fts5(
        \(list), content='\(table)', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
      );
      CREATE TRIGGER \(table)_text_delete AFTER DELETE ON \(table) BEGIN \(drop) END;
      CREATE TRIGGER \(table)_text_update AFTER UPDATE OF \(list) ON \(table)
      WHEN (\(new)) IS NOT (\(old)) BEGIN \(drop) \(add) END;

      """
  }
}
