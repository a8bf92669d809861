package import Music
import SQLite

/// What the catalogue holds of a track's words.
package struct KeptLyrics: Hashable, Sendable {
  /// nil: there were none.
  package var lyrics: Lyrics?
  package var asked: Timestamp
  /// The listener's: positive makes lines come earlier.
  package var offset: Duration
}

extension Catalogue {
  /// nil where nobody asked yet.
  package func lyrics(of track: TrackID) throws -> KeptLyrics? {
    try database.first(
      "SELECT text, language, source, asked, offset FROM lyrics WHERE track = ?", track.rawValue
    ) { row in
      let source = Lyrics.Source(rawValue: row.text(2)) ?? .server
      let lyrics = Lyrics(text: row.text(0), language: row.text(1), source: source)
      return KeptLyrics(
        lyrics: lyrics.isEmpty ? nil : lyrics, asked: Timestamp(seconds: row.int64(3)),
        offset: .milliseconds(row.int64(4)))
    }
  }

  /// Keeps a track's words, or that there are none; the listener's offset stays. A track that is gone is none to keep for.
  package func keep(_ lyrics: Lyrics?, of track: TrackID, asked: Timestamp) throws {
    try database.run(
      """
      INSERT INTO lyrics(track, text, language, source, asked)
      SELECT id, ?2, ?3, ?4, ?5 FROM track WHERE id = ?1
      ON CONFLICT(track) DO UPDATE SET text = excluded.text, language = excluded.language, source = excluded.source,
        asked = excluded.asked
      """, track.rawValue, lyrics?.text ?? "", lyrics?.language ?? "", (lyrics?.source ?? .server).rawValue,
      asked.seconds)
  }

  /// How much earlier the listener wants the lines of a track.
  package func setLyricsOffset(_ offset: Duration, of track: TrackID) throws {
    let milliseconds = offset.components.seconds * 1000 + offset.components.attoseconds / 1_000_000_000_000_000
    try database.run("UPDATE lyrics SET offset = ? WHERE track = ?", milliseconds, track.rawValue)
  }
}
