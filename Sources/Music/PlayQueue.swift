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

package enum RepeatMode: String, Hashable, Sendable, Codable, CaseIterable { case off, all, one }

/// What plays next: a value. It knows nothing of sound, so that shuffle, repeat and undo never touch the engine.
package struct PlayQueue: Hashable, Sendable {
  package private(set) var entries: [QueueEntry] = []
  /// The entry being played, by position in `entries`.
  package private(set) var currentIndex: Int?
  package private(set) var isShuffled = false
  package var repeatMode = RepeatMode.off
  /// Play order as positions in `entries`: the identity unless shuffled. Always a permutation of `entries.indices`.
  private var order: [Int] = []
  private var nextID = 1

  package init() {}
}

extension PlayQueue {
  package var current: QueueEntry? { currentIndex.map { entries[$0] } }

  /// The entry that follows the current one, in play order and with `repeatMode`; nil at the end.
  /// - Parameter skipping: a listener's "next" leaves a repeated track; the end of a track does not.
  package func next(skipping: Bool = false) -> QueueEntry? {
    guard let currentIndex else { return order.first.map { entries[$0] } }
    if repeatMode == .one && !skipping { return entries[currentIndex] }
    guard let place = order.firstIndex(of: currentIndex) else { return nil }
    if place + 1 < order.count { return entries[order[place + 1]] }
    return repeatMode == .off ? nil : order.first.map { entries[$0] }
  }

  /// The entry before the current one in play order; at the start, the last one when everything repeats.
  package var previous: QueueEntry? {
    guard let currentIndex, let place = order.firstIndex(of: currentIndex) else { return nil }
    if place > 0 { return entries[order[place - 1]] }
    return repeatMode == .all ? order.last.map { entries[$0] } : nil
  }

  /// The entries after the current one in play order, at most `count`: what is worth fetching ahead.
  package func upcoming(_ count: Int) -> [QueueEntry] {
    guard let currentIndex, let place = order.firstIndex(of: currentIndex) else {
      return order.prefix(count).map { entries[$0] }
    }
    return order[(place + 1)...].prefix(count).map { entries[$0] }
  }

  package func index(of id: EntryID) -> Int? { entries.firstIndex { $0.id == id } }
}

extension PlayQueue {
  /// Makes the entry the current one; false when it is not in the queue.
  @discardableResult
  package mutating func select(_ id: EntryID) -> Bool {
    guard let index = index(of: id) else { return false }
    currentIndex = index
    return true
  }

  /// Keeps the list, plays nothing of it.
  package mutating func deselect() { currentIndex = nil }

  /// Throws the list away and starts another; `select` chooses what plays. Shuffles it when shuffle is on.
  package mutating func replace(
    with tracks: [Track], startingAt start: Int? = nil, using random: inout some RandomNumberGenerator
  ) {
    entries = []
    order = []
    currentIndex = nil
    append(tracks, using: &random)
    if let start, entries.indices.contains(start) { currentIndex = start }
    if isShuffled { shuffleOrder(using: &random) }
  }

  /// Adds at the end of the list; in a shuffled queue, somewhere after the current entry.
  package mutating func append(_ tracks: [Track], using random: inout some RandomNumberGenerator) {
    for track in tracks {
      entries.append(QueueEntry(id: EntryID(nextID), track: track))
      nextID += 1
      let first = isShuffled ? placeAfterCurrent : order.count
      order.insert(entries.count - 1, at: isShuffled ? Int.random(in: first...order.count, using: &random) : first)
    }
  }

  /// Adds right after the current entry, in the order given.
  package mutating func insertNext(_ tracks: [Track]) {
    let at = currentIndex.map { $0 + 1 } ?? entries.count
    let place = placeAfterCurrent
    let fresh = tracks.enumerated().map { QueueEntry(id: EntryID(nextID + $0.offset), track: $0.element) }
    nextID += fresh.count
    entries.insert(contentsOf: fresh, at: at)
    order = order.map { $0 >= at ? $0 + fresh.count : $0 }
    order.insert(contentsOf: at..<(at + fresh.count), at: currentIndex == nil ? order.count : place)
  }

  /// Takes entries out. When the current one goes, `currentIndex` is nil: the caller decides what plays.
  package mutating func remove(_ ids: Set<EntryID>) {
    let currentID = current?.id
    let kept = entries.indices.filter { !ids.contains(entries[$0].id) }
    var moved: [Int: Int] = [:]
    for (new, old) in kept.enumerated() { moved[old] = new }
    entries = kept.map { entries[$0] }
    order = order.compactMap { moved[$0] }
    currentIndex = currentID.flatMap { index(of: $0) }
  }

  /// Moves one entry to another position of the list (positions before the move), keeping what plays.
  package mutating func move(from source: Int, to target: Int) {
    guard entries.indices.contains(source), entries.indices.contains(target), source != target else { return }
    let currentID = current?.id
    let ordered = order.map { entries[$0].id }
    entries.insert(entries.remove(at: source), at: target)
    currentIndex = currentID.flatMap { index(of: $0) }
    if isShuffled {
      let places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($0.element.id, $0.offset) })
      order = ordered.compactMap { places[$0] }
    }
  }

  package mutating func removeAll() { remove(Set(entries.map(\.id))) }

  /// Turns shuffle on (the current entry first, the rest in random order) or off (list order).
  package mutating func setShuffled(_ on: Bool, using random: inout some RandomNumberGenerator) {
    isShuffled = on
    if on { shuffleOrder(using: &random) } else { order = Array(entries.indices) }
  }

  private var placeAfterCurrent: Int {
    guard let currentIndex, let place = order.firstIndex(of: currentIndex) else { return isShuffled ? 0 : order.count }
    return place + 1
  }

  private mutating func shuffleOrder(using random: inout some RandomNumberGenerator) {
    var rest = entries.indices.filter { $0 != currentIndex }
    rest.shuffle(using: &random)
    order = (currentIndex.map { [$0] } ?? []) + rest
  }
}
