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

/// A track whose file on the server is another one than it was.
package struct ReplacedFile: Hashable, Sendable {
  package var server: ServerID
  package var track: RemoteID
  /// In bytes; 0 where the server does not say.
  package var size: Int64

  package init(server: ServerID, track: RemoteID, size: Int64) {
    self.server = server
    self.track = track
    self.size = size
  }
}

extension TrackCache {
  /// What is held of these tracks is of files that the server has replaced: it plays until the new ones are fetched,
  /// which is as soon as they are wanted and can come. *Disk*.
  /// - Returns: of how many tracks something is held; nil when the disk refused, and nothing was noted.
  package func markStale(_ files: [ReplacedFile]) -> Int? {
    var count = 0
    let isDone = engine.change { store in
      try store.write { transaction in
        for file in files {
          // What is as long as the new file came after the change.
          try transaction.connection.run(
            """
            UPDATE renditions SET stale = 1 WHERE server = ?1 AND track = ?2 AND held > 0 AND NOT stale
            AND NOT (name = 'raw' AND ?3 > 0 AND size IS ?3)
            """, file.server.rawValue, file.track, file.size)
          count += transaction.connection.changes > 0 ? 1 : 0
        }
      }
    }
    guard isDone else { return nil }
    if count > 0 { engine.renewDownloads() }
    return count
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
