import Glibc
import SQLite
import Threading

/// Reads every cached chunk about once a month while the listener does nothing, and drops what is damaged, so that it is
/// fetched again before somebody wants to hear it.
///
/// It lives on a thread of its own, reads a few megabytes a second, only while nobody else wants the disk, and stops
/// between two chunks as soon as anything happens. It remembers where it was. It never fetches anything, reads on a
/// connection of its own, and holds the database's write lock only while it drops what it found.
package final class Inspection: Sendable {
  package struct Pace: Sendable {
    /// Chunks between two looks at whether to go on, and the rest after them: 4 MiB a second.
    package var chunks = 4
    package var rest = Duration.milliseconds(250)
    /// Nothing has happened for so long before it begins.
    package var leisure = Duration.seconds(120)
    /// From the end of a round to the next one's beginning.
    package var interval = Duration.seconds(30 * 86_400)

    package init() {}
  }

  private let cache: TrackCache
  private let pace: Pace
  /// Seconds since 1970.
  private let now: @Sendable () -> Int64
  /// How long nothing has happened; zero while something plays, or it is not wanted at all.
  private let leisure: @Sendable () -> Duration
  private let isStopping = Monitor(false)
  private let thread = Monitor<OSThread?>(nil)

  package init(
    of cache: TrackCache, pace: Pace = Pace(), now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) },
    leisure: @escaping @Sendable () -> Duration
  ) {
    self.cache = cache
    self.pace = pace
    self.now = now
    self.leisure = leisure
  }

  /// Begins to wait for leisure. Call it once.
  package func start() {
    thread.withLock { thread in
      thread = OSThread("inspection") { [self] in
        while case let time = wait(), !isOver(waiting: time) {
          // What was waited for is looked at anew.
          if time == .zero { inspect() }
        }
      }
    }
  }

  /// Ends within milliseconds. Call it before the cache is closed.
  package func stop() {
    isStopping.update { $0 = true }
    thread.withLock { $0.take() }?.join()
  }

  private func isOver(waiting time: Duration) -> Bool {
    isStopping.wait(timeout: time) { $0 ? true : nil } ?? isStopping.withLock { $0 }
  }

  /// Until the next look; zero when there is something to do now.
  private func wait() -> Duration {
    guard let facts = try? cache.engine.store.facts() else { return .seconds(3600) }
    if let ended = facts[.roundEnded], facts[.inspectedRow, default: 0] == 0 {
      // An end in the future was told by a clock that has been set back since: it says nothing.
      let due = ended <= now() ? .seconds(ended - now()) + pace.interval : .zero
      if due > .zero { return min(due, .seconds(6 * 3600)) }
    }
    if cache.isFetching { return pace.leisure }
    return max(.zero, pace.leisure - leisure())
  }

  /// Goes on where the last stretch ended, until something happens or the round is over.
  private func inspect() {
    var stretch = Stretch(cache.engine.store)
    do {
      let connection = try cache.engine.store.connectionForReading()
      repeat {
        let seen = try readingWhenIdle {
          try cache.engine.store.inspect(after: stretch.row, atMost: pace.chunks, on: connection)
        }
        guard let row = seen.row else {
          try cache.engine.store.noteRound(damaged: stretch.damaged, now: now())
          return cache.tellMended(stretch.found)
        }
        try cache.mend(seen)
        stretch.took(seen, upTo: row)
        if stretch.steps % 64 == 0 { try cache.engine.store.note(stretch.facts) }
      } while !isOver(waiting: pace.rest) && leisure() >= pace.leisure && !cache.isFetching
      try cache.engine.store.note(stretch.facts)
    } catch {
      cache.engine.noteInspectionFailure(error)
      _ = isOver(waiting: .seconds(60))
    }
    cache.tellMended(stretch.found)
  }

  /// A part of a round without an interruption.
  private struct Stretch {
    var row: Int64
    var bytes: Int64
    /// In the round; and in this stretch.
    var damaged: Int
    var found = 0
    var steps = 0

    init(_ store: ChunkStore) {
      let facts = (try? store.facts()) ?? [:]
      row = facts[.inspectedRow] ?? 0
      bytes = facts[.inspectedBytes] ?? 0
      damaged = Int(clamping: facts[.inspectedDamage] ?? 0)
    }

    mutating func took(_ seen: ChunkStore.Inspected, upTo last: Int64) {
      row = last
      bytes += seen.bytes
      damaged += seen.damaged.count
      found += seen.damaged.count
      steps += 1
    }

    var facts: [ChunkStore.Fact: Int64] {
      [.inspectedRow: row, .inspectedBytes: bytes, .inspectedDamage: Int64(damaged)]
    }
  }
}

extension TrackCache {
  /// Bytes are on their way, for whomever.
  var isFetching: Bool {
    engine.state.withLock { state in
      !state.downloads.active.isEmpty || state.fills.values.contains { $0.machine.active != nil }
    }
  }

  /// Drops damaged chunks, also for those who have their rendition open.
  fileprivate func mend(_ seen: ChunkStore.Inspected) throws {
    for id in seen.damaged {
      let (rendition, index) = (Chunk.rendition(ofRow: id), Chunk.index(ofRow: id))
      try engine.store.drop([index], of: rendition)
      engine.state.update { state in
        for fill in state.fills.values where fill.row?.id == rendition { fill.forgetStored(index) }
      }
    }
    try engine.store.recount(seen.miscounted)
  }

  /// Pins that lost something are fetched again.
  fileprivate func tellMended(_ count: Int) {
    guard count > 0 else { return }
    engine.renewDownloads()
    engine.onEvent(.mended(count))
  }
}

extension CacheEngine {
  /// Only a file that is no sound database any more is anybody's business.
  fileprivate func noteInspectionFailure(_ error: any Error) {
    if (error as? SQLiteError)?.isCorrupt == true { noteWriteFailure(error) }
  }
}
