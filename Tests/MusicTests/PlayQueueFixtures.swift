import Music

/// Chance that is the same in each run.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0x9E37_79B9_7F4A_7C15
  }
}

func tracks(_ range: ClosedRange<Int>) -> [Track] {
  range.map { Track(id: TrackID(Int64($0)), origin: .local, remoteID: "\($0)", title: "\($0)") }
}

/// A queue of tracks named 1, 2, 3…, of which one may be current.
func queue(_ count: Int, current: Int? = nil, shuffled: Bool = false, seed: UInt64 = 1) -> PlayQueue {
  var dice = Dice(state: seed)
  var queue = PlayQueue()
  queue.replace(with: count == 0 ? [] : tracks(1...count), startingAt: current.map { $0 - 1 }, using: &dice)
  if shuffled { queue.setShuffle(.tracks, using: &dice) }
  return queue
}

extension PlayQueue {
  /// The titles, as numbers.
  var list: [Int] { entries.map { Int($0.track.title)! } }
  var now: Int? { current.map { Int($0.track.title)! } }
  func title(_ entry: QueueEntry?) -> Int? { entry.map { Int($0.track.title)! } }
  func entry(_ title: Int) -> EntryID { entries.first { $0.track.title == "\(title)" }!.id }

  /// What is heard from the current entry (or the start) to the end, once around at most.
  var heard: [Int] {
    var queue = self
    queue.repeatMode = .off
    var heard = queue.now.map { [$0] } ?? []
    while let next = queue.next(skipping: true) {
      queue.select(next.id)
      heard.append(queue.now!)
    }
    return heard
  }
}
