package import Music
import SQLite
import Threading

// Several renditions of one track: a smaller one that was pinned stands in for the file itself where that cannot come.

extension TrackCache {
  /// What to open to hear a track: the rendition that is asked for, or, where it is not here and cannot come, the best
  /// that is here whole. *Disk* while offline.
  package func playable(_ key: RenditionKey) -> RenditionKey {
    if engine.state.withLock({ $0.isOnline }) { return key }
    guard status(of: [key]) != [.whole] else { return key }
    return engine.store.wholeRenditions(of: [key]).first?.value.best ?? key
  }

  /// Of which of these tracks some rendition is here whole, and whether one of those is pinned. *Disk*: an indexed row each.
  package func wholeInSomeForm(_ keys: [RenditionKey]) -> [RenditionKey: Bool] {
    engine.store.wholeRenditions(of: keys).mapValues(\.isPinned)
  }

  /// The best rendition that is here whole, for writing it elsewhere; nil where there is none. *Disk*.
  package func bestWhole(of key: RenditionKey) -> RenditionKey? { engine.store.wholeRenditions(of: [key])[key]?.best }

  /// The server names these tracks anew: their bytes and pins go by the new names. What has bytes under both keeps the
  /// new ones. *Disk*.
  package func rename(_ tracks: [(old: RemoteID, new: RemoteID)], of server: ServerID) {
    _ = engine.change { store in
      try store.write { transaction in
        for table in ["renditions", "pins"] {
          for (old, new) in tracks {
            try transaction.connection.run(
              "UPDATE OR IGNORE \(table) SET track = ? WHERE server = ? AND track = ?", new, server.rawValue, old)
          }
        }
      }
    }
    engine.renewDownloads()
  }
}

extension ChunkStore {
  struct WholeRendition {
    var best: RenditionKey
    var isPinned = false
  }

  /// By what was asked; those that have none are left out.
  func wholeRenditions(of keys: [RenditionKey]) -> [RenditionKey: WholeRendition] {
    let found = try? list { connection in
      try connection.snapshot {
        var result: [RenditionKey: WholeRendition] = [:]
        for key in keys {
          let rows = try connection.rows(
            "SELECT name, pinned FROM renditions WHERE server = ? AND track = ? AND complete", key.server.rawValue,
            key.track
          ) { (rendition: Rendition(named: $0.text(0)), isPinned: $0.bool(1)) }
          let held = rows.compactMap(\.rendition)
          guard let best = held.max(by: { $0.worth < $1.worth }) else { continue }
          result[key] = WholeRendition(
            best: RenditionKey(server: key.server, track: key.track, rendition: best),
            isPinned: rows.contains { $0.isPinned })
        }
        return result
      }
    }
    return found ?? [:]
  }
}

extension Rendition {
  /// Higher sounds better; the server's own choice is taken for its best.
  fileprivate var worth: Int {
    switch self {
    case .raw: .max
    case .mp3(0): 1000
    case .mp3(let bitRate): bitRate
    }
  }
}
