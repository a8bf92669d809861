import Threading

/// While one lives, its rendition is not evicted. Any thread.
final class Lease: Sendable {
  private let ledger: LeaseLedger
  private let rendition: Int64

  init(of rendition: Int64, in ledger: LeaseLedger) {
    self.ledger = ledger
    self.rendition = rendition
    ledger.take(rendition)
  }

  deinit { ledger.giveBack(rendition) }
}

/// Which renditions are leased in this process, and how often.
final class LeaseLedger: Sendable {
  private let counts = Monitor<[Int64: Int]>([:])

  var leased: Set<Int64> { counts.withLock { Set($0.keys) } }

  fileprivate func take(_ rendition: Int64) { counts.withLock { $0[rendition, default: 0] += 1 } }

  fileprivate func giveBack(_ rendition: Int64) {
    counts.withLock { counts in
      let left = (counts[rendition] ?? 1) - 1
      counts[rendition] = left > 0 ? left : nil
    }
  }
}
