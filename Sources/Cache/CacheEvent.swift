/// What the cache tells the one who opened it. Called on the cache's or the network's thread: hand it on, do not block.
package enum CacheEvent: Hashable, Sendable {
  /// Nothing can be written (the disk is full, read-only or broken): playing goes on from memory. Said once, until
  /// writing works again.
  case diskFull
  /// A chunk did not match its checksum; it was dropped and will be fetched again.
  case damaged(RenditionKey)
  /// Inspecting the cache found so many damaged chunks; they were dropped.
  case mended(Int)
  /// Every byte of it is here.
  case completed(RenditionKey)
  /// A chunk more of it is here.
  case progress(RenditionKey)
  /// Made room for others.
  case evicted(RenditionKey)
  /// What is pinned, or how far it has come, changed.
  case downloads
  /// The file was no sound database: it was moved aside and begun anew.
  case rebuilt
}

/// How much of a rendition is held here.
package enum Holding: Hashable, Sendable {
  case none
  /// The share that is held, above 0 and below 1; 0 when the length is not known yet.
  case partial(Double)
  case whole
}

/// What `dulcet cache verify` found.
package struct VerifyReport: Hashable, Sendable {
  package var chunks = 0
  package var bytes: Int64 = 0
  /// Chunks that did not match their checksum; they are dropped.
  package var damaged = 0
  /// The file could not be read to its end, or it was stopped.
  package var isUnfinished = false

  package init() {}
}
