/// What is held, in numbers: what `dulcet cache` prints.
package struct CacheSummary: Hashable, Sendable {
  /// What is held of one rendition, of what is pinned or of the rest.
  package struct Share: Hashable, Sendable {
    package var rendition: Rendition
    package var isPinned: Bool
    /// Held entirely, and in part.
    package var whole: Int
    package var partial: Int
    package var bytes: Int64
  }

  package var shares: [Share] = []
  /// How many bytes there may be of what is not pinned.
  package var cap: Int64 = 0
  /// Renditions that are to be kept.
  package var pinned = 0
  /// Bytes given to decoders, and those of them that were here before; since when, in seconds since 1970.
  package var played: Int64 = 0
  package var playedFromHere: Int64 = 0
  package var countedSince: Int64?
  /// Bytes that had to make room, ever.
  package var evicted: Int64 = 0
  package var inspection = InspectionReport()

  package init() {}

  package var whole: Int { shares.reduce(0) { $0 + $1.whole } }
  package var partial: Int { shares.reduce(0) { $0 + $1.partial } }
  package var bytes: Int64 { shares.reduce(0) { $0 + $1.bytes } }
  package var pinnedBytes: Int64 { shares.reduce(0) { $0 + ($1.isPinned ? $1.bytes : 0) } }
}

/// How far the cache has been read to see whether it is whole.
package struct InspectionReport: Hashable, Sendable {
  /// When everything had been read, in seconds since 1970; nil: never yet. And how many chunks were damaged then.
  package var ended: Int64?
  package var damaged = 0
  /// Of the round that is under way: bytes read, and chunks found damaged; nil between two rounds.
  package var readBytes: Int64?
  package var found = 0

  package init() {}
}

extension CacheSummary {
  mutating func take(_ facts: [ChunkStore.Fact: Int64]) {
    played = facts[.played] ?? 0
    playedFromHere = facts[.playedFromHere] ?? 0
    countedSince = facts[.countedSince]
    evicted = facts[.evicted] ?? 0
    inspection.ended = facts[.roundEnded]
    inspection.damaged = Int(clamping: facts[.roundDamage] ?? 0)
    guard facts[.inspectedRow, default: 0] > 0 else { return }
    inspection.readBytes = facts[.inspectedBytes]
    inspection.found = Int(clamping: facts[.inspectedDamage] ?? 0)
  }
}
