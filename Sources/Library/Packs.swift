package import Music
import SQLite

// What `dulcet pack` chose: pins of tracks that the next pack may take back.

extension Schema {
  static let packs = Migration("packs", sql: "ALTER TABLE pin ADD COLUMN is_packed INTEGER NOT NULL DEFAULT 0;")
}

extension Catalogue {
  /// Keeps these tracks here. What earlier packs chose and this one does not is not kept any more; pins that the listener
  /// made stay as they are.
  /// - Parameters:
  ///   - bitRate: in kbit/s; 0 for the files as the server holds them.
  ///   - keepsEarlier: what earlier packs chose stays.
  /// - Returns: how many tracks are not kept any more.
  package func pack(_ tracks: [TrackID], bitRate: Int = 0, keepsEarlier: Bool = false) throws -> Int {
    try database.transaction {
      let chosen = Set(tracks.map(\.rawValue))
      let packed = try database.rows("SELECT item FROM pin WHERE is_packed AND kind = 'track'") { $0.int64(0) }
      let gone = keepsEarlier ? [] : packed.filter { !chosen.contains($0) }
      for track in gone { try database.run("DELETE FROM pin WHERE is_packed AND kind = 'track' AND item = ?", track) }
      for track in tracks {
        try database.run(
          """
          INSERT INTO pin(kind, item, bit_rate, is_packed) VALUES('track', ?, ?, 1)
          ON CONFLICT(kind, item) DO UPDATE SET bit_rate = excluded.bit_rate WHERE is_packed
          """, track.rawValue, max(0, bitRate))
      }
      return gone.count
    }
  }
}
