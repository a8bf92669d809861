/// Decides which missing bytes of one rendition to fetch, and what to make of the answers. Pure: it never touches a
/// clock, a thread, a network or a file; the fill that owns it feeds it and obeys what it returns.
///
/// One transfer is active at a time and covers one run of missing bytes. A transfer that was cancelled may still bring
/// bytes, which are as good as others, until it ends or the version changes.
struct FillMachine: Sendable {
  /// Thresholds, so that tests can choose theirs.
  struct Limits: Sendable {
    /// A wanted byte further than this ahead of the arriving ones is not waited for.
    var farSeek: Int64 = 512 << 10
    /// A gap begins with its first byte when the wanted one is no further in than this.
    var nearGap: Int64 = 64 << 10
    /// A cut transfer that brought at least this much is continued at once, others after a pause.
    var worthwhile: Int64 = 16 << 10
    var firstPause = Duration.seconds(1)
    var longestPause = Duration.seconds(30)
    /// Fruitless tries in a row after which readers are told.
    var tries = 3
    /// A reader waits at most this long for a byte of a transfer that brings none.
    var stall = Duration.seconds(30)
    /// What a stopped transfer may still bring is asked for anew only after its end, or after this long.
    var ending = Duration.seconds(1)
    /// Other versions in a row before the server is no longer believed.
    var restarts = 3

    init() {}
  }

  typealias RunID = Int

  /// What the owner must do.
  enum Action: Hashable, Sendable {
    /// Ask for bytes from `offset` up to `end` (nil: to the end), of this version only where a validator is given.
    case start(RunID, offset: Int64, end: Int64?, validator: String?)
    case cancel(RunID)
    /// Store what is known of the version now.
    case describe(Version)
    /// Forget every stored byte: they belong to another version.
    case discard
  }

  enum Phase: Hashable, Sendable {
    case working
    case pausing(until: Duration)
    case refused(String?)
    /// The server has another version; a reader is in the middle of this one.
    case outdated
  }

  enum Fault: Hashable, Sendable { case network, misfit }

  struct Run: Sendable {
    let asked: Int64
    /// Exclusive; nil: to the end.
    let end: Int64?
    /// Of the next byte to come.
    var position: Int64
    /// Bytes it brought that were missing.
    var gained: Int64 = 0
    var lastArrival: Duration
    var hasBegun = false
    /// When it was cancelled. Bytes on their way still come.
    var stopped: Duration?
  }

  let limits: Limits
  var version: Version
  var held: RangeSet<Int64>
  var phase = Phase.working
  /// Where the last read was, and whether a reader is blocked there.
  var demand: Int64 = 0
  var isWaiting = false
  /// A reader has bytes of this version.
  var isServed = false
  var isOnline = true
  /// With no store to write to, only this much ahead of the demand is fetched; nil: everything.
  var window: Int64?
  var runs: [RunID: Run] = [:]
  var active: RunID?
  var lastRun: RunID = 0
  /// No transfer is begun before this moment, because a stopped one ends where it would begin.
  var heldOff: Duration?
  var fruitless = 0
  var lastFault = Fault.network
  var restarts = 0
  /// Where a transfer of a server without ranges was cut last: twice at the same place is the end.
  var lastCut: Int64?

  init(version: Version = Version(), held: RangeSet<Int64> = RangeSet(), limits: Limits = Limits()) {
    self.version = version
    self.held = held
    self.limits = limits
  }

  var isComplete: Bool {
    guard let size = version.size else { return false }
    return gap(from: 0, below: size) == nil
  }

  /// In bytes.
  var heldCount: Int64 { held.ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }

  /// The share that is held; 0 while the length is unknown.
  var fraction: Double {
    guard let size = version.size, size > 0 else { return isComplete ? 1 : 0 }
    return Double(heldCount) / Double(size)
  }
}

extension FillMachine {
  /// The parts held, as fractions of the whole; empty while the length is unknown.
  var heldFractions: [Range<Double>] {
    guard let size = version.size, size > 0 else { return [] }
    return held.ranges.map { Double($0.lowerBound) / Double(size)..<min(1, Double($0.upperBound) / Double(size)) }
  }
}

// MARK: What readers ask.

extension FillMachine {
  enum Verdict: Hashable, Sendable {
    case held
    case end
    /// It may come: `want` it, and look again.
    case wait
    case offline
    case refused(String?)
  }

  /// What a read at `offset` can expect now.
  func verdict(at offset: Int64) -> Verdict {
    if held.contains(offset) { return .held }
    if let size = version.size, offset >= size { return .end }
    if offset >= Chunk.longest { return .end }
    switch phase {
    case .refused(let reason): return .refused(reason)
    case .outdated: return .refused("the file changed on the server")
    case .working, .pausing: break
    }
    if !isOnline { return .offline }
    let isArriving = active.flatMap { runs[$0] }?.hasBegun ?? false
    guard fruitless >= limits.tries, !isArriving else { return .wait }
    return lastFault == .network ? .offline : .refused("the server sent other bytes than were asked for")
  }

  mutating func want(_ offset: Int64, waiting: Bool) {
    demand = offset
    isWaiting = waiting
  }

  /// Somebody opens it anew: what failed is tried again at once.
  mutating func retry() {
    fruitless = 0
    restarts = 0
    switch phase {
    case .pausing, .refused: phase = .working
    case .working, .outdated: break
    }
  }

  /// No reader is left. A version that was played to its end is given up now.
  mutating func closed() -> [Action] {
    isWaiting = false
    isServed = false
    guard phase == .outdated else { return [] }
    phase = .working
    held = RangeSet()
    version = Version()
    return [.discard]
  }

  /// The transfer never began.
  mutating func abandon(_ id: RunID) {
    runs[id] = nil
    if active == id { active = nil }
  }

  /// These bytes were damaged, dropped or let go.
  mutating func lost(_ range: Range<Int64>) { held.remove(contentsOf: range) }
}

// MARK: What is missing.

extension FillMachine {
  var limit: Int64 { version.size ?? Chunk.longest }

  /// The first run of missing bytes at or after `start`.
  func gap(from start: Int64, below limit: Int64) -> Range<Int64>? {
    var start = start
    for range in held.ranges where range.upperBound > start {
      guard range.lowerBound <= start else { return start < limit ? start..<min(range.lowerBound, limit) : nil }
      start = range.upperBound
    }
    return start < limit ? start..<limit : nil
  }

  /// What to fetch next: what is missing from the demand on, then from the start.
  var nextGap: Range<Int64>? {
    guard let window else { return gap(from: demand, below: limit) ?? gap(from: 0, below: limit) }
    // Half a window is let pass before the next request, so that requests are not tiny.
    guard let gap = gap(from: demand, below: limit), gap.lowerBound - demand < window / 2 else { return nil }
    return gap.lowerBound..<min(gap.upperBound, demand + window)
  }

  /// Where missing bytes before `offset` begin.
  func gapStart(before offset: Int64) -> Int64 {
    held.ranges.last { $0.upperBound <= offset }?.upperBound ?? 0
  }

  /// Cuts `range` where held bytes begin or end: its first piece, and whether that is held.
  func firstPiece(of range: Range<Int64>) -> (piece: Range<Int64>, isHeld: Bool) {
    for held in held.ranges where held.upperBound > range.lowerBound {
      if held.lowerBound <= range.lowerBound {
        return (range.lowerBound..<min(held.upperBound, range.upperBound), true)
      }
      return (range.lowerBound..<min(held.lowerBound, range.upperBound), false)
    }
    return (range, false)
  }
}
