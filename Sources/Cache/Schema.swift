import SQLite

/// The tables of the chunk database. Totals are kept by triggers, so nothing is ever counted by a scan.
enum Schema {
  static let migrations = Migrations([Migration("first", sql: first)])

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
      held INTEGER NOT NULL DEFAULT 0,       -- bytes in chunks
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

    CREATE TABLE totals(
      id INTEGER PRIMARY KEY CHECK(id = 1),
      bytes INTEGER NOT NULL,
      whole INTEGER NOT NULL,
      partial INTEGER NOT NULL,
      plays INTEGER NOT NULL
    );
    INSERT INTO totals VALUES(1, 0, 0, 0, 0);

    CREATE TRIGGER chunk_came AFTER INSERT ON chunks BEGIN
      UPDATE renditions SET held = held + new.length WHERE id = new.id >> 20;
    END;
    CREATE TRIGGER chunk_grew AFTER UPDATE OF length ON chunks BEGIN
      UPDATE renditions SET held = held + new.length - old.length WHERE id = new.id >> 20;
    END;
    CREATE TRIGGER chunk_went AFTER DELETE ON chunks BEGIN
      UPDATE renditions SET held = held - old.length WHERE id = old.id >> 20;
    END;
    CREATE TRIGGER rendition_changed AFTER UPDATE OF held, size ON renditions BEGIN
      UPDATE totals SET
        bytes = bytes + new.held - old.held,
        whole = whole + new.complete - old.complete,
        partial = partial + (new.held > 0 AND NOT new.complete) - (old.held > 0 AND NOT old.complete);
    END;
    CREATE TRIGGER rendition_went AFTER DELETE ON renditions BEGIN
      UPDATE totals SET
        bytes = bytes - old.held,
        whole = whole - old.complete,
        partial = partial - (old.held > 0 AND NOT old.complete);
    END;
    """
}
