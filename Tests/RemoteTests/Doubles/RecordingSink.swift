import Cache
import Threading

/// What a fetch brought.
struct StreamRecord: Sendable {
  var head: FetchHead?
  var bytes: [UInt8] = []
  var outcomes: [FetchOutcome] = []
}

/// Keeps what a fetch brings.
final class RecordingSink: FetchSink {
  private let record = Monitor(StreamRecord())
  private let limit: Int

  /// - Parameter limit: after so many bytes it wants no more.
  init(limit: Int = .max) { self.limit = limit }

  func begin(_ head: FetchHead) { record.update { $0.head = head } }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    record.update {
      $0.bytes.append(contentsOf: bytes)
      return $0.bytes.count < limit
    }
  }

  func end(_ outcome: FetchOutcome) { record.update { $0.outcomes.append(outcome) } }

  func waitForEnd() -> StreamRecord {
    record.wait(timeout: .seconds(20)) { $0.outcomes.isEmpty ? nil : $0 } ?? record.withLock { $0 }
  }

  func waitForBytes() -> Bool { record.wait(timeout: .seconds(20)) { $0.bytes.isEmpty ? nil : true } ?? false }
}
