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
    let (isWanted, ended) = takeAll(bytes)
    for index in ended { engine.saveSoon(key, serial, only: index) }
    return isWanted && engine.isWanted(key, serial, run)
  }

  /// Takes everything in before anything is stored: storing takes long, and what is not taken in would be asked for
  /// anew. Returns false when not everything was wanted, and the chunks that are to be stored.
  private func takeAll(_ bytes: UnsafeRawBufferPointer) -> (isWanted: Bool, ended: [Int]) {
    var rest = bytes[...]
    var chunks: [Int] = []
    while !rest.isEmpty {
      switch engine.take(UnsafeRawBufferPointer(rebasing: rest), key, serial, run) {
      case .took(let count, let ended):
        rest = rest.dropFirst(count)
        if let ended { chunks.append(ended) }
      case .needs(let index, let row): engine.bringBack(index, of: row, key, serial)
      case .stop: return (false, chunks)
      }
    }
    return (true, chunks)
  }

  func end(_ outcome: FetchOutcome) {
    engine.state.update { state in
      guard let fill = state.fill(key, serial) else { return }
      fill.fetches[run] = nil
      fill.note(fill.machine.ended(run, outcome, now: monotonicNow()))
    }
    engine.saveSoon(key, serial)
  }
}

extension CacheEngine {
  /// What became of arriving bytes.
  enum Arrival {
    /// So many were taken; `ended` is the chunk that is to be stored now.
    case took(Int, ended: Int?)
    /// Part of this chunk is only in the store: it is needed in memory first.
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
      if let row = fill.rowToBringBack(index) { return (.needs(index, row: row), false) }
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<Int(piece.upperBound - piece.lowerBound)])
      if isHeld {
        return (fill.compare(part, at: piece, run: run, now: now), true)
      }
      fill.put(part, at: piece, run: run, now: now)
      if fill.isDownload { state.downloads.arrived(part.count, now: now) }
      let hasEnded = piece.upperBound == Chunk.range(index).upperBound || fill.isWhole(index)
      return (.took(part.count, ended: hasEnded ? index : nil), fill.machine.isWaiting)
    }
    if isAwaited { state.update { _ in } }
    return arrival
  }

  /// Reads a chunk from the store into memory, to be added to or compared with.
  func bringBack(_ index: Int, of row: Int64, _ key: RenditionKey, _ serial: Int) {
    guard let settlings = state.withLock({ $0.fill(key, serial)?.settlings }) else { return }
    let found = store.chunk(index, of: row)
    // It will be asked for again.
    if case .busy = found { return }
    state.update { state in
      // When something was stored meanwhile, what was read may lack it: it is read again.
      guard let fill = state.fill(key, serial), fill.row?.id == row, fill.settlings == settlings else { return }
      if case .chunk(let chunk) = found { fill.buffers[index, default: ChunkBuffer()].fill(from: chunk) }
      fill.forgetUnknown(index)
    }
  }

  /// Whether the transfer should go on.
  func isWanted(_ key: RenditionKey, _ serial: Int, _ run: FillMachine.RunID) -> Bool {
    state.withLock { $0.fill(key, serial)?.machine.active == run }
  }
}

extension Fill {
  /// The row to read when bytes of the chunk are held, but not in memory.
  fileprivate func rowToBringBack(_ index: Int) -> Int64? {
    holdsUnknown(index) ? row?.id : nil
  }

  /// Whether `unknown` is not empty: asked for each arriving piece, so without making sets.
  private func holdsUnknown(_ index: Int) -> Bool {
    let chunk = Chunk.range(index)
    let known = buffers[index]?.known.ranges
    return machine.held.ranges.contains { held in
      let part = held.clamped(to: chunk)
      guard !part.isEmpty else { return false }
      let (start, end) = (Int(part.lowerBound - chunk.lowerBound), Int(part.upperBound - chunk.lowerBound))
      return !(known?.contains { $0.lowerBound <= start && end <= $0.upperBound } ?? false)
    }
  }

  /// What is held of a chunk without being in memory.
  private func unknown(_ index: Int) -> RangeSet<Int64> {
    machine.held.intersection(RangeSet(Chunk.range(index))).subtracting(known(index))
  }

  /// What neither memory nor the store has is missing.
  fileprivate func forgetUnknown(_ index: Int) {
    for range in unknown(index).ranges { machine.lost(range) }
  }

  /// Bytes that are held came again (a server without ranges begins at 0): equal ones are passed over; different ones
  /// mean another version.
  fileprivate func compare(
    _ bytes: UnsafeRawBufferPointer, at range: Range<Int64>, run: FillMachine.RunID, now: Duration
  ) -> CacheEngine.Arrival {
    let index = Chunk.index(of: range.lowerBound)
    let start = Int(range.lowerBound - Chunk.range(index).lowerBound)
    guard let buffer = buffers[index], buffer.runLength(from: start) >= bytes.count else {
      // The store was lost with what it held: nothing is left to compare with.
      forgetUnknown(index)
      return .took(0, ended: nil)
    }
    guard buffer.matches(bytes, at: start) else {
      note(machine.changed(now: now))
      return .stop
    }
    machine.arrived(run, range, isNew: false, now: now)
    // Nothing was added: the store has it.
    if range.upperBound == Chunk.range(index).upperBound, !unsaved.contains(index) { buffers[index] = nil }
    return .took(bytes.count, ended: nil)
  }
}
