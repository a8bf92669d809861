package import Audio
import Synchronization
import Threading

/// A rendition as a decoder reads it: from memory while it arrives, from the store where it is held, waiting for what is
/// missing.
///
/// Each belongs to one reader, on one thread; the bytes and the transfer behind it are shared. While it lives, its
/// rendition is not evicted and what is missing is fetched. It never talks to the network itself.
package final class CachedSource: ByteSource {
  /// The chunk that was read last: decoders read it in many small pieces.
  private struct Page {
    var row: Int64
    var index: Int
    var chunk: ChunkBuffer
  }

  private let engine: CacheEngine
  private let key: RenditionKey
  private let isCancelled = Atomic(false)
  private let page = Mutex<Page?>(nil)
  private let played = Mutex(PlayedBytes())

  /// The fill has counted this reader already.
  init(engine: CacheEngine, key: RenditionKey) {
    self.engine = engine
    self.key = key
  }

  deinit { engine.closed(key, played: played.withLock { $0 }) }

  /// As the server said; nil until it did.
  package var size: Int64? { engine.state.withLock { $0.fills[key]?.machine.version.size } }

  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    precondition(offset >= 0)
    guard !buffer.isEmpty else { return 0 }
    while true {
      switch engine.look(key, at: offset, into: buffer, isCancelled: { cancelled }) {
      case .copied(let count, let age):
        note(count, age)
        return count
      case .failed(let error): throw error
      case .wait: engine.waitForByte(key, offset, isCancelled: { cancelled })
      case .stored(let row, let index, let age):
        guard let count = readStored(index, of: row, at: offset, into: buffer) else { continue }
        note(count, age)
        return count
      }
    }
  }

  package func heldCount(from offset: Int64) -> Int64 {
    engine.state.withLock { state in
      guard let machine = state.fills[key]?.machine else { return 0 }
      return max((machine.gap(from: offset, below: machine.limit)?.lowerBound ?? machine.limit) - offset, 0)
    }
  }

  package func cancel() {
    isCancelled.store(true, ordering: .releasing)
    engine.state.update { _ in }
  }

  private func note(_ count: Int, _ age: CacheEngine.Age) {
    played.withLock { $0 += PlayedBytes(all: Int64(count), fromHere: age == .old ? Int64(count) : 0) }
  }

  private var cancelled: Bool { isCancelled.load(ordering: .acquiring) }

  /// nil when the chunk is not there after all: then it is missing now. Or the file is locked: it is to be looked at again.
  private func readStored(
    _ index: Int, of row: Int64, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int? {
    let start = Int(offset - Chunk.range(index).lowerBound)
    return page.withLock { page -> Int? in
      if let page, page.row == row, page.index == index {
        let count = page.chunk.copy(from: start, into: buffer)
        if count > 0 { return count }
      }
      let found = engine.store.chunk(index, of: row)
      if case .chunk(let chunk) = found {
        page = Page(row: row, index: index, chunk: chunk)
        let count = chunk.copy(from: start, into: buffer)
        if count > 0 { return count }
      }
      var isDamaged = false
      switch found {
      case .busy: return nil
      case .damaged: isDamaged = true
      case .chunk, .missing: break
      }
      engine.lost(index, of: row, key, isDamaged: isDamaged)
      return nil
    }
  }
}

// MARK: What a decoder saves.

extension CachedSource {
  /// What a decoder saved about this rendition (a frame index); it goes with the rendition's bytes. *Disk*.
  package var seekIndex: [UInt8]? {
    get { row.flatMap { try? engine.store.seekIndex(of: $0) } }
    set {
      guard let row else { return }
      engine.attempt { try engine.store.setSeekIndex(newValue, of: row) }
    }
  }

  private var row: Int64? { engine.state.withLock { $0.fills[key]?.row?.id } }
}
