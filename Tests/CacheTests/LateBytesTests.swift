import Fixtures
import Music
import Testing
import Threading

@testable import Cache

/// A network whose transfers do what the test says, when it says so.
private final class HandDrivenNetwork: RangeFetcher {
  final class Transfer: Fetch {
    let offset: Int64
    let sink: any FetchSink

    init(offset: Int64, sink: any FetchSink) {
      self.offset = offset
      self.sink = sink
    }

    func cancel() {}

    func begin(size: Int) {
      sink.begin(FetchHead(offset: offset, totalSize: Int64(size), validator: "v1", acceptsRanges: true))
    }

    func bring(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.withUnsafeBytes { sink.receive($0) } }
  }

  private let transfers = Monitor<[Transfer]>([])

  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
  {
    let transfer = Transfer(offset: offset, sink: sink)
    transfers.update { $0.append(transfer) }
    return transfer
  }

  /// The transfer that began as the `number`th, from 0; blocks until it did.
  func transfer(_ number: Int) -> Transfer? {
    transfers.wait(timeout: .seconds(30)) { $0.count > number ? $0[number] : nil }
  }
}

@Suite("Bytes that come late")
struct LateBytesTests {
  private let directory = TemporaryDirectory()
  private let network = HandDrivenNetwork()
  private let bytes = noise(600_000, seed: 5)

  private func open() -> (TrackCache, RenditionKey) {
    let store = ChunkStore(path: directory.file("chunks.db"), cap: ChunkStore.defaultCap)
    let cache = TrackCache(store: store, fetcher: network, tuning: .quick) { _ in }
    return (cache, RenditionKey(server: ServerID("home"), track: "a", rendition: .raw))
  }

  @Test("that are held already, in the store but not in the part that is in memory, are not taken for another version")
  func heldElsewhere() throws {
    let (cache, key) = open()
    let source = cache.source(for: key, expectedSize: nil)
    let transfer = try #require(network.transfer(0))
    transfer.begin(size: bytes.count)
    #expect(transfer.bring(bytes[..<200_000]))
    // The first part is stored, the second is in memory only, as after the store was away for a moment.
    cache.engine.save(key, 1)
    cache.engine.state.withLock { state in
      let fill = state.fills[key]!
      #expect(fill.buffers[0] == nil)
      var part = ChunkBuffer()
      bytes[200_000..<210_000].withUnsafeBytes { part.put($0, at: 200_000) }
      fill.buffers[0] = part
      fill.unsaved.insert(0)
      fill.machine.held.insert(contentsOf: 200_000..<210_000)
      fill.machine.isServed = true
      // A transfer that brings held bytes again.
      fill.machine.runs[1]!.position = 190_000
    }
    #expect(transfer.bring(bytes[190_000..<220_000]))
    #expect(cache.engine.state.withLock { $0.fills[key]!.machine.phase } == .working)
    #expect(transfer.bring(bytes[220_000...]))
    transfer.sink.end(.finished)
    #expect(try source.bytes() == Blob(bytes))
    cache.close()
  }

  @Test("are not believed to be in memory when what was read of the store is out of date")
  func outdatedRead() throws {
    let (cache, key) = open()
    let source = cache.source(for: key, expectedSize: nil)
    let transfer = try #require(network.transfer(0))
    transfer.begin(size: bytes.count)
    #expect(transfer.bring(bytes[..<100_000]))
    cache.engine.save(key, 1)
    // Another thread read the chunk when only this much of it was stored.
    cache.engine.state.withLock { state in
      let fill = state.fills[key]!
      fill.machine.isServed = true
      var old = ChunkBuffer()
      bytes[..<50_000].withUnsafeBytes { old.put($0, at: 0) }
      fill.buffers[0] = old
      fill.machine.runs[1]!.position = 50_000
    }
    #expect(transfer.bring(bytes[50_000..<120_000]))
    #expect(cache.engine.state.withLock { $0.fills[key]!.machine.phase } == .working)
    #expect(transfer.bring(bytes[120_000...]))
    transfer.sink.end(.finished)
    #expect(try source.bytes() == Blob(bytes))
    cache.close()
  }
}
