/// The queue as it is kept between runs: tracks by name, everything else by position in the list.
package struct KeptQueue: Hashable, Sendable {
  package var tracks: [TrackID]
  /// Play order; empty for list order.
  package var order: [Int32]
  /// What was current before, the oldest first.
  package var heard: [Int32]

  package init(tracks: [TrackID], order: [Int32] = [], heard: [Int32] = []) {
    self.tracks = tracks
    self.order = order
    self.heard = heard
  }
}

/// Where the music was, kept apart from the queue: it changes all the time.
package struct KeptPlace: Hashable, Sendable {
  /// The current entry's position in the list; nil when none is.
  package var index: Int?
  /// Its track, should the list be another by now.
  package var track: TrackID?
  package var position: Duration
  package var shuffleMode: ShuffleMode

  package init(index: Int?, track: TrackID?, position: Duration = .zero, shuffleMode: ShuffleMode = .off) {
    self.index = index
    self.track = track
    self.position = position
    self.shuffleMode = shuffleMode
  }
}

extension PlayQueue {
  /// What is to be kept of it.
  package var kept: KeptQueue {
    KeptQueue(
      tracks: entries.map(\.track.id), order: isShuffled ? order.map(Int32.init) : [],
      heard: heard.compactMap { index(of: $0).map(Int32.init) })
  }

  /// Brings a kept queue back without the tracks that are gone. Whatever was kept, what comes of it is sound.
  /// - Parameter tracks: those that still exist.
  package init(_ saved: KeptQueue, at place: KeptPlace?, tracks: [TrackID: Track]) {
    self.init()
    // For each position kept, its position now.
    var targets: [Int?] = []
    var kept: [Track] = []
    for id in saved.tracks {
      targets.append(tracks[id].map { _ in kept.count })
      if let track = tracks[id] { kept.append(track) }
    }
    entries = fresh(kept)
    noteIndices(from: 0)
    func target(_ position: Int32) -> Int? { targets.indices.contains(Int(position)) ? targets[Int(position)] : nil }

    shuffleMode = place?.shuffleMode ?? .off
    let order = saved.order.compactMap(target)
    let isSound = Set(order).count == entries.count && order.count == entries.count
    self.order = isShuffled && isSound ? order : Array(entries.indices)
    notePlaces()
    heard = saved.heard.compactMap(target).map { entries[$0].id }
    restore(place, saved, target)
  }

  private mutating func restore(_ place: KeptPlace?, _ saved: KeptQueue, _ target: (Int32) -> Int?) {
    guard let place, let track = place.track else { return }
    let atIndex = place.index.flatMap { saved.tracks.indices.contains($0) && saved.tracks[$0] == track ? $0 : nil }
    guard let position = atIndex ?? saved.tracks.firstIndex(of: track) else { return }
    currentIndex = target(Int32(position))
    round = Set(heard)
    guard let currentIndex else { return }
    round.insert(entries[currentIndex].id)
    if isShuffled { round.formUnion(order[...lookup.places[currentIndex]].map { entries[$0].id }) }
  }
}
