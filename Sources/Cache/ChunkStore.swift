/// contract
package final class ChunkStore: Sendable {
  package static let defaultCap: Int64 = 10 << 30
  /// Opens or creates the file; never fails: what cannot be opened is moved aside or done without (see `failure`).
  package init(path: String, cap: Int64 = ChunkStore.defaultCap) { fatalError("contract") }
  /// Why the file could not be opened; nil when all is well.
  package var failure: (any Error)? { nil }
  /// The most bytes to hold; lowering it evicts. Any thread.
  package func setCap(_ bytes: Int64) { fatalError("contract") }
}
