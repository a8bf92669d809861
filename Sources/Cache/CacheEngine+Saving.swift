import Threading

// Storing what came: behind the network's thread as each chunk ends, on the engine's when a rendition comes to rest.

extension CacheEngine {
  private struct Batch {
    var row: Fill.Row
    /// Not nil when the row does not say it yet.
    var version: Version?
    var chunks: [(index: Int, buffer: ChunkBuffer)]
  }

  /// `save`, as soon as the disk has taken what came before. Blocks while that is much. The network's thread.
  func saveSoon(_ key: RenditionKey, _ serial: Int, only index: Int? = nil) {
    state.withLock { $0.fill(key, serial)?.backlogged += 1 }
    backlog.add { [self] in
      save(key, serial, only: index)
      state.update { $0.fill(key, serial)?.backlogged -= 1 }
    }
  }

  /// Stores the chunk `index`, or every unsaved one where that is nil; does nothing while writing is impossible.
  func save(_ key: RenditionKey, _ serial: Int, only index: Int? = nil) {
    guard let batch = take(key, serial, only: index) else { return }
    var isGone = false
    do {
      if batch.chunks.isEmpty, let version = batch.version { try store.describe(batch.row.id, as: version) }
      for (index, buffer) in batch.chunks {
        let stored = try store.store(buffer, at: index, of: batch.row.id, describing: batch.version)
        isGone = isGone || !stored.isKept
        tell(evicted: stored.evicted)
      }
      let hasCompleted = settle(key, serial, batch, isGone: isGone)
      if !batch.chunks.isEmpty { onEvent(.progress(key)) }
      if hasCompleted { onEvent(.completed(key)) }
    } catch {
      state.update { $0.fill(key, serial)?.saving.subtract(batch.chunks.map(\.index)) }
      noteWriteFailure(error)
      state.withLock { $0.fill(key, serial)?.trimMemory(keepingBehind: tuning.keptBehind) }
    }
  }

  private func take(_ key: RenditionKey, _ serial: Int, only index: Int?) -> Batch? {
    state.withLock { state in
      guard state.unwritableUntil == nil, let fill = state.fill(key, serial), let row = fill.row else {
        state.fill(key, serial)?.trimMemory(keepingBehind: tuning.keptBehind)
        return nil
      }
      let indexes = (index.map { [$0] } ?? fill.unsaved.sorted()).filter {
        fill.unsaved.contains($0) && !fill.saving.contains($0)
      }
      guard !indexes.isEmpty || !fill.isDescribed else { return nil }
      fill.saving.formUnion(indexes)
      return Batch(
        row: row, version: fill.isDescribed ? nil : fill.machine.version,
        chunks: indexes.compactMap { index in fill.buffers[index].map { (index, $0) } })
    }
  }

  /// Takes stored chunks out of memory. Returns whether the rendition became whole.
  private func settle(_ key: RenditionKey, _ serial: Int, _ batch: Batch, isGone: Bool) -> Bool {
    state.update { state in
      state.hasToldFull = false
      guard let fill = state.fill(key, serial) else { return false }
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
