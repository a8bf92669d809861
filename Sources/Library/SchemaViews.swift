import SQLite

extension Schema {
  /// What the library's views are ordered by.
  static let views = Migration(
    "views",
    sql: """
      CREATE INDEX track_path ON track(origin, path);
      CREATE INDEX track_play_count ON track(play_count) WHERE play_count > 0;
      CREATE INDEX track_last_played ON track(last_played) WHERE last_played IS NOT NULL;
      CREATE INDEX album_genre ON album(genre, origin);
      """)

  /// The most played are sorted by their last play, too: no row needs to be looked up for it.
  static let orderOfPlays = Migration(
    "order of plays",
    sql: """
      DROP INDEX track_play_count;
      CREATE INDEX track_play_count ON track(play_count, last_played) WHERE play_count > 0;
      """)

  /// What is of a year is read off in the order in which it is shown, without its rows. Half a second with a quarter of a
  /// million tracks.
  static let orderOfYears = Migration(
    "order of years",
    sql: """
      DROP INDEX track_year;
      CREATE INDEX track_year ON track(year, album_id, disc_number, track_number, duration, id, origin) WHERE year > 0;
      DROP INDEX album_year;
      CREATE INDEX album_year ON album(origin, year, sort_key);
      """)

  /// Every listen, each once. What was heard before this was kept is known by its last time only.
  static let plays = Migration(
    "plays",
    sql: """
      CREATE TABLE play(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        track INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
        heard INTEGER NOT NULL
      );
      CREATE INDEX play_heard ON play(heard);
      CREATE INDEX play_track ON play(track);
      INSERT INTO play(track, heard)
      SELECT id, last_played FROM (
        SELECT id, last_played FROM track WHERE last_played IS NOT NULL ORDER BY last_played DESC LIMIT 1000)
      ORDER BY last_played;
      """)

  /// Searches that are kept as lists. They belong to no account: each is asked of whatever is in scope.
  static let smartPlaylists = Migration(
    "smart playlists",
    sql: """
      CREATE TABLE smart_playlist(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        query TEXT NOT NULL,
        changed INTEGER NOT NULL
      );
      """)

  /// How they once were: what a step of the history made of one, and of what. NULL in the history: there was none.
  static let smartVersions = Migration(
    "smart playlist versions",
    sql: """
      CREATE TABLE smart_version(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        pin_rate INTEGER  -- NULL where it was not kept on this computer
      );
      """)
}
