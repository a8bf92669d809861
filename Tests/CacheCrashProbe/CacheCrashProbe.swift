import Cache
import Fixtures
import Glibc
import Music
import Threading

/// Fills a cache from memory, slowly, and writes after each piece how many bytes it has handed over in all, as a line.
/// A test kills it at some moment and looks at what it left. Arguments: the database, the file's size, the seed, and how
/// many bytes come at the most: a test that is late finds no more than those.
///
/// With `read` as the fourth it reads the tracks `a` and `b` instead, without a network and then with one, and writes what
/// came and what the cache told: a test has made the database read-only for it.
@main
struct CacheCrashProbe {
  static func main() {
    let arguments = CommandLine.arguments
    if arguments[4] == "read" { return readBoth(arguments) }
    let bytes = noise(Int(arguments[2])!, seed: UInt64(arguments[3])!)
    let fetcher = SlowFetcher(bytes: bytes, most: Int(arguments[4])!)
    let cache = TrackCache(store: ChunkStore(path: arguments[1]), fetcher: fetcher)
    let key = RenditionKey(server: ServerID("home"), track: "a", rendition: .raw)
    let source = cache.source(for: key, expectedSize: nil)
    pause()  // until killed
    withExtendedLifetime(source) {}
  }
}

extension CacheCrashProbe {
  private static func readBoth(_ arguments: [String]) {
    let bytes = noise(Int(arguments[2])!, seed: UInt64(arguments[3])!)
    let store = ChunkStore(path: arguments[1])
    report(store.isReadOnly ? "read-only" : "writable")
    let cache = TrackCache(store: store, fetcher: SlowFetcher(bytes: bytes), isOnline: false) { event in
      if event == .diskFull || event == .rebuilt { report("\(event)") }
    }
    for (isOnline, name) in [(false, "a"), (false, "b"), (true, "b")] {
      cache.setOnline(isOnline)
      let key = RenditionKey(server: ServerID("home"), track: name, rendition: .raw)
      let source = cache.source(for: key, expectedSize: nil)
      report("\(name): \(read(source) == bytes ? "its bytes" : "none")")
    }
    report("status: \(cache.summary().whole)")
    cache.close()
  }

  private static func read(_ source: CachedSource) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 100_000)
    while let count = try? piece.withUnsafeMutableBytes({ try source.read(at: Int64(bytes.count), into: $0) }),
      count > 0
    {
      bytes += piece[..<count]
    }
    return bytes
  }
}

private final class SlowFetcher: RangeFetcher {
  private let bytes: [UInt8]
  private let most: Int

  init(bytes: [UInt8], most: Int = .max) {
    self.bytes = bytes
    self.most = most
  }

  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
  {
    report("from \(offset)")
    _ = OSThread("server") { [bytes, most] in
      sink.begin(
        FetchHead(offset: offset, totalSize: Int64(bytes.count), validator: "v1", acceptsRanges: true))
      var position = Int(offset)
      while position < bytes.count {
        let count = min(16 << 10, bytes.count - position)
        let goesOn = bytes.withUnsafeBytes {
          sink.receive(UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        guard goesOn else { return sink.end(.cancelled) }
        position += count
        report("\(position)")
        usleep(500)
        while position - Int(offset) >= most { pause() }
      }
      sink.end(.finished)
      report("end")
    }
    return Forever()
  }
}

private final class Forever: Fetch {
  func cancel() {}
}

private func report(_ line: String) {
  let text = line + "\n"
  _ = text.withCString { write(1, $0, strlen($0)) }
}
