/// The one door to cached tracks: gives byte sources, fetches what they miss, prefetches what comes next.
///
/// At most two transfers run at once; bytes a decoder waits for come first, then the rest of what is open, then the
/// prefetch list in order. All calls are safe from any thread; those marked *disk* read the database, the others never block.
package final class TrackCache: Sendable {
  package init(store: ChunkStore, fetcher: any RangeFetcher, onEvent: @escaping @Sendable (CacheEvent) -> Void) {
    fatalError("contract")
  }

  /// A source of its own for each caller; the bytes and the transfer behind it are shared by all of one key. While it
  /// lives, its rendition is not evicted, and what is missing is fetched. Open it before leaving it out of `prefetch`.
  /// - Parameter expectedSize: what the catalogue says; another value than when the bytes came means another file.
  package func source(for key: RenditionKey, expectedSize: Int64?) -> CachedSource { fatalError("contract") }

  /// What to fetch when nothing is more urgent, in this order, and not to evict. Replaces the previous list.
  package func prefetch(_ keys: [RenditionKey]) { fatalError("contract") }

  /// One for each key, in order. *Disk*: a microsecond or so each.
  package func status(of keys: [RenditionKey]) -> [Holding] { fatalError("contract") }

  /// Parts that are here, as fractions of the whole, ascending and apart; with what is arriving. Empty while the length
  /// is unknown.
  package func heldRanges(of key: RenditionKey) -> [Range<Double>] { fatalError("contract") }

  /// Offline: transfers stop, reading what is missing fails at once. Online again: everything goes on.
  package func setOnline(_ online: Bool) { fatalError("contract") }

  /// *Disk*.
  package func summary() -> CacheSummary { fatalError("contract") }

  /// Reads every chunk and drops the damaged ones. *Disk*, long: seconds for gigabytes.
  /// - Parameter progress: chunks done and in all; return false to stop.
  package func verify(progress: (Int, Int) -> Bool = { _, _ in true }) -> VerifyReport { fatalError("contract") }

  /// Deletes everything but what this process has open. *Disk*, long.
  package func clear() { fatalError("contract") }

  /// Stops transfers, stores what has come, ends the thread. Every read fails with `.cancelled` from here on.
  package func close() { fatalError("contract") }
}
