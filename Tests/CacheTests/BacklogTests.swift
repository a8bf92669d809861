import Testing
import Threading

@testable import Cache

@Suite("What waits for the disk")
struct BacklogTests {
  @Test("is done in its order, on another thread, and to the end before the backlog is closed")
  func order() {
    let done = Monitor<[Int]>([])
    let backlog = Backlog<Int>(limit: 3)
    backlog.serve { group in done.update { $0 += group } }
    for number in 0..<100 { backlog.add(number) }
    backlog.close()
    #expect(done.withLock { $0 } == Array(0..<100))
    backlog.add(100)
    #expect(done.withLock { $0.last } == 100)
  }

  @Test("is done together when it waited together, and keeps waiting whoever brings more")
  func full() {
    let isFree = Monitor(false)
    let groups = Monitor<[[Int]]>([])
    let backlog = Backlog<Int>(limit: 2)
    backlog.serve { group in
      groups.update { $0.append(group) }
      _ = isFree.wait { $0 ? true : nil }
    }
    backlog.add(0)
    _ = groups.wait { $0.count == 1 ? true : nil }
    let added = Monitor(0)
    let thread = OSThread("adding") {
      for number in 1...5 {
        backlog.add(number)
        added.update { $0 = number }
      }
    }
    _ = added.wait { $0 == 2 ? true : nil }
    isFree.update { $0 = true }
    thread.join()
    backlog.close()
    #expect(added.withLock { $0 } == 5)
    #expect(groups.withLock { Array($0[..<2]) } == [[0], [1, 2]])
    #expect(groups.withLock { $0.flatMap { $0 } } == Array(0...5))
  }

  @Test("tells that it is at rest: once each time when nothing has come for a while, and never before the first work")
  func rest() {
    let said = Monitor<[String]>([])
    let backlog = Backlog<Int>(limit: 3, patience: .milliseconds(20))
    backlog.serve { group in
      said.update { $0 += group.map(String.init) }
    } rest: {
      said.update { $0.append("rest") }
    }
    for number in 0..<3 {
      backlog.add(number)
      #expect(said.wait(timeout: .seconds(30)) { $0.count == 2 * number + 2 ? true : nil } == true)
    }
    backlog.close()
    #expect(said.withLock { $0 } == ["0", "rest", "1", "rest", "2", "rest"])
  }

  @Test("keeps neither the network nor a reader waiting while it is some chunks, and all of it is stored in the end")
  func slowDisk() throws {
    let rig = Rig()
    let backlog = Tuning().backlog
    let size = (2 * backlog + 4) * Chunk.size
    let bytes = rig.file("a", size: size)
    rig.server.state.update { $0.tap = 16 << 10 }
    let source = rig.source("a")
    #expect(try source.bytes(count: 1000) == bytes[..<1000])
    try rig.store.writer.withLock { (_: inout ChunkStore.Link) throws in
      rig.server.state.update { $0.tap = size }
      // One or more are being stored; some wait, and one waits to wait.
      let count = (backlog + 2) * Chunk.size
      #expect(try source.bytes(count: count - 16 << 10) == bytes[..<(count - 16 << 10)])
      #expect(rig.eventually { rig.server.served(rig.key("a")).once >= count })
      #expect(rig.server.served(rig.key("a")).once <= (2 * backlog + 1) * Chunk.size)
    }
    #expect(rig.heard(.completed(rig.key("a"))))
    rig.cache.close()
    let left = ChunkStore(path: rig.path)
    #expect(left.summary().bytes == size)
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
