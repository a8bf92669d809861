import SQLite

extension Schema {
  static let stations = Migration(
    "stations",
    sql: """
      CREATE TABLE station(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
        remote_id TEXT,  -- NULL until the server has given one
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        stream_url TEXT NOT NULL,
        home_page TEXT NOT NULL DEFAULT '',
        UNIQUE(origin, remote_id)
      );
      """)
}
