/// Memory of chunks that went to the store, for those that come next: as long as much comes, none is taken from the
/// system and given back for each. Guarded by the engine's lock.
final class SpareMemory {
  private(set) var memory: [[UInt8]] = []
  private let limit: Int

  /// - Parameter limit: in chunks.
  init(limit: Int) { self.limit = limit }

  /// An empty one.
  func buffer() -> ChunkBuffer { memory.popLast().map { ChunkBuffer(in: $0) } ?? ChunkBuffer() }

  /// Takes the memory of these buffers. What somebody else has, too, stays as it is.
  func take(_ chunks: inout [(index: Int, buffer: ChunkBuffer)]) {
    while memory.count < limit, var chunk = chunks.popLast() { memory.append(chunk.buffer.takeMemory()) }
    chunks = []
  }

  /// Gives all of it back to the system.
  func release() { memory = [] }
}
