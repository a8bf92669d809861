import SQLite

extension Schema {
  /// What a server's pages said when they last came: the digest of their bytes, and the rows that were made of them. A
  /// migration that wants everything asked for once more empties it.
  static let pages = Migration(
    "pages",
    sql: """
      CREATE TABLE page(
        origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
        section TEXT NOT NULL,
        start INTEGER NOT NULL,
        digest INTEGER NOT NULL,
        items INTEGER NOT NULL,
        announced INTEGER NOT NULL,
        rows BLOB NOT NULL,  -- ascending, as `TrackList` writes them
        PRIMARY KEY(origin, section, start)
      ) WITHOUT ROWID;
      """)
}
