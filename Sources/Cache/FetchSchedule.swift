/// Who may have a transfer: bytes a reader waits for, then transfers that run for what is open, then the rest of what is
/// open; only when none of these wants any, the first of what comes next, and downloads beside it.
enum FetchSchedule {
  static let slots = 2

  enum Rank: Hashable, Sendable {
    /// A source is open on it.
    case open
    /// Its place in the prefetch list.
    case next(Int)
    case download
  }

  struct Candidate<Key: Hashable & Sendable>: Sendable {
    var key: Key
    var wish: FillMachine.Wish
    var isRunning: Bool
    var rank: Rank
  }

  static func permitted<Key>(_ candidates: [Candidate<Key>], downloadSlots: Int) -> Set<Key> {
    let wishing = candidates.filter { $0.wish != .nothing }
    let open = wishing.filter { $0.rank == .open }
    if open.isEmpty { return whatComesNext(wishing, downloadSlots) }
    let urgent = open.filter { $0.wish == .urgent }
    let running = open.filter { $0.wish != .urgent && $0.isRunning }
    let rest = open.filter { $0.wish != .urgent && !$0.isRunning }
    return Set((urgent + running + rest).prefix(slots).map(\.key))
  }

  private static func whatComesNext<Key>(_ wishing: [Candidate<Key>], _ downloadSlots: Int) -> Set<Key> {
    var first: (place: Int, key: Key)?
    var downloads: [Key] = []
    for candidate in wishing {
      if case .next(let place) = candidate.rank {
        if place < first?.place ?? .max { first = (place, candidate.key) }
      } else {
        downloads.append(candidate.key)
      }
    }
    return Set(downloads.prefix(first == nil ? downloadSlots : downloadSlots - 1) + (first.map { [$0.key] } ?? []))
  }
}
