import SQLite

extension Schema {
  /// What is to be kept here. `item` refers to the table that `kind` names; 0 where there is none.
  static let pins = Migration(
    "pins",
    sql: """
      CREATE TABLE pin(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        item INTEGER NOT NULL,
        bit_rate INTEGER NOT NULL DEFAULT 0,  -- kbit/s; 0: the file as it is
        UNIQUE(kind, item)
      );
      """)
}
