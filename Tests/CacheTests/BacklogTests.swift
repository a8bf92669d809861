import Testing
import Threading

@testable import Cache

@Suite("What waits for the disk")
struct BacklogTests {
  @Test("is done in its order, on another thread, and to the end before the backlog is closed")
  func order() {
    let backlog = Backlog(limit: 3)
    let done = Monitor<[Int]>([])
    for number in 0..<100 { backlog.add { done.update { $0.append(number) } } }
    backlog.close()
    #expect(done.withLock { $0 } == Array(0..<100))
    backlog.add { done.update { $0.append(100) } }
    #expect(done.withLock { $0.last } == 100)
  }

  @Test("keeps waiting whoever brings more")
  func full() {
    let backlog = Backlog(limit: 2)
    let isFree = Monitor(false)
    let added = Monitor(0)
    let thread = OSThread("adding") {
      for _ in 0..<5 {
        backlog.add { _ = isFree.wait { $0 ? true : nil } }
        added.update { $0 += 1 }
      }
    }
    _ = added.wait { $0 == 2 ? true : nil }
    isFree.update { $0 = true }
    thread.join()
    backlog.close()
    #expect(added.withLock { $0 } == 5)
  }

  @Test("keeps neither the network nor a reader waiting while it is some chunks, and all of it is stored in the end")
  func slowDisk() throws {
    let rig = Rig()
    let bytes = rig.file("a", size: 8 * Chunk.size)
    rig.server.state.update { $0.tap = 16 << 10 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 1000) == bytes[..<1000])
    let backlog = Tuning().backlog
    try rig.store.writer.withLock { (_: inout ChunkStore.Link) throws in
      rig.server.state.update { $0.tap = 8 * Chunk.size }
      // Those that wait, and one that waits to wait.
      let count = (backlog + 1) * Chunk.size
      #expect(try source.bytes(count: count - 16 << 10) == bytes[..<(count - 16 << 10)])
      #expect(rig.eventually { rig.server.served(rig.key("a")).once == count })
    }
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    let left = ChunkStore(path: rig.path)
    #expect(left.summary().bytes == 8 * Chunk.size)
    left.close()
  }

  @Test("what is closed by its reader while it is stored is told to be whole all the same")
  func left() throws {
    let rig = Rig()
    for number in 0..<150 {
      let name = "left \(number)"
      // The last chunk is small: the reader has it, and is gone, before it is stored.
      rig.file(name, size: 3 * 262_144 + 5)
      #expect(try rig.source(name).bytes().count == 3 * 262_144 + 5)
      guard rig.heard(.completed(rig.key(name))) else {
        Issue.record("\(name) was never told")
        return
      }
    }
  }
}
