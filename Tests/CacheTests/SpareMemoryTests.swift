import Fixtures
import Testing
import Threading

@testable import Cache

@Suite("Memory of chunks that were stored")
struct SpareMemoryTests {
  private func chunk(_ count: Int) -> ChunkBuffer {
    var chunk = ChunkBuffer()
    noise(count, seed: 7).withUnsafeBytes { chunk.put($0, at: 0) }
    return chunk
  }

  private func address(_ chunk: ChunkBuffer) -> UnsafeRawPointer? { chunk.bytes.withUnsafeBytes { $0.baseAddress } }

  @Test("is used for the next ones, which know nothing of what it held")
  func reused() {
    let spare = SpareMemory(limit: 2)
    var chunks = [(index: 3, buffer: chunk(Chunk.size))]
    let place = address(chunks[0].buffer)
    spare.take(&chunks)
    #expect(chunks.isEmpty)
    var next = spare.buffer()
    #expect(next.bytes.isEmpty && next.knownCount == 0)
    [UInt8(9)].withUnsafeBytes { next.put($0, at: 5) }
    #expect(address(next) == place)
    #expect(next.bytes == [0, 0, 0, 0, 0, 9] && next.known == RangeSet(5..<6))
  }

  @Test("is left to whoever else still has the bytes")
  func shared() {
    let spare = SpareMemory(limit: 2)
    let kept = chunk(1000)
    var chunks = [(index: 0, buffer: kept)]
    spare.take(&chunks)
    var next = spare.buffer()
    [UInt8](repeating: 1, count: 1000).withUnsafeBytes { next.put($0, at: 0) }
    #expect(kept.bytes == noise(1000, seed: 7) && kept.knownCount == 1000)
  }

  @Test("is bounded, and given back when nothing comes any more")
  func bounded() throws {
    let spare = SpareMemory(limit: 2)
    var chunks = (0..<5).map { (index: $0, buffer: chunk(100)) }
    spare.take(&chunks)
    #expect(spare.memory.count == 2 && chunks.isEmpty)
    spare.release()
    #expect(spare.memory.isEmpty && spare.buffer().bytes.isEmpty)

    let rig = Rig()
    let bytes = rig.file("a", size: 9 * Chunk.size + 5)
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.eventually { rig.cache.engine.state.withLock { $0.spare.memory.isEmpty } })
    #expect(rig.cache.engine.state.withLock { $0.fills.values.allSatisfy { $0.buffers.isEmpty } })
  }
}
