import Cache
import Glibc
import Music
import SQLite
import Threading

/// Opening a large cache does no work in proportion to what it holds. Its rows name ten gibibytes and hold zeros of a
/// hundredth of that: opening reads no chunk, so that their length is no matter, but their number is the true one.
func measureOpeningCache() throws -> [Line] {
  let home = Home()
  let path = home.path + "/chunks.db"
  TrackCache(store: ChunkStore(path: path), fetcher: NobodyFetches()).close()
  try fillCache(path, tracks: 2000)
  var (opening, summary) = (Figures(), Figures())
  for _ in 0..<15 {
    var cache: TrackCache?
    opening.add(
      timed {
        cache = TrackCache(store: ChunkStore(path: path), fetcher: NobodyFetches())
        _ = cache?.status(of: [key(7)])
      })
    summary.add(timed { _ = cache?.summary() })
    cache?.close()
  }
  return [
    Line("a cache of 10 GiB opened, and one track looked up, ms", opening, goal: .atMost(20)),
    Line("… counted, ms", summary, goal: .atMost(20)),
  ]
}

private func key(_ number: Int) -> RenditionKey {
  RenditionKey(server: ServerID("s"), track: "t\(number)", rendition: .raw)
}

private func fillCache(_ path: String, tracks: Int) throws {
  var options = Connection.Options()
  options.synchronous = .off
  let connection = try Connection(path: path, options: options)
  try connection.transaction {
    for number in 1...tracks {
      let (size, chunks) = (5_368_709, 21)
      try connection.run(
        "INSERT INTO renditions(id, server, track, name, size, held, used) VALUES(?, 's', ?, 'raw', ?, ?, ?)", number,
        "t\(number)", size, size, number)
      for index in 0..<chunks {
        let length = index < chunks - 1 ? 262_144 : size - (chunks - 1) * 262_144
        try connection.run(
          "INSERT INTO chunks VALUES(?, 1, ?, NULL, zeroblob(?))", number << 20 | index, length, length / 100)
      }
    }
  }
}

private final class NobodyFetches: RangeFetcher {
  private final class Nothing: Fetch {
    func cancel() {}
  }

  func fetch(
    _ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink
  ) -> any Fetch {
    sink.end(.retryLater)
    return Nothing()
  }
}
