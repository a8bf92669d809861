/// Slows down the guessing of passwords: a pure table of recent failures by (address, user name).
///
/// After a few wrong sign-ins in a row every further attempt on that pair waits its turn, one a second, before it is even
/// looked at, right or wrong; so a guesser learns little and nobody else waits. No time passes inside: the caller waits.
struct Throttle {
  enum Verdict: Hashable {
    case now
    case after(Duration)
    /// Too many are waiting already.
    case refused
  }

  private struct Record {
    var failures = 0
    var last: Duration
    var nextTurn: Duration
    var waiting = 0
  }

  private enum Limits {
    static let freeFailures = 5
    static let interval = Duration.seconds(1)
    static let waiting = 8
    static let memory = Duration.seconds(300)
    static let records = 4096
  }

  private var records: [String: Record] = [:]

  /// What an attempt has to do first.
  /// - Parameter now: on any clock that never goes back.
  mutating func attempt(_ key: String, now: Duration) -> Verdict {
    guard var record = records[key], record.failures >= Limits.freeFailures, now - record.last < Limits.memory else {
      return .now
    }
    guard record.waiting < Limits.waiting else { return .refused }
    record.nextTurn = max(now, record.nextTurn) + Limits.interval
    record.waiting += 1
    records[key] = record
    return .after(record.nextTurn - now)
  }

  /// An attempt that had to wait has waited.
  mutating func waited(_ key: String) { records[key]?.waiting -= 1 }

  mutating func failed(_ key: String, now: Duration) {
    if records[key] == nil, records.count >= Limits.records { forget(now: now) }
    var record = records[key] ?? Record(last: now, nextTurn: now)
    if now - record.last >= Limits.memory { record.failures = 0 }
    record.failures += 1
    record.last = now
    records[key] = record
  }

  mutating func succeeded(_ key: String) {
    if let record = records[key], record.waiting == 0 { records[key] = nil } else { records[key]?.failures = 0 }
  }

  private mutating func forget(now: Duration) {
    records = records.filter { $0.value.waiting > 0 || now - $0.value.last < Limits.memory / 10 }
    if records.count >= Limits.records { records = records.filter { $0.value.waiting > 0 } }
  }
}
