/// Who may have a transfer: bytes a reader waits for, then transfers that run for what is open, then the rest of what is
/// open, and only when none of these wants any, the first of what comes next.
enum FetchSchedule {
  static let slots = 2

  struct Candidate<Key: Hashable & Sendable>: Sendable {
    var key: Key
    var wish: FillMachine.Wish
    var isRunning: Bool
    /// nil for what a source is open on; else its place in the prefetch list.
    var place: Int?
  }

  static func permitted<Key>(_ candidates: [Candidate<Key>]) -> Set<Key> {
    let wishing = candidates.filter { $0.wish != .nothing }
    let open = wishing.filter { $0.place == nil }
    if open.isEmpty {
      return Set(wishing.min { $0.place! < $1.place! }.map { [$0.key] } ?? [])
    }
    let urgent = open.filter { $0.wish == .urgent }
    let running = open.filter { $0.wish != .urgent && $0.isRunning }
    let rest = open.filter { $0.wish != .urgent && !$0.isRunning }
    return Set((urgent + running + rest).prefix(slots).map(\.key))
  }
}
