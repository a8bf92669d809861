import Threading

/// Where one transfer's bytes go. Lives on the network's thread.
final class FillSink: FetchSink {
  private let engine: CacheEngine
  private let key: RenditionKey
  private let serial: Int
  private let run: FillMachine.RunID

  init(engine: CacheEngine, key: RenditionKey, serial: Int, run: FillMachine.RunID) {
    self.engine = engine
    self.key = key
    self.serial = serial
    self.run = run
  }

  func begin(_ head: FetchHead) {
    engine.state.update { state in
      guard let fill = state.fill(key, serial) else { return }
      fill.note(fill.machine.began(run, head, now: monotonicNow()).actions)
    }
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let step = engine.take(UnsafeRawBufferPointer(rebasing: rest), key, serial, run)
      switch step {
      case .took(let count, let ended):
        rest = rest.dropFirst(count)
        if let ended { engine.save(key, serial, only: ended) }
      case .needs(let index, let row): engine.bringBack(index, of: row, key, serial)
      case .stop: return false
      }
    }
    return engine.isWanted(key, serial, run)
  }

  func end(_ outcome: FetchOutcome) {
    engine.state.update { state in
      guard let fill = state.fill(key, serial) else { return }
      fill.fetches[run] = nil
      fill.note(fill.machine.ended(run, outcome, now: monotonicNow()))
    }
    engine.save(key, serial)
  }
}

extension CacheEngine {
  /// What became of arriving bytes.
  enum Arrival {
    /// So many were taken; `ended` is the chunk that is to be stored now.
    case took(Int, ended: Int?)
    /// Part of this chunk is stored: it is needed in memory first.
    case needs(Int, row: Int64)
    case stop
  }

  /// Takes the first piece of what came: as much as lies in one chunk and is held, or is missing, as a whole.
  func take(_ bytes: UnsafeRawBufferPointer, _ key: RenditionKey, _ serial: Int, _ run: FillMachine.RunID) -> Arrival {
    let now = monotonicNow()
    let (arrival, isAwaited) = state.withLock { state -> (Arrival, Bool) in
      guard let fill = state.fill(key, serial) else { return (.stop, false) }
      let wanted = fill.machine.wanted(run, count: bytes.count)
      guard !wanted.isEmpty else { return (.stop, false) }
      let index = Chunk.index(of: wanted.lowerBound)
      let (piece, isHeld) = fill.machine.firstPiece(of: wanted.clamped(to: Chunk.range(index)))
      if let row = fill.rowToBringBack(index, isHeld: isHeld) { return (.needs(index, row: row), false) }
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<Int(piece.upperBound - piece.lowerBound)])
      if isHeld {
        return (fill.compare(part, at: piece, run: run, now: now), true)
      }
      fill.put(part, at: piece, run: run, now: now)
      let hasEnded = piece.upperBound == Chunk.range(index).upperBound || fill.isWhole(index)
      return (.took(part.count, ended: hasEnded ? index : nil), fill.machine.isWaiting)
    }
    if isAwaited { state.update { _ in } }
    return arrival
  }

  /// Reads a chunk from the store into memory, to be added to or compared with.
  func bringBack(_ index: Int, of row: Int64, _ key: RenditionKey, _ serial: Int) {
    let found = store.chunk(index, of: row)
    state.update { state in
      guard let fill = state.fill(key, serial), fill.row?.id == row, fill.buffers[index] == nil else { return }
      if case .chunk(let buffer) = found { fill.buffers[index] = buffer } else { fill.machine.lost(Chunk.range(index)) }
    }
  }

  /// Whether the transfer should go on.
  func isWanted(_ key: RenditionKey, _ serial: Int, _ run: FillMachine.RunID) -> Bool {
    state.withLock { $0.fill(key, serial)?.machine.active == run }
  }
}

extension Fill {
  /// The row to read when the chunk is partly or wholly stored and its bytes are needed in memory.
  fileprivate func rowToBringBack(_ index: Int, isHeld: Bool) -> Int64? {
    guard buffers[index] == nil, let row else { return nil }
    let range = Chunk.range(index)
    return isHeld || !machine.held.intersection(RangeSet(range)).isEmpty ? row.id : nil
  }

  /// Bytes that are held came again (a server without ranges begins at 0): equal ones are passed over; different ones
  /// mean another version.
  fileprivate func compare(
    _ bytes: UnsafeRawBufferPointer, at range: Range<Int64>, run: FillMachine.RunID, now: Duration
  ) -> CacheEngine.Arrival {
    let index = Chunk.index(of: range.lowerBound)
    let start = Int(range.lowerBound - Chunk.range(index).lowerBound)
    guard let buffer = buffers[index], buffer.holds(bytes, at: start) else {
      note(machine.changed(now: now))
      return .stop
    }
    machine.arrived(run, range, isNew: false, now: now)
    // Nothing was added: the store has it.
    if range.upperBound == Chunk.range(index).upperBound, !unsaved.contains(index) { buffers[index] = nil }
    return .took(bytes.count, ended: nil)
  }
}
