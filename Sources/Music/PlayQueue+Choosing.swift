// Choosing what plays.

extension PlayQueue {
  private static let longestHistory = 1000

  /// Makes the entry the current one; false when it is not in the queue. In a shuffled queue it takes its turn now,
  /// wherever that was: nothing before it is left out, and nothing heard comes again before all were.
  @discardableResult
  package mutating func select(_ id: EntryID) -> Bool {
    guard let index = index(of: id) else { return false }
    guard index != currentIndex else { return true }
    if !takeOwed(id) {
      let place = lookup.places[index]
      if place == 0, placeToGoOn == order.count, currentIndex != nil, repeatMode != .off {
        round = []
      } else if isShuffled, place != placeToGoOn {
        bringForward(from: place)
      }
      frontier = nil
      owed = []
    }
    remember()
    currentIndex = index
    round.insert(id)
    return true
  }

  /// Goes on with this entry instead of the current one and those before it, which count as not heard: the order stays.
  package mutating func skip(to id: EntryID) {
    guard let index = index(of: id) else { return }
    if let current { round.remove(current.id) }
    if let place = owed.firstIndex(of: id) { owed.removeSubrange(...place) } else { forgetOwed() }
    currentIndex = index
    round.insert(id)
  }

  /// Makes what was heard before (`previous`) the current entry; false when there is nothing.
  @discardableResult
  package mutating func goBack() -> Bool {
    guard let target = previous, let index = index(of: target.id) else { return false }
    if heard.last == target.id { heard.removeLast() }
    if let current, frontier != nil {
      // It is to come again, as the others that were passed over.
      if current.id != frontier { owed.insert(current.id, at: 0) }
    } else if isShuffled, let currentIndex {
      moveInOrder(from: lookup.places[index], beforePlaceOf: currentIndex)
    }
    currentIndex = index
    round.insert(target.id)
    return true
  }

  /// Keeps the list, plays nothing of it: another round begins.
  package mutating func deselect() {
    remember()
    currentIndex = nil
    round = []
    forgetOwed()
  }

  /// These come after the current entry; then the order goes on from where it is now.
  package mutating func owe(_ ids: [EntryID]) {
    guard let current else { return }
    let fresh = ids.filter { index(of: $0) != nil && $0 != current.id && !owed.contains($0) }
    guard !fresh.isEmpty else { return }
    frontier = frontier ?? current.id
    owed += fresh
  }

  /// What stands between the current entry and this one in play order, the current one first: what is passed over when
  /// this one plays.
  package func passed(on theWayTo: EntryID) -> [EntryID] {
    guard let currentIndex, let end = index(of: theWayTo), end != currentIndex else { return [] }
    let between = owed.first == theWayTo ? [] : upcoming(entries.count).prefix { $0.id != theWayTo }.map(\.id)
    return [entries[currentIndex].id] + between
  }

  private mutating func remember() {
    guard let current else { return }
    heard.append(current.id)
    if heard.count > Self.longestHistory { heard.removeFirst(Self.longestHistory / 4) }
  }

  mutating func forgetOwed() {
    frontier = nil
    owed = []
  }

  private mutating func takeOwed(_ id: EntryID) -> Bool {
    guard let place = owed.firstIndex(of: id) else { return false }
    owed.remove(at: place)
    return true
  }

  /// Puts an entry, or in a queue shuffled by album it and what follows of its album, right behind what was played.
  private mutating func bringForward(from place: Int) {
    let index = order[place]
    var end = place + 1
    if shuffleMode == .albums, place > placeToGoOn, let key = entries[index].track.albumKey {
      while end < order.count, entries[order[end]].track.albumKey == key { end += 1 }
    }
    let block = Array(order[place..<end])
    let target = placeToGoOn
    order.removeSubrange(place..<end)
    order.insert(contentsOf: block, at: place < target ? target - block.count : target)
    notePlaces()
  }

  private mutating func moveInOrder(from place: Int, beforePlaceOf index: Int) {
    let target = lookup.places[index]
    guard place != target - 1, place != target else { return }
    let moved = order.remove(at: place)
    order.insert(moved, at: place < target ? target - 1 : target)
    notePlaces()
  }
}
