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
///
/// Looking up an entry, and its neighbours in play order, takes the same time in a queue of any length; a change of the
/// list takes time in proportion to it.
package struct PlayQueue: Hashable, Sendable {
  package private(set) var entries: [QueueEntry] = []
  /// The entry being played, by position in `entries`.
  package private(set) var currentIndex: Int?
  package private(set) var isShuffled = false
  package var repeatMode = RepeatMode.off
  /// Play order as positions in `entries`: the identity unless shuffled. Always a permutation of `entries.indices`.
  private var order: [Int] = []
  private var lookup = Lookup()
  private var nextID = 1

  package init() {}
}

/// Where things stand, both ways round. It follows from the rest of the queue, so it takes no part in comparing queues.
private struct Lookup: Hashable {
  /// Positions in `entries`.
  var indices: [EntryID: Int] = [:]
  /// For each position in `entries`, its place in `order`.
  var places: [Int] = []

  static func == (a: Lookup, b: Lookup) -> Bool { true }
  func hash(into hasher: inout Hasher) {}
}

// MARK: Asking.

extension PlayQueue {
  package var current: QueueEntry? { currentIndex.map { entries[$0] } }

  /// The entry that follows the current one, in play order and with `repeatMode`; nil at the end.
  /// - Parameter skipping: a listener's "next" leaves a repeated track; the end of a track does not.
  package func next(skipping: Bool = false) -> QueueEntry? {
    guard let currentIndex else { return order.first.map { entries[$0] } }
    if repeatMode == .one && !skipping { return entries[currentIndex] }
    let place = lookup.places[currentIndex] + 1
    if place < order.count { return entries[order[place]] }
    return repeatMode == .off ? nil : order.first.map { entries[$0] }
  }

  /// The entry before the current one in play order; at the start, the last one when everything repeats.
  package var previous: QueueEntry? {
    guard let currentIndex else { return nil }
    let place = lookup.places[currentIndex]
    if place > 0 { return entries[order[place - 1]] }
    return repeatMode == .all ? order.last.map { entries[$0] } : nil
  }

  /// The entries after the current one in play order, at most `count`: what is worth fetching ahead.
  package func upcoming(_ count: Int) -> [QueueEntry] {
    order[placeAfterCurrent...].prefix(max(0, count)).map { entries[$0] }
  }

  package func index(of id: EntryID) -> Int? { lookup.indices[id] }

  /// With nothing current, the start.
  private var placeAfterCurrent: Int { currentIndex.map { lookup.places[$0] + 1 } ?? 0 }
}

// MARK: Choosing what plays.

extension PlayQueue {
  /// Makes the entry the current one; false when it is not in the queue. In a shuffled queue an entry whose turn was yet
  /// to come takes its turn now, so that those before it are still heard.
  @discardableResult
  package mutating func select(_ id: EntryID) -> Bool {
    guard let index = index(of: id) else { return false }
    if isShuffled, lookup.places[index] > placeAfterCurrent, id != previous?.id {
      order.insert(order.remove(at: lookup.places[index]), at: placeAfterCurrent)
      notePlaces()
    }
    currentIndex = index
    return true
  }

  /// Keeps the list, plays nothing of it.
  package mutating func deselect() { currentIndex = nil }

  /// Turns shuffle on (the current entry first, the rest in random order) or off (list order).
  package mutating func setShuffled(_ on: Bool, using random: inout some RandomNumberGenerator) {
    isShuffled = on
    order = Array(entries.indices)
    if on { shuffleOrder(using: &random) }
    notePlaces()
  }

  private mutating func shuffleOrder(using random: inout some RandomNumberGenerator) {
    order.shuffle(using: &random)
    guard let currentIndex, let place = order.firstIndex(of: currentIndex) else { return }
    order.swapAt(0, place)
  }
}

// MARK: Changing the list.

extension PlayQueue {
  /// Throws the list away and starts another; `select` chooses what plays. Shuffles it when shuffle is on.
  package mutating func replace(
    with tracks: [Track], startingAt start: Int? = nil, using random: inout some RandomNumberGenerator
  ) {
    entries = fresh(tracks)
    currentIndex = start.flatMap { entries.indices.contains($0) ? $0 : nil }
    lookup.indices = [:]
    noteIndices(from: 0)
    setShuffled(isShuffled, using: &random)
  }

  /// Adds at the end of the list; in a shuffled queue, somewhere after the current entry.
  package mutating func append(_ tracks: [Track], using random: inout some RandomNumberGenerator) {
    let start = entries.count
    entries += fresh(tracks)
    noteIndices(from: start)
    if isShuffled {
      let place = placeAfterCurrent
      let rest = order[place...]
      order.replaceSubrange(
        place..., with: mixed(rest, (start..<entries.count).shuffled(using: &random), using: &random))
    } else {
      order += start..<entries.count
    }
    notePlaces()
  }

  /// Adds right after the current entry, in the order given; with nothing current, at the end.
  package mutating func insertNext(_ tracks: [Track]) {
    let index = currentIndex.map { $0 + 1 } ?? entries.count
    let place = currentIndex == nil ? order.count : placeAfterCurrent
    entries.insert(contentsOf: fresh(tracks), at: index)
    order = order.map { $0 >= index ? $0 + tracks.count : $0 }
    order.insert(contentsOf: index..<(index + tracks.count), at: place)
    noteIndices(from: index)
    notePlaces()
  }

  /// Takes entries out. When the current one goes, `currentIndex` is nil: the caller decides what plays.
  package mutating func remove(_ ids: Set<EntryID>) {
    let indices = Set(ids.compactMap { index(of: $0) })
    guard !indices.isEmpty else { return }
    for id in ids { lookup.indices[id] = nil }
    // Where each entry that stays goes to.
    var target = 0
    let targets = entries.indices.map { index -> Int? in
      if indices.contains(index) { return nil }
      defer { target += 1 }
      return target
    }
    entries = entries.indices.filter { targets[$0] != nil }.map { entries[$0] }
    order = order.compactMap { targets[$0] }
    currentIndex = currentIndex.flatMap { targets[$0] }
    noteIndices(from: indices.min() ?? 0)
    notePlaces()
  }

  /// Moves one entry to another position of the list (positions before the move), keeping what plays. In a shuffled queue
  /// the play order stays as it is.
  package mutating func move(from source: Int, to target: Int) {
    guard entries.indices.contains(source), entries.indices.contains(target), source != target else { return }
    entries.insert(entries.remove(at: source), at: target)
    func moved(_ index: Int) -> Int {
      if index == source { return target }
      if index > source && index <= target { return index - 1 }
      return index < source && index >= target ? index + 1 : index
    }
    currentIndex = currentIndex.map(moved)
    if isShuffled { order = order.map(moved) }
    noteIndices(from: min(source, target), through: max(source, target))
    notePlaces()
  }

  package mutating func removeAll() { remove(Set(entries.map(\.id))) }

  private mutating func fresh(_ tracks: [Track]) -> [QueueEntry] {
    defer { nextID += tracks.count }
    return tracks.enumerated().map { QueueEntry(id: EntryID(nextID + $0.offset), track: $0.element) }
  }

  /// Both in their own order, each way of mixing them as likely as any other.
  private func mixed(
    _ old: ArraySlice<Int>, _ new: [Int], using random: inout some RandomNumberGenerator
  ) -> [Int] {
    var (old, new) = (old, new[...])
    var mixed: [Int] = []
    while let first = new.first {
      if Int.random(in: 0..<(old.count + new.count), using: &random) < new.count {
        mixed.append(first)
        new.removeFirst()
      } else {
        mixed.append(old.removeFirst())
      }
    }
    return mixed + old
  }

  private mutating func noteIndices(from start: Int, through end: Int? = nil) {
    for index in start..<(end.map { $0 + 1 } ?? entries.count) { lookup.indices[entries[index].id] = index }
  }

  private mutating func notePlaces() {
    lookup.places = Array(repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { lookup.places[index] = place }
  }
}
