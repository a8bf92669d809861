import Audio
import Synchronization

/// Frees the decoder thread from a read that blocks, when it is wanted elsewhere.
///
/// Work has a turn, a number that grows; reads of an older turn than the wanted one end with `.cancelled`. Only a read
/// under way costs its source (`cancel` is for good); between two reads the turn alone is enough, and the source lives.
final class ReadGate: Sendable {
  private struct Present {
    var source: any ByteSource
    var turn: Int
    var isCancelled = false
  }

  private let wanted = Atomic(0)
  private let isReading = Atomic(false)
  private let present = Mutex<Present?>(nil)

  /// From now on only reads of `turn` go through. Any thread.
  func want(_ turn: Int) {
    wanted.store(turn, ordering: .sequentiallyConsistent)
    // Either this sees the read, or the read sees the new turn: both are sequentially consistent.
    guard isReading.load(ordering: .sequentiallyConsistent) else { return }
    let blocked: (any ByteSource)? = present.withLock { present in
      guard let source = present?.source, present?.turn != turn else { return nil }
      present?.isCancelled = true
      return source
    }
    blocked?.cancel()
  }

  func isWanted(_ turn: Int) -> Bool { wanted.load(ordering: .sequentiallyConsistent) == turn }

  /// The decoder thread reads from `source` now.
  func hold(_ source: any ByteSource, turn: Int) { present.withLock { $0 = Present(source: source, turn: turn) } }

  /// The decoder thread goes on with its source in another turn.
  /// - Returns: false when the source was cancelled.
  func keep(turn: Int) -> Bool {
    present.withLock { present in
      guard present != nil, present?.isCancelled == false else { return false }
      present?.turn = turn
      return true
    }
  }

  /// The decoder thread has no source any more.
  func letGo() { present.withLock { $0 = nil } }

  fileprivate func read(
    _ source: any ByteSource, turn: Int, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    isReading.store(true, ordering: .sequentiallyConsistent)
    defer { isReading.store(false, ordering: .sequentiallyConsistent) }
    guard isWanted(turn) else { throw .cancelled }
    return try source.read(at: offset, into: buffer)
  }
}

/// A source as the decoder sees it: read through the gate.
final class GatedSource: ByteSource {
  private let source: any ByteSource
  private let gate: ReadGate
  private let turn: Atomic<Int>

  init(_ source: any ByteSource, gate: ReadGate, turn: Int) {
    self.source = source
    self.gate = gate
    self.turn = Atomic(turn)
    gate.hold(source, turn: turn)
  }

  /// Goes on in another turn; false when the source was cancelled meanwhile.
  func keep(turn: Int) -> Bool {
    self.turn.store(turn, ordering: .relaxed)
    return gate.keep(turn: turn)
  }

  var size: Int64? { source.size }
  func cancel() { source.cancel() }
  func heldCount(from offset: Int64) -> Int64 { source.heldCount(from: offset) }
  var seekIndex: [UInt8]? {
    get { source.seekIndex }
    set { source.seekIndex = newValue }
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    try gate.read(source, turn: turn.load(ordering: .relaxed), at: offset, into: buffer)
  }
}
