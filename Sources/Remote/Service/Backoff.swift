/// How long to wait before the next attempt: twice as long each time, up to a ceiling, and never all clients at once.
package struct Backoff: Hashable, Sendable {
  private let first: Duration
  private let ceiling: Duration
  private var failures = 0

  package init(first: Duration, ceiling: Duration) {
    self.first = first
    self.ceiling = ceiling
  }

  /// For edits that wait in the outbox.
  package static let outbox = Backoff(first: .seconds(1), ceiling: .seconds(240))
  /// For asking whether the server is back.
  package static let probe = Backoff(first: .seconds(2), ceiling: .seconds(60))

  /// Counts a failure.
  /// - Parameter jitter: 0…1, drawn by the caller; the wait is between half and the whole of its step.
  package mutating func next(jitter: Double) -> Duration {
    var step = first
    for _ in 0..<min(failures, 32) where step < ceiling { step *= 2 }
    failures += 1
    return min(step, ceiling) * (0.5 + min(max(jitter, 0), 1) / 2)
  }

  package mutating func reset() { failures = 0 }
}
