import SQLite

/// The tables of the chunk database. No triggers: with them, SQLite keeps a journal for each statement, and storing a
/// chunk takes twice as long. What must change together is changed by one transaction in `ChunkStore`.
enum Schema {
  static let migrations = Migrations([
    Migration("first", sql: first), Migration("pins", sql: pins), Migration("facts", sql: facts),
  ])

  // Ids of renditions are never used twice (AUTOINCREMENT): a late write for one that is gone cannot reach another.
  private static let first = """
    CREATE TABLE renditions(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      server TEXT NOT NULL,
      track TEXT NOT NULL,
      name TEXT NOT NULL,
      size INTEGER,                          -- bytes; NULL until the server told
      validator TEXT,                        -- ETag or Last-Modified
      ranges INTEGER NOT NULL DEFAULT 1,     -- whether the server can begin anywhere
      announced INTEGER,                     -- the catalogue's size when the bytes came
      held INTEGER NOT NULL DEFAULT 0,       -- the sum of its chunks' lengths
      used INTEGER NOT NULL,                 -- number of the last play
      seek BLOB,                             -- a decoder's frame index
      complete INTEGER GENERATED ALWAYS AS (size IS NOT NULL AND held = size) VIRTUAL,
      UNIQUE(server, track, name)
    );
    CREATE INDEX renditions_by_use ON renditions(used);

    -- id: rendition << 20 | index. length: known bytes. spans: where they lie, NULL for one run from the start.
    CREATE TABLE chunks(
      id INTEGER PRIMARY KEY,
      checksum INTEGER NOT NULL,
      length INTEGER NOT NULL,
      spans TEXT,
      bytes BLOB NOT NULL
    );
    """

  // What the listener wants kept: its renditions are neither counted against the cap nor evicted. A pin outlives the
  // bytes it asks for; `renditions.pinned` repeats it where eviction looks.
  private static let pins = """
    CREATE TABLE pins(
      server TEXT NOT NULL,
      track TEXT NOT NULL,
      name TEXT NOT NULL,
      place INTEGER NOT NULL,           -- fetched in this order
      expected INTEGER,                 -- bytes, as the catalogue says
      failure TEXT,                     -- why fetching was given up; NULL: it was not
      PRIMARY KEY(server, track, name)
    ) WITHOUT ROWID;
    CREATE INDEX pins_by_place ON pins(place);
    ALTER TABLE renditions ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    DROP INDEX renditions_by_use;
    CREATE INDEX renditions_by_use ON renditions(pinned, used);
    """

  // Numbers by name: see `ChunkStore.Fact`. A stale rendition is of a file that the server has replaced since: it plays
  // until the new one is fetched.
  private static let facts = """
    CREATE TABLE facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    ALTER TABLE renditions ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;
    """
}
