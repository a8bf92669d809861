// Random order.

extension PlayQueue {
  /// Turns shuffle on (what was heard in this round first, the current entry, then the rest in random order) or off
  /// (list order).
  package mutating func setShuffle(_ mode: ShuffleMode, using random: inout some RandomNumberGenerator) {
    shuffleMode = mode
    if mode == .off {
      order = Array(entries.indices)
    } else {
      forgetOwed()
      shuffleOrder(using: &random)
    }
    notePlaces()
  }

  private mutating func shuffleOrder(using random: inout some RandomNumberGenerator) {
    guard let current, let currentIndex else {
      order = mixed(Array(entries.indices), using: &random)
      return
    }
    var isPassed = entries.map { round.contains($0.id) && $0.id != current.id }
    if isPassed.count(where: { $0 }) == entries.count - 1 {
      round = [current.id]
      isPassed = entries.map { _ in false }
    }
    var rest = entries.indices.filter { !isPassed[$0] && $0 != currentIndex }
    var passed = entries.indices.filter { isPassed[$0] }
    var following: [Int] = []
    if shuffleMode == .albums, let key = current.track.albumKey {
      // The album goes on; what stands before the current entry in it counts as passed.
      let album = inAlbumOrder(rest.filter { entries[$0].track.albumKey == key } + [currentIndex])
      let parts = album.split(separator: currentIndex, maxSplits: 1, omittingEmptySubsequences: false)
      passed += parts[0]
      following = Array(parts[1])
      rest.removeAll { entries[$0].track.albumKey == key }
    }
    order = passed + [currentIndex] + following + mixed(rest, using: &random)
  }

  /// Positions in random order, by album where that is the mode.
  func mixed(_ indices: [Int], using random: inout some RandomNumberGenerator) -> [Int] {
    guard shuffleMode == .albums else { return indices.shuffled(using: &random) }
    return albums(of: indices).shuffled(using: &random).flatMap { $0 }
  }

  /// Both in their own order, each way of mixing them as likely as any other; by album, whole albums of the new ones
  /// between whole albums of the old.
  func mixed(_ old: [Int], _ new: [Int], using random: inout some RandomNumberGenerator) -> [Int] {
    var (oldParts, newParts) = (old.map { [$0] }, new.map { [$0] })
    if shuffleMode == .albums {
      oldParts = runs(of: old)
      newParts = albums(of: new)
      // The album that plays is not cut in two.
      if let key = current?.track.albumKey, let first = oldParts.first, entries[first[0]].track.albumKey == key {
        return first + merged(oldParts.dropFirst(), newParts.shuffled(using: &random)[...], using: &random)
      }
    }
    return merged(oldParts[...], newParts.shuffled(using: &random)[...], using: &random)
  }

  private func merged(
    _ old: ArraySlice<[Int]>, _ new: ArraySlice<[Int]>, using random: inout some RandomNumberGenerator
  ) -> [Int] {
    var (old, new) = (old, new)
    var merged: [Int] = []
    while let first = new.first {
      if Int.random(in: 0..<(old.count + new.count), using: &random) < new.count {
        merged += first
        new.removeFirst()
      } else {
        merged += old.removeFirst()
      }
    }
    return merged + old.flatMap { $0 }
  }

  /// Neighbours of one album, together.
  private func runs(of indices: [Int]) -> [[Int]] {
    var runs: [[Int]] = []
    for index in indices {
      let key = entries[index].track.albumKey
      if key != nil, let last = runs.last?.last, entries[last].track.albumKey == key {
        runs[runs.count - 1].append(index)
      } else {
        runs.append([index])
      }
    }
    return runs
  }

  /// All of one album together, each in its order; a track without an album stands alone.
  private func albums(of indices: [Int]) -> [[Int]] {
    var groups: [[Int]] = []
    var places: [AlbumKey: Int] = [:]
    for index in indices {
      if let key = entries[index].track.albumKey, let place = places[key] {
        groups[place].append(index)
      } else {
        if let key = entries[index].track.albumKey { places[key] = groups.count }
        groups.append([index])
      }
    }
    return groups.map(inAlbumOrder)
  }

  /// By disc and number where every track has one, else in list order.
  private func inAlbumOrder(_ indices: [Int]) -> [Int] {
    guard indices.allSatisfy({ entries[$0].track.trackNumber > 0 }) else { return indices.sorted() }
    return indices.sorted { a, b in
      let (one, two) = (entries[a].track, entries[b].track)
      return (one.discNumber, one.trackNumber, a) < (two.discNumber, two.trackNumber, b)
    }
  }
}

/// Which album a track belongs to.
struct AlbumKey: Hashable {
  var id: AlbumID?
  var name: String
  var artist: String
}

extension Track {
  /// nil when it belongs to none.
  var albumKey: AlbumKey? {
    if let albumID { return AlbumKey(id: albumID, name: "", artist: "") }
    return album.isEmpty ? nil : AlbumKey(id: nil, name: album, artist: albumArtist)
  }

  /// Whether both stand on one record.
  package func isOnSameAlbum(as other: Track) -> Bool { albumKey.map { $0 == other.albumKey } ?? false }
}
