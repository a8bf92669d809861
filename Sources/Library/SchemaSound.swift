import SQLite

extension Schema {
  /// What the columns mean stands at `Track` and `ReplayGain`. Servers are asked for everything once more.
  static let replayGain = Migration(
    "replay gain",
    sql: """
      ALTER TABLE track ADD COLUMN sample_rate INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE track ADD COLUMN bit_depth INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE track ADD COLUMN channel_count INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE track ADD COLUMN track_gain REAL;
      ALTER TABLE track ADD COLUMN album_gain REAL;
      ALTER TABLE track ADD COLUMN track_peak REAL;
      ALTER TABLE track ADD COLUMN album_peak REAL;
      DELETE FROM value WHERE name LIKE 'synchronized:%';
      """)
}
