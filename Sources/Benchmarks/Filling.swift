import Cache
import Glibc
import Music
import Remote
import SQLite
import Threading

/// The cache beside curl: the same bytes from the same server, into the cache, into one SQLite file, into a plain file;
/// and how many bytes a track costs that is heard twice, searched to and fro and interrupted.
func measureFilling() throws -> [Line] {
  let size = 512 << 20
  let served = try ServedWave(size: size)
  defer { served.end() }
  var (cache, database, file) = (Figures(), Figures(), Figures())
  // One after another in the same seconds, so that what else the machine does meets all three.
  for _ in 0..<5 {
    file.add(served.megabytesPerSecond(timed { served.curl(to: served.file("plain")) }))
    database.add(served.megabytesPerSecond(try timed { try served.curlIntoSQLite(served.file("one.db")) }))
    cache.add(served.megabytesPerSecond(timed { served.fill(served.file("chunks.db")) }))
    served.removeFiles()
  }
  return [
    Line("the cache filled by a server of this computer, MB/s", cache),
    Line("… one SQLite file filled by curl, MB/s", database), Line("… a file filled by curl, MB/s", file),
    Line("the cache as a part of curl into SQLite", ratio(cache, database), goal: .atLeast(0.9)),
    Line("the cache as a part of curl into a file", ratio(cache, file), goal: .atLeast(0.6)),
    try measureFetchedBytes(),
  ]
}

private func ratio(_ ours: Figures, _ theirs: Figures) -> Figures {
  Figures(zip(ours.values, theirs.values).map { $0 / $1 })
}

func timed(_ body: () throws -> Void) rethrows -> Duration {
  let began = monotonicNow()
  try body()
  return monotonicNow() - began
}

extension ServedWave {
  fileprivate func megabytesPerSecond(_ time: Duration) -> Double {
    Double(byteCount) / 1e6 / (time.milliseconds / 1000)
  }

  fileprivate func curl(to path: String) { waitFor(startProgram(["curl", "-s", "-o", path, url])) }

  /// What curl brings, in rows as large as the cache's, a transaction each, in a file of the same kind.
  fileprivate func curlIntoSQLite(_ path: String) throws {
    let pipe = file("pipe")
    mkfifo(pipe, 0o600)
    let program = startProgram(["curl", "-s", "-o", pipe, url])
    let input = open(pipe, O_RDONLY | O_CLOEXEC)
    defer { close(input) }
    var options = Connection.Options()
    options.pageSize = 16384
    options.autoVacuum = .incremental
    options.walAutocheckpoint = 200
    let connection = try Connection(path: path, options: options)
    try connection.execute("CREATE TABLE chunks(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    var row = [UInt8](repeating: 0, count: 256 << 10)
    while case let count = fill(&row, from: input), count > 0 {
      let statement = try connection.statement("INSERT INTO chunks(bytes) VALUES(?)")
      try row.withUnsafeBytes { try statement.bind(UnsafeRawBufferPointer(rebasing: $0[..<count]), at: 1) }
      _ = try statement.step()
      statement.clear()
    }
    waitFor(program)
  }

  private func fill(_ row: inout [UInt8], from input: Int32) -> Int {
    var filled = 0
    while filled < row.count {
      let count = row[filled...].withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      filled += count
    }
    return filled
  }

  /// Into the cache, until all of it is in the database.
  fileprivate func fill(_ path: String) {
    let isWhole = Monitor(false)
    let key = key
    let cache = TrackCache(store: ChunkStore(path: path), fetcher: fetcher) { event in
      if event == .completed(key) { isWhole.update { $0 = true } }
    }
    cache.pin([Pin(key: key)])
    _ = isWhole.wait(timeout: .seconds(300)) { $0 ? true : nil }
    cache.close()
  }
}

/// Starts a program that is found on the PATH, and lets it say nothing.
private func startProgram(_ arguments: [String]) -> pid_t {
  var words = arguments.map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var process: pid_t = 0
  posix_spawnp(&process, arguments[0], nil, nil, &words, environ)
  return process
}

private func waitFor(_ process: pid_t) {
  var status: Int32 = 0
  waitpid(process, &status, 0)
}
