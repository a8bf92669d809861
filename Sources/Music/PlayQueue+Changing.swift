// Changing the list.

extension PlayQueue {
  /// Throws the list away and starts another; `select` chooses what plays. Shuffles it when shuffle is on.
  package mutating func replace(
    with tracks: [Track], startingAt start: Int? = nil, using random: inout some RandomNumberGenerator
  ) {
    entries = fresh(tracks)
    currentIndex = start.flatMap { entries.indices.contains($0) ? $0 : nil }
    heard = []
    round = Set([current?.id].compactMap(\.self))
    forgetOwed()
    lookup.indices = [:]
    noteIndices(from: 0)
    setShuffle(shuffleMode, using: &random)
  }

  /// Adds at the end of the list; in a shuffled queue, somewhere after the current entry.
  package mutating func append(_ tracks: [Track], using random: inout some RandomNumberGenerator) {
    let start = entries.count
    entries += fresh(tracks)
    noteIndices(from: start)
    if isShuffled {
      let place = placeToGoOn
      order.replaceSubrange(
        place..., with: mixed(Array(order[place...]), Array(start..<entries.count), using: &random))
    } else {
      order += start..<entries.count
    }
    notePlaces()
  }

  /// Adds right after the current entry, in the order given; with nothing current, at the end.
  package mutating func insertNext(_ tracks: [Track]) {
    let index = currentIndex.map { $0 + 1 } ?? entries.count
    let place = currentIndex.map { lookup.places[$0] + 1 } ?? order.count
    let fresh = fresh(tracks)
    entries.insert(contentsOf: fresh, at: index)
    order = order.map { $0 >= index ? $0 + tracks.count : $0 }
    order.insert(contentsOf: index..<(index + tracks.count), at: place)
    if let frontier, let last = fresh.last {
      owed.insert(contentsOf: fresh.map(\.id), at: 0)
      if frontier == current?.id { self.frontier = last.id }
    }
    noteIndices(from: index)
    notePlaces()
  }

  /// Takes entries out. When the current one goes, `currentIndex` is nil: the caller decides what plays.
  package mutating func remove(_ ids: Set<EntryID>) {
    let indices = Set(ids.compactMap { index(of: $0) })
    guard !indices.isEmpty else { return }
    forget(ids)
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

  mutating func forget(_ ids: Set<EntryID>) {
    heard.removeAll { ids.contains($0) }
    round.subtract(ids)
    owed.removeAll { ids.contains($0) }
    guard let frontier, ids.contains(frontier), let index = index(of: frontier) else { return }
    let before = order[..<lookup.places[index]].last { !ids.contains(entries[$0].id) }
    if let before { self.frontier = entries[before].id } else { forgetOwed() }
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

  /// Changes what is known of a track, wherever it stands; the list and its order stay as they are.
  package mutating func revise(_ id: TrackID, _ change: (inout Track) -> Void) {
    for index in entries.indices where entries[index].track.id == id { change(&entries[index].track) }
  }

  package mutating func removeAll() { remove(Set(entries.map(\.id))) }

  mutating func fresh(_ tracks: [Track]) -> [QueueEntry] {
    defer { nextID += tracks.count }
    return tracks.enumerated().map { QueueEntry(id: EntryID(nextID + $0.offset), track: $0.element) }
  }

  mutating func noteIndices(from start: Int, through end: Int? = nil) {
    for index in start..<(end.map { $0 + 1 } ?? entries.count) { lookup.indices[entries[index].id] = index }
  }

  /// After every change of `entries` or `order`.
  mutating func notePlaces() {
    lookup.revision += 1
    lookup.places = Array(repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { lookup.places[index] = place }
  }
}
