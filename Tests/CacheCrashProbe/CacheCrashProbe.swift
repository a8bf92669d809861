import Cache
import Fixtures
import Glibc
import Music
import Threading

/// Fills a cache from memory, slowly, and writes after each piece how many bytes it has handed over in all, as a line.
/// A test kills it at some moment and looks at what it left. Arguments: the database, the file's size, the seed.
@main
struct CacheCrashProbe {
  static func main() {
    let arguments = CommandLine.arguments
    let fetcher = SlowFetcher(bytes: noise(Int(arguments[2])!, seed: UInt64(arguments[3])!))
    let cache = TrackCache(store: ChunkStore(path: arguments[1]), fetcher: fetcher)
    let key = RenditionKey(server: ServerID("home"), track: "a", rendition: .raw)
    let source = cache.source(for: key, expectedSize: nil)
    pause()  // until killed
    withExtendedLifetime(source) {}
  }
}

private final class SlowFetcher: RangeFetcher {
  private let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
  {
    report("from \(offset)")
    _ = OSThread("server") { [bytes] in
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
