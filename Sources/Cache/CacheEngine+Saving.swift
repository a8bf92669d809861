import Threading

// Storing what came: behind the network's thread as each chunk ends, on the engine's when a rendition comes to rest.

/// Something of a fill that is to be stored.
struct Unsaved: Sendable {
  var key: RenditionKey
  var serial: Int
  /// The chunk; nil: every one that is not stored.
  var index: Int?
}

extension CacheEngine {
  private struct Batch {
    let key: RenditionKey
    let serial: Int
    var row: Fill.Row
    /// Not nil when the row does not say it yet.
    var version: Version?
    var chunks: [(index: Int, buffer: ChunkBuffer)]
  }

  /// `save`, as soon as the disk has taken what came before. Blocks while that is much. The network's thread.
  func saveSoon(_ key: RenditionKey, _ serial: Int, only index: Int? = nil) {
    state.withLock { $0.fill(key, serial)?.backlogged += 1 }
    backlog.add(Unsaved(key: key, serial: serial, index: index))
  }

  /// What waited together. The backlog's thread.
  func saveBacklog(_ group: [Unsaved]) {
    save(group)
    state.update { state in
      for part in group { state.fill(part.key, part.serial)?.backlogged -= 1 }
    }
  }

  /// What storing took of memory is kept for what comes next, but not when nothing does.
  func giveMemoryBack() {
    state.withLock { $0.spare.release() }
    store.releaseMemory()
  }

  func save(_ key: RenditionKey, _ serial: Int) {
    if save([Unsaved(key: key, serial: serial)]) { giveMemoryBack() }
  }

  /// Stores it all in one transaction; does nothing, and returns false, where there is nothing or writing is impossible.
  @discardableResult
  private func save(_ group: [Unsaved]) -> Bool {
    var batches = take(group)
    guard !batches.isEmpty else { return false }
    do {
      let stored = try store.store(
        batches.map { ChunkStore.Deposit(rendition: $0.row.id, version: $0.version, chunks: $0.chunks) })
      tell(evicted: stored.evicted)
      for (batch, isKept) in zip(batches, stored.areKept) {
        let hasCompleted = settle(batch, isGone: !isKept)
        for _ in batch.chunks { onEvent(.progress(batch.key)) }
        if hasCompleted { onEvent(.completed(batch.key)) }
      }
      state.withLock { state in
        for place in batches.indices { state.spare.take(&batches[place].chunks) }
      }
    } catch {
      state.update { state in
        for batch in batches { state.fill(batch.key, batch.serial)?.saving.subtract(batch.chunks.map(\.index)) }
      }
      noteWriteFailure(error)
      state.withLock { state in
        for batch in batches {
          state.fill(batch.key, batch.serial)?.trimMemory(keepingBehind: tuning.keptBehind)
        }
      }
    }
    return true
  }

  /// One batch for each fill that has something to store.
  private func take(_ group: [Unsaved]) -> [Batch] {
    state.withLock { state in
      var batches: [Batch] = []
      for part in group {
        guard let batch = take(part, of: state) else { continue }
        if let place = batches.firstIndex(where: { $0.key == batch.key }) {
          batches[place].chunks += batch.chunks
        } else {
          batches.append(batch)
        }
      }
      return batches
    }
  }

  private func take(_ part: Unsaved, of state: CacheState) -> Batch? {
    guard state.unwritableUntil == nil, let fill = state.fill(part.key, part.serial), let row = fill.row else {
      state.fill(part.key, part.serial)?.trimMemory(keepingBehind: tuning.keptBehind)
      return nil
    }
    let indexes = (part.index.map { [$0] } ?? fill.unsaved.sorted()).filter {
      fill.unsaved.contains($0) && !fill.saving.contains($0)
    }
    guard !indexes.isEmpty || !fill.isDescribed else { return nil }
    fill.saving.formUnion(indexes)
    return Batch(
      key: part.key, serial: part.serial, row: row, version: fill.isDescribed ? nil : fill.machine.version,
      chunks: indexes.compactMap { index in fill.buffers[index].map { (index, $0) } })
  }

  /// Takes stored chunks out of memory. Returns whether the rendition became whole.
  private func settle(_ batch: Batch, isGone: Bool) -> Bool {
    state.update { state in
      state.hasToldFull = false
      guard let fill = state.fill(batch.key, batch.serial) else { return false }
      fill.saving.subtract(batch.chunks.map(\.index))
      // Another version began meanwhile: what was stored went with its row.
      guard fill.row?.id == batch.row.id else { return false }
      if isGone {
        fill.reload()
        return false
      }
      if batch.version == fill.machine.version { fill.isDescribed = true }
      fill.settlings += 1
      for (index, buffer) in batch.chunks where fill.buffers[index]?.knownCount == buffer.knownCount {
        fill.buffers[index] = nil
        fill.unsaved.remove(index)
      }
      guard !fill.hasToldCompletion, fill.unsaved.isEmpty, fill.isDescribed, fill.machine.isComplete else {
        return false
      }
      fill.hasToldCompletion = true
      return true
    }
  }
}
