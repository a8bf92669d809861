import Audio
import Fixtures
import Foundation
import Music
import SQLite
import Testing
import Threading

@testable import Cache

/// The chunk database keeps a rollback journal: readers and the writer wait for each other.
@Suite("The journal of the chunk database")
struct JournalTests {
  let directory = TemporaryDirectory()
  var path: String { directory.file("chunks.db") }

  private func chunk(_ number: Int) -> ChunkBuffer {
    ChunkBuffer(bytes: noise(Chunk.size, seed: UInt64(number)), known: RangeSet(0..<Chunk.size))
  }

  private func key(_ name: String) -> RenditionKey {
    RenditionKey(server: ServerID("home"), track: name, rendition: .raw)
  }

  private func deposit(_ rendition: Int64, _ numbers: Range<Int>) -> ChunkStore.Deposit {
    ChunkStore.Deposit(rendition: rendition, chunks: numbers.map { ($0, chunk($0)) })
  }

  private func journalMode(_ store: ChunkStore) throws -> String? {
    try store.writer.withLock { try $0.connection?.first("PRAGMA journal_mode") { $0.text(0) } }
  }

  /// Makes the file one with a write-ahead log.
  private func giveLog() throws -> Connection {
    let connection = try Connection(path: path)
    #expect(try connection.first("PRAGMA journal_mode") { $0.text(0) } == "wal")
    return connection
  }

  @Test("is none between two changes, and a file with a log is changed when it is opened alone")
  func changed() throws {
    let store = ChunkStore(path: path)
    let row = try store.rendition(key("a"), isPlay: true)
    #expect(try store.store([deposit(row.id, 0..<3)]).areKept == [true])
    store.close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    do {
      // Somebody else has it open: it stays as it is, and works.
      let other = try giveLog()
      let among = ChunkStore(path: path)
      #expect(among.failure == nil)
      #expect(try journalMode(among) == "wal")
      #expect(try among.store([deposit(row.id, 3..<5)]).areKept == [true])
      among.close()
      #expect(try other.first("SELECT count(*) FROM chunks") { $0.int(0) } == 5)
    }
    let alone = ChunkStore(path: path)
    #expect(try journalMode(alone) == "truncate")
    #expect(alone.verify { _, _ in true }.chunks == 5)
    #expect(alone.summary().bytes == 5 * Chunk.size)
    alone.close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
  }

  @Test("takes the chunks that waited together all or none")
  func together() throws {
    let store = ChunkStore(path: path)
    let (a, b) = (try store.rendition(key("a"), isPlay: true), try store.rendition(key("b"), isPlay: true))
    let stored = try store.store([deposit(a.id, 0..<4), deposit(77, 0..<1), deposit(b.id, 2..<3)])
    #expect(stored.areKept == [true, false, true])
    #expect(store.summary().bytes == 5 * Chunk.size)
    try store.writer.withLock { (link: inout ChunkStore.Link) throws in
      let pages = try link.connection?.first("PRAGMA page_count") { $0.int(0) } ?? 0
      try link.connection?.execute("PRAGMA max_page_count = \(pages + 20)")
    }
    #expect(throws: SQLiteError.self) { try store.store([deposit(a.id, 4..<5), deposit(b.id, 3..<6)]) }
    #expect(store.summary().bytes == 5 * Chunk.size)
    let report = store.verify { _, _ in true }
    #expect(report.chunks == 5 && report.damaged == 0)
    store.close()
  }

  @Test("lets readers wait for a writer, and a writer for readers: nobody fails and no chunk is missing")
  func readersAndWriter() throws {
    let store = ChunkStore(path: path)
    // As another process has it.
    let other = ChunkStore(path: path)
    let row = try store.rendition(key("a"), isPlay: true)
    let count = 60
    let stored = Monitor(0)
    let wrong = Monitor<[String]>([])
    let readers = [store, other].map { reader in
      OSThread("reading") {
        var number = 0
        while case let end = stored.wait({ $0 > 0 ? $0 : nil }) ?? 0, number < count {
          guard number < end else { continue }
          guard case .chunk(let found) = reader.chunk(number, of: row.id), found.bytes == chunk(number).bytes else {
            return wrong.update { $0.append("chunk \(number)") }
          }
          if reader.heldRanges(of: key("a")) == nil, reader.holding(of: [key("a")]) == [.none] {
            wrong.update { $0.append("list at \(number)") }
          }
          number += 1
        }
      }
    }
    for start in stride(from: 0, to: count, by: 3) {
      #expect(try store.store([deposit(row.id, start..<start + 3)]).areKept == [true])
      stored.update { $0 = start + 3 }
    }
    for reader in readers { reader.join() }
    #expect(wrong.withLock { $0 } == [])
    for each in [store, other] { each.close() }
  }

  @Test("lets a writer wait for a long listing")
  func longListing() throws {
    let store = ChunkStore(path: path)
    let row = try store.rendition(key("a"), isPlay: true)
    var options = ChunkStore.options(.readOnly)
    let lister = try Connection(path: path, options: options)
    options.busyTimeout = .zero
    let impatient = try Connection(path: path, options: options)
    let isStored = Monitor<Bool?>(nil)
    let writer = try lister.snapshot { () throws -> OSThread in
      #expect(try lister.first("SELECT count(*) FROM chunks") { $0.int(0) } == 0)
      let deposit = deposit(row.id, 0..<2)
      let writer = OSThread("writing") {
        let stored = try? store.store([deposit])
        isStored.update { $0 = stored?.areKept == [true] }
      }
      // It waits when nobody else may begin to read.
      while (try? impatient.first("SELECT count(*) FROM chunks") { $0.int(0) }) != nil {}
      #expect(isStored.withLock { $0 } == nil)
      #expect(try lister.first("SELECT count(*) FROM chunks") { $0.int(0) } == 0)
      return writer
    }
    writer.join()
    #expect(isStored.withLock { $0 } == true)
    #expect(try lister.first("SELECT count(*) FROM chunks") { $0.int(0) } == 2)
    store.close()
  }

  @Test("makes a reader ask again while another process keeps the file locked: nothing counts as lost")
  func locked() throws {
    let rig = Rig(in: directory, patience: .milliseconds(5))
    let bytes = rig.file("a", size: 3 * Chunk.size)
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.heard(.completed(rig.key("a"))))
    #expect(rig.eventually { rig.store.ledger.leased.isEmpty })
    let source = rig.source("a")
    #expect(try source.bytes(count: 1) == bytes[..<1])
    let row = try #require(rig.cache.engine.state.withLock { $0.fills[rig.key("a")]?.row?.id })
    let other = try Connection(path: path, options: ChunkStore.options(.readWrite))
    try other.execute("BEGIN EXCLUSIVE")
    guard case .busy = rig.store.chunk(1, of: row) else {
      Issue.record("not busy")
      return
    }
    let reading = Monitor<Blob?>(nil)
    let thread = OSThread("reading") {
      let got = try? source.bytes()
      reading.update { $0 = got }
    }
    // Some tries more.
    for _ in 0..<3 { _ = rig.store.chunk(2, of: row) }
    #expect(reading.withLock { $0 } == nil)
    try other.execute("COMMIT")
    thread.join()
    #expect(reading.withLock { $0 } == bytes)
    #expect(rig.server.served(rig.key("a")).twice == 0)
    rig.cache.close()
  }

  @Test("undoes what was killed in the middle of a change")
  func interrupted() throws {
    let store = ChunkStore(path: path)
    let row = try store.rendition(key("a"), isPlay: true)
    _ = try store.store([deposit(row.id, 0..<6)])
    let copy = TemporaryDirectory()
    try store.writer.withLock { (link: inout ChunkStore.Link) throws in
      let connection = try #require(link.connection)
      // Too small for the change: some of it is in the file before the end.
      try connection.execute("PRAGMA cache_size = 10")
      try connection.execute("BEGIN IMMEDIATE; DELETE FROM chunks WHERE id & 1; UPDATE renditions SET held = 7")
      for number in 10..<20 {
        try connection.run("INSERT INTO chunks VALUES(?, 1, 9, NULL, zeroblob(262144))", row.id << 20 | Int64(number))
      }
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy.file("chunks.db") + suffix)
      }
      try connection.execute("ROLLBACK")
    }
    #expect(fileSize(copy.file("chunks.db-journal")) > 512)
    store.close()
    let left = ChunkStore(path: copy.file("chunks.db"))
    #expect(left.failure == nil && left.generation == 0)
    #expect(left.summary().bytes == 6 * Chunk.size)
    let report = left.verify { _, _ in true }
    #expect(report.chunks == 6 && report.damaged == 0 && !report.isUnfinished)
    #expect(try left.connectionForReading().integrityProblems() == [])
    left.close()
    #expect(fileSize(copy.file("chunks.db-journal")) == 0)
  }
}
