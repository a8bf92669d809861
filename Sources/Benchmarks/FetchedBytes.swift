import Cache
import Music
import Threading

/// What arrives of one track, as parts of its size, when it is searched to and fro, interrupted, and heard twice.
func measureFetchedBytes() throws -> Line {
  let served = try ServedWave(size: 32 << 20)
  defer { served.end() }
  var parts = Figures()
  for turn in 0..<3 {
    let counter = CountingFetcher(served.fetcher)
    let path = served.file("counted\(turn).db")
    // The second time as the player does it in another run.
    for _ in 0..<2 { try served.hear(through: counter, path) }
    parts.add(Double(counter.bytes.withLock { $0 }) / Double(served.byteCount))
  }
  return Line(
    "bytes that came of a track heard twice, with 50 jumps and 10 interruptions, × its size", parts, goal: .atMost(1))
}

extension ServedWave {
  fileprivate func hear(through fetcher: any RangeFetcher, _ path: String) throws {
    let cache = TrackCache(store: ChunkStore(path: path), fetcher: fetcher)
    defer { cache.close() }
    let source = cache.source(for: key, expectedSize: nil)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    for jump in 0..<25 {
      if jump % 5 == 0 {
        cache.setOnline(false)
        cache.setOnline(true)
      }
      _ = try source.read(at: Int64.random(in: 0..<Int64(byteCount)), into: buffer)
    }
    var offset: Int64 = 0
    while case let count = try source.read(at: offset, into: buffer), count > 0 { offset += Int64(count) }
  }
}

/// Counts what really arrives.
private final class CountingFetcher: RangeFetcher {
  let bytes = Monitor(0)
  private let fetcher: any RangeFetcher

  init(_ fetcher: any RangeFetcher) { self.fetcher = fetcher }

  func fetch(
    _ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink
  ) -> any Fetch {
    fetcher.fetch(key, from: offset, to: end, validator: validator, sink: CountingSink(sink, bytes))
  }
}

private final class CountingSink: FetchSink {
  private let sink: any FetchSink
  private let bytes: Monitor<Int>

  init(_ sink: any FetchSink, _ bytes: Monitor<Int>) {
    self.sink = sink
    self.bytes = bytes
  }

  func begin(_ head: FetchHead) { sink.begin(head) }

  func receive(_ more: UnsafeRawBufferPointer) -> Bool {
    bytes.withLock { $0 += more.count }
    return sink.receive(more)
  }

  func end(_ outcome: FetchOutcome) { sink.end(outcome) }
}
