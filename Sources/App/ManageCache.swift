import Cache
import Core
import Glibc

/// `dulcet cache`: what is held, whether it is whole, and throwing it away.
/// - Returns: the exit code.
func manageCache(_ action: Arguments.CacheAction, paths: Paths) -> Int32 {
  do { try paths.create() } catch {
    complain(error.sentence)
    return 1
  }
  let store = ChunkStore(path: paths.chunkFile, cap: configuredCapacity(paths))
  if let failure = store.failure {
    complain("The cache \(paths.chunkFile) could not be opened. \(sentence(for: failure))")
    return 1
  }
  let cache = TrackCache(store: store, fetcher: NoFetcher(), isOnline: false)
  defer { cache.close() }
  switch action {
  case .summary:
    let rows = cacheRows(cache.summary(), cache.downloads(), fileSize: sizeOnDisk(paths.chunkFile))
    for row in rows { print(row.label.lowercased().padded(to: 17) + row.text) }
  case .verify: return verify(cache)
  case .clear(let pinned, let confirmed): return clear(cache, pinned: pinned, confirmed: confirmed)
  }
  return 0
}

func configuredCapacity(_ paths: Paths) -> Int64 {
  let commands =
    SettingsFile(path: paths.settingsFile).commands
    + Configuration(path: paths.configurationFile).commands
  return commands.value(of: "cache-size").flatMap(parseByteCount) ?? ChunkStore.defaultCap
}

private func verify(_ cache: TrackCache) -> Int32 {
  let isTerminal = isatty(1) == 1
  let report = cache.verify { done, total in
    if isTerminal && (done % 64 == 0 || done == total) {
      print("\r\(done) of \(total) pieces", terminator: "")
      fflush(nil)
    }
    return true
  }
  if isTerminal { print("\r", terminator: "") }
  print("\(report.chunks) pieces read, \(describeBytes(report.bytes)); \(report.damaged) damaged")
  if report.damaged > 0 { print("What was damaged has been dropped and is fetched again when it is played.") }
  if report.isUnfinished { complain("Reading broke off before the end: the cache's file refuses.") }
  return report.damaged == 0 && !report.isUnfinished ? 0 : 1
}

private func clear(_ cache: TrackCache, pinned: Bool, confirmed: Bool) -> Int32 {
  let summary = cache.summary()
  if !confirmed {
    let bytes = pinned ? summary.bytes : summary.bytes - summary.pinnedBytes
    let what = pinned && summary.pinnedBytes > 0 ? ", what is to be kept too" : ""
    print("Throw away \(describeBytes(bytes)) of music\(what)? [y/N] ", terminator: "")
    fflush(nil)
    guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
      print("Nothing was thrown away.")
      return 1
    }
  }
  guard cache.clear(includingPinned: pinned) else {
    complain("The cache could not be emptied: its file refuses. Is the disk full, or read-only?")
    return 1
  }
  let left = cache.summary()
  print(left.bytes == 0 ? "The cache is empty." : "What is to be kept stays: \(describeBytes(left.bytes)).")
  return 0
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

/// `1.4 GiB`: one decimal, binary units.
func describeBytes(_ bytes: Int64) -> String {
  let units = ["B", "KiB", "MiB", "GiB", "TiB"]
  var value = Double(bytes)
  var unit = 0
  while value >= 1024 && unit < units.count - 1 {
    value /= 1024
    unit += 1
  }
  if unit == 0 { return "\(bytes) B" }
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10) \(units[unit])"
}

/// The cache's own commands ask nothing of any server.
struct NoFetcher: RangeFetcher {
  final class Nothing: Fetch { func cancel() {} }

  func fetch(_ key: RenditionKey, from offset: Int64, to end: Int64?, validator: String?, sink: any FetchSink)
    -> any Fetch
  {
    sink.end(.retryLater)
    return Nothing()
  }
}
