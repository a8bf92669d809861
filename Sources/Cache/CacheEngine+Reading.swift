import Audio
import Threading

extension CacheEngine {
  /// What a read can do now.
  enum Reading {
    case copied(Int, Age)
    /// The store has it.
    case stored(row: Int64, index: Int, Age)
    case wait
    case failed(ByteSourceError)
  }

  /// Whether bytes were held before this play, or came for it.
  enum Age { case old, fresh }

  /// Copies bytes that are in memory, or says where else they are. Any thread.
  func look(
    _ key: RenditionKey, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer, isCancelled: () -> Bool
  ) -> Reading {
    state.withLock { state in
      guard !isCancelled(), !state.isClosing, let fill = state.fills[key] else { return .failed(.cancelled) }
      guard fill.loading == .done || !fill.machine.held.isEmpty else { return .wait }
      return fill.look(at: offset, into: buffer)
    }
  }

  /// Asks for the byte at `offset` and blocks until it may be there; returns now and then to look again.
  func waitForByte(_ key: RenditionKey, _ offset: Int64, isCancelled: () -> Bool) {
    state.update { $0.fills[key]?.machine.want(offset, waiting: true) }
    _ = state.wait(timeout: .milliseconds(500)) { state -> Bool? in
      guard !isCancelled(), !state.isClosing, let fill = state.fills[key] else { return true }
      guard fill.loading == .done else { return nil }
      return fill.machine.verdict(at: offset) == .wait ? nil : true
    }
  }

  /// A chunk that should have been in the store was not, or was damaged.
  func lost(_ index: Int, of row: Int64, _ key: RenditionKey, isDamaged: Bool) {
    if isDamaged {
      attempt { try store.drop([index], of: row) }
      onEvent(.damaged(key))
    }
    state.update { state in
      guard let fill = state.fills[key], fill.row?.id == row else { return }
      fill.forgetStored(index)
    }
  }
}

extension Fill {
  fileprivate func look(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> CacheEngine.Reading {
    let verdict = machine.verdict(at: offset)
    if verdict != .wait { machine.want(offset, waiting: false) }
    switch verdict {
    case .end: return .copied(0, .fresh)
    case .wait: return .wait
    case .offline: return .failed(.offline)
    case .refused(let reason): return .failed(.refused(reason))
    case .held: break
    }
    machine.isServed = true
    let index = Chunk.index(of: offset)
    let start = Int(offset - Chunk.range(index).lowerBound)
    let age: CacheEngine.Age = heldBefore.contains(offset) ? .old : .fresh
    if let count = buffers[index]?.copy(from: start, into: buffer), count > 0 { return .copied(count, age) }
    guard let row else {
      // The store was lost with what it held.
      machine.lost(Chunk.range(index))
      return .wait
    }
    return .stored(row: row.id, index: index, age)
  }
}
