// Changing the list as a whole: every other way of editing it comes down to this.

/// A place of a list that is to be.
package enum ListSlot: Hashable, Sendable {
  /// What stood at this position of the old list; named twice, it stands there twice.
  case old(Int)
  case new(Track)
}

extension PlayQueue {
  /// The list becomes this. What stays keeps its name, so that what plays goes on; when the current entry goes,
  /// `currentIndex` is nil and the caller decides what plays. Slots of positions that do not exist are left out.
  /// - Parameter order: play order as positions in the new list; without it, what stays keeps its order in a shuffled
  ///   queue, and what is new is mixed into what is still to come.
  package mutating func rebuild(
    _ slots: [ListSlot], order wanted: [Int]? = nil, using random: inout some RandomNumberGenerator
  ) {
    var targets = [Int?](repeating: nil, count: entries.count)
    var list: [QueueEntry] = []
    list.reserveCapacity(slots.count)
    var added: [Int] = []
    for slot in slots {
      switch slot {
      case .old(let position):
        guard entries.indices.contains(position) else { continue }
        if targets[position] == nil {
          targets[position] = list.count
          list.append(entries[position])
          continue
        }
        added.append(list.count)
        list += fresh([entries[position].track])
      case .new(let track):
        added.append(list.count)
        list += fresh([track])
      }
    }
    let gone = entries.indices.filter { targets[$0] == nil }.map { entries[$0].id }
    if !gone.isEmpty { forget(Set(gone)) }
    let behind = frontier.flatMap { index(of: $0) } ?? currentIndex
    let place = behind.map { lookup.places[$0] + 1 } ?? order.prefix { round.contains(entries[$0].id) }.count
    let passed = order[..<place].compactMap { targets[$0] }
    let coming = order[place...].compactMap { targets[$0] }
    currentIndex = currentIndex.flatMap { targets[$0] }
    entries = list
    lookup.indices = [:]
    noteIndices(from: 0)
    if let wanted, isShuffled, wanted.count == list.count, Set(wanted) == Set(list.indices) {
      order = wanted
    } else {
      order = isShuffled ? passed + mixed(coming, added, using: &random) : Array(list.indices)
    }
    notePlaces()
  }

  /// Adds before the entry at this position of the list, or at its end. In a shuffled queue they come, in their order,
  /// after the entry that they stand behind, or next when that was played already.
  package mutating func insert(_ tracks: [Track], at position: Int) {
    let index = max(0, min(position, entries.count))
    let start = placeToGoOn
    let place = isShuffled ? max(start, index > 0 ? lookup.places[index - 1] + 1 : 0) : index
    entries.insert(contentsOf: fresh(tracks), at: index)
    order = order.map { $0 >= index ? $0 + tracks.count : $0 }
    order.insert(contentsOf: index..<(index + tracks.count), at: place)
    currentIndex = currentIndex.map { $0 >= index ? $0 + tracks.count : $0 }
    noteIndices(from: index)
    notePlaces()
  }
}

// MARK: Going back

extension PlayQueue {
  /// The list and its order now.
  package func version(at place: KeptPlace) -> QueueVersion {
    QueueVersion(tracks: entries.map(\.track.id), order: isShuffled ? order.map(Int32.init) : [], place: place)
  }

  /// What the list has to become so that a change is taken back, and nothing else with it: what has changed since stays.
  package func plan(_ turn: HistoryReturn.Turn) -> QueuePlan {
    let now = entries.map(\.track.id)
    let isAsExpected = now == turn.from.tracks
    let wanted =
      isAsExpected ? turn.to.tracks : ListMerge.merge(base: turn.from.tracks, ours: turn.to.tracks, theirs: now)
    return QueuePlan(
      tracks: wanted, origins: ListMatching(from: now, to: wanted).origins, to: turn.to, isExact: isAsExpected,
      revision: revision)
  }

  /// Makes the list so. Tracks that are gone from the library are left out.
  /// - Returns: how many those are.
  package mutating func follow(
    _ plan: QueuePlan, tracks: [TrackID: Track], using random: inout some RandomNumberGenerator
  ) -> Int {
    let slots = plan.slots(tracks)
    let missing = plan.tracks.count - slots.count
    let isExact = plan.isExact && missing == 0
    if isExact { shuffleMode = plan.to.place.shuffleMode }
    rebuild(slots, order: isExact ? plan.to.order.map(Int.init) : nil, using: &random)
    return missing
  }
}

/// How a queue becomes what it was.
package struct QueuePlan: Hashable, Sendable {
  /// The list that is to be.
  let tracks: [TrackID]
  /// Where each stands now; nil for one that is to be brought back.
  let origins: [Int?]
  package let to: QueueVersion
  /// Nothing was changed in between.
  let isExact: Bool
  /// Of the queue that it was made for.
  package let revision: Int

  /// The list that is to be, without what is gone from the library.
  package func slots(_ known: [TrackID: Track]) -> [ListSlot] {
    tracks.indices.compactMap { position in
      if let origin = origins[position] { return .old(origin) }
      return known[tracks[position]].map { .new($0) }
    }
  }

  /// What has to be read from the library, each once.
  package var missing: [TrackID] {
    var seen: Set<TrackID> = []
    return tracks.indices.compactMap { origins[$0] == nil && seen.insert(tracks[$0]).inserted ? tracks[$0] : nil }
  }
}
