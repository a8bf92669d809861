/// Names an entry of the queue for as long as it is in it: two entries may hold one track.
package struct EntryID: Hashable, Sendable, Codable {
  package let rawValue: Int
  package init(_ rawValue: Int) { self.rawValue = rawValue }
}

/// An element of the queue.
package struct QueueEntry: Hashable, Sendable, Identifiable {
  package let id: EntryID
  package var track: Track
  package init(id: EntryID, track: Track) {
    self.id = id
    self.track = track
  }
}

/// Off: list order. Albums: whole albums in random order, each in its own.
package enum ShuffleMode: String, Hashable, Sendable, Codable, CaseIterable { case off, tracks, albums }

package enum RepeatMode: String, Hashable, Sendable, Codable, CaseIterable { case off, all, one }

/// What plays next: a value. It knows nothing of sound, so that shuffle, repeat and undo never touch the engine.
///
/// Looking up an entry, and its neighbours in play order, takes the same time in a queue of any length; a change of the
/// list takes time in proportion to it.
package struct PlayQueue: Hashable, Sendable {
  package internal(set) var entries: [QueueEntry] = []
  /// The entry being played, by position in `entries`.
  package internal(set) var currentIndex: Int?
  package internal(set) var shuffleMode = ShuffleMode.off
  package var repeatMode = RepeatMode.off
  /// Play order as positions in `entries`: the identity unless shuffled. Always a permutation of `entries.indices`.
  /// Shuffled, what was played stands before the current entry, in the order in which it was.
  var order: [Int] = []
  /// What was current before, the oldest first; only entries of the queue.
  var heard: [EntryID] = []
  /// What was current since the last time that all were.
  var round: Set<EntryID> = []
  /// Passed over before, to be played before the order goes on behind `frontier`; empty while `frontier` is nil.
  var owed: [EntryID] = []
  /// How far the order was played when `owed` came between; nil: the current entry.
  var frontier: EntryID?
  var lookup = Lookup()
  var nextID = 1

  package init() {}
}

extension PlayQueue {
  /// Where things stand, both ways round. It follows from the rest of the queue, so it takes no part in comparing queues.
  struct Lookup: Hashable, Sendable {
    /// Positions in `entries`.
    var indices: [EntryID: Int] = [:]
    /// For each position in `entries`, its place in `order`.
    var places: [Int] = []
    /// Grows with each change of the list or its order.
    var revision = 0

    static func == (a: Lookup, b: Lookup) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
  }
}

// MARK: Asking.

extension PlayQueue {
  package var isShuffled: Bool { shuffleMode != .off }
  package var current: QueueEntry? { currentIndex.map { entries[$0] } }

  /// Differs from an earlier answer when the list or its order was changed since; what is current does not count.
  package var revision: Int { lookup.revision }

  /// The entry that follows the current one, in play order and with `repeatMode`; nil at the end.
  /// - Parameter skipping: a listener's "next" leaves a repeated track; the end of a track does not.
  package func next(skipping: Bool = false) -> QueueEntry? {
    guard let currentIndex else { return order.first.map { entries[$0] } }
    if repeatMode == .one && !skipping { return entries[currentIndex] }
    if let id = owed.first, let index = index(of: id) { return entries[index] }
    if placeToGoOn < order.count { return entries[order[placeToGoOn]] }
    return repeatMode == .off ? nil : order.first.map { entries[$0] }
  }

  /// What was heard before the current entry. With nothing heard, the one before it in play order; at the start, the
  /// last one when everything repeats.
  package var previous: QueueEntry? {
    if let id = heard.last, let index = index(of: id) { return entries[index] }
    guard let currentIndex else { return nil }
    let place = lookup.places[currentIndex]
    if place > 0 { return entries[order[place - 1]] }
    return repeatMode == .all ? order.last.map { entries[$0] } : nil
  }

  /// The entries after the current one in play order, at most `count`: what is worth fetching ahead.
  package func upcoming(_ count: Int) -> [QueueEntry] {
    let count = max(0, count)
    let first = owed.prefix(count).compactMap { index(of: $0) }
    let rest = order[min(placeToGoOn, order.count)...].prefix(count - first.count)
    return (first + rest).map { entries[$0] }
  }

  /// The first entries in play order: what a queue that repeats goes on with.
  package func start(_ count: Int) -> [QueueEntry] { order.prefix(max(0, count)).map { entries[$0] } }

  package func index(of id: EntryID) -> Int? { lookup.indices[id] }

  /// The place in play order behind what was played.
  var placeToGoOn: Int {
    let index = frontier.flatMap { self.index(of: $0) } ?? currentIndex
    return index.map { lookup.places[$0] + 1 } ?? order.prefix { round.contains(entries[$0].id) }.count
  }
}
