/// A rendition that the listener wants kept here for good.
package struct Pin: Hashable, Sendable {
  package var key: RenditionKey
  /// In bytes, as the catalogue says; nil where it does not.
  package var expectedSize: Int64?

  package init(key: RenditionKey, expectedSize: Int64? = nil) {
    self.key = key
    self.expectedSize = expectedSize
  }
}

/// What is pinned, and how far fetching it has come.
package struct DownloadReport: Hashable, Sendable {
  package struct Active: Hashable, Sendable {
    package var key: RenditionKey
    /// In bytes.
    package var held: Int64
    /// nil until the server told.
    package var size: Int64?
  }

  package struct Failure: Hashable, Sendable {
    package var key: RenditionKey
    /// The server's words, or ours.
    package var reason: String

    package init(key: RenditionKey, reason: String) {
      self.key = key
      self.reason = reason
    }
  }

  /// Pins in all, and those that are here entirely.
  package var count = 0
  package var whole = 0
  /// Held bytes of all pins.
  package var bytes: Int64 = 0
  /// What is still to come, as far as sizes are known.
  package var missingBytes: Int64 = 0
  package var active: [Active] = []
  /// In the order in which they are fetched.
  package var waiting: [RenditionKey] = []
  package var failures: [Failure] = []
  package var isPaused = false
  /// Over the last seconds.
  package var bytesPerSecond: Int64 = 0

  package init() {}

  /// nil while nothing comes.
  package var timeLeft: Duration? {
    bytesPerSecond > 0 ? .seconds(Double(missingBytes) / Double(bytesPerSecond)) : nil
  }
}

/// Which pins are being fetched, which wait, and what to do when one fails. Pure; guarded by the engine's lock.
struct Downloads {
  /// How many are fetched at once.
  var slots = 2
  var isPaused = false
  /// The next one last, so that taking it is cheap.
  private var stack: [RenditionKey] = []
  private(set) var active: [RenditionKey] = []
  /// Tries that ended with a silent or broken server while bytes of others came, by key.
  private var tries: [RenditionKey: Int] = [:]
  /// Tries in a row, of whichever key, that brought nothing.
  private var misses = 0
  /// Nothing is begun before this moment.
  private(set) var restsUntil: Duration?
  private(set) var meter = Meter()

  static let triesAtMost = 5
  private static let longestRest = Duration.seconds(240)

  var waiting: [RenditionKey] { stack.reversed() }

  /// Takes over a new list of what is missing. Returns those under way that are not wanted any more.
  mutating func replace(_ missing: [RenditionKey]) -> [RenditionKey] {
    let wanted = Set(missing)
    let gone = active.filter { !wanted.contains($0) }
    active.removeAll { !wanted.contains($0) }
    let underway = Set(active)
    stack = missing.reversed().filter { !underway.contains($0) }
    tries = tries.filter { wanted.contains($0.key) }
    return gone
  }

  /// Those to begin now.
  mutating func begin(now: Duration) -> [RenditionKey] {
    if let until = restsUntil {
      guard until <= now else { return [] }
      restsUntil = nil
    }
    var begun: [RenditionKey] = []
    while !isPaused, active.count < slots, let next = stack.popLast() {
      active.append(next)
      begun.append(next)
    }
    return begun
  }

  /// Everything came, or it was given up.
  mutating func end(_ key: RenditionKey) {
    active.removeAll { $0 == key }
    tries[key] = nil
  }

  /// The server was silent or broke off: others first. Returns false when it has been tried often enough.
  mutating func postpone(_ key: RenditionKey, now: Duration) -> Bool {
    active.removeAll { $0 == key }
    // Only where bytes of others came is this one to blame, and not the network.
    let isToBlame = misses == 0
    misses += 1
    if misses > slots {
      // Each round of fruitless tries doubles the rest: 2 s, 4 s…
      let doublings = min(misses - slots, 8)
      restsUntil = now + min(.seconds(1 << doublings), Self.longestRest)
    }
    if isToBlame { tries[key, default: 0] += 1 }
    guard tries[key, default: 0] < Self.triesAtMost else { return false }
    stack.insert(key, at: 0)
    return true
  }

  mutating func arrived(_ count: Int, now: Duration) {
    misses = 0
    meter.add(count, now: now)
  }

  /// Begins again at once.
  mutating func retry() {
    tries = [:]
    misses = 0
    restsUntil = nil
  }

  /// Bytes of the last few seconds.
  struct Meter {
    private static let span = 5
    private var buckets = Array(repeating: (second: Int64(-1), bytes: Int64(0)), count: span)

    mutating func add(_ count: Int, now: Duration) {
      let second = now.components.seconds
      let index = Int(second) % Self.span
      if buckets[index].second != second { buckets[index] = (second, 0) }
      buckets[index].bytes += Int64(count)
    }

    func rate(now: Duration) -> Int64 {
      let second = now.components.seconds
      return buckets.filter { $0.second > second - Int64(Self.span) }.reduce(0) { $0 + $1.bytes } / Int64(Self.span)
    }
  }
}
