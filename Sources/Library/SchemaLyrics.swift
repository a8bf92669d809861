import SQLite

extension Schema {
  /// The words of tracks, so that they are there with no network. An empty text: there were none when it was asked.
  static let lyrics = Migration(
    "lyrics",
    sql: """
      CREATE TABLE lyrics(
        track INTEGER PRIMARY KEY REFERENCES track ON DELETE CASCADE,
        text TEXT NOT NULL,  -- LRC, or plain
        language TEXT NOT NULL,
        source TEXT NOT NULL,
        asked INTEGER NOT NULL,
        offset INTEGER NOT NULL DEFAULT 0  -- the listener's, in milliseconds
      );
      """)
}
