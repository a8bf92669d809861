import Cache
import Glibc
import Music
import Remote
import SQLite
import Threading

/// The cache beside curl: the same 512 MiB by one request to the same server each time.
///
/// - The cache, until all of it is in its database and that is closed: what came is in the file and on the disk.
/// - One SQLite file with a log (WAL, `synchronous NORMAL`, pages of 16 KiB, a checkpoint each 200), filled from curl's
///   pipe in rows as large as the cache's, a transaction each, until it is closed. On the disk, too.
/// - One of the cache's own kind: a rollback journal, eight such rows a transaction.
/// - A file written by `curl -o`: not on the disk, nor safe in any order; and the same with an `fsync` behind it.
///
/// With a log SQLite writes each byte twice and waits for the disk with both. And how many bytes a track costs that is
/// heard twice, searched to and fro and interrupted.
func measureFilling() throws -> [Line] {
  let served = try ServedWave(size: 512 << 20)
  defer { served.end() }
  var ways: [Way] = [
    Way { served, turn in served.fill(served.file("chunks\(turn).db")) },
    Way { served, turn in try served.curlIntoSQLite(served.file("one\(turn).db"), .writeAheadLog, together: 1) },
    Way { served, turn in try served.curlIntoSQLite(served.file("eight\(turn).db"), .rollback, together: 8) },
    Way { served, turn in served.curl(to: served.file("plain\(turn)")) },
    Way { served, turn in served.curlToDisk(served.file("lasting\(turn)")) },
  ]
  // The first to ask would wait for what the server does once.
  served.curl(to: "/dev/null")
  // One after another in the same seconds, so that what else the machine does meets all of them; each is first in turn.
  for turn in 0..<8 {
    for number in ways.indices { try ways[(number + turn) % ways.count].measure(served, turn) }
  }
  let (cache, database, journal, file, lasting) = (ways[0], ways[1], ways[2], ways[3], ways[4])
  return [
    Line("the cache filled by a server of this computer, MB/s", cache.rate),
    Line("… one SQLite file filled by curl, MB/s", database.rate),
    Line("… one with a rollback journal, eight rows at a time, MB/s", journal.rate),
    Line("… a file filled by curl, MB/s", file.rate),
    Line("… a file filled by curl, and on the disk, MB/s", lasting.rate),
    Line("the cache as a part of curl into SQLite", ratio(cache, database), goal: .atLeast(0.9)),
    Line("… into SQLite with a rollback journal", ratio(cache, journal), goal: .atLeast(0.9)),
    Line("the cache as a part of curl into a file", ratio(cache, file), goal: .atLeast(0.6)),
    Line("the cache as a part of curl into a file on the disk", ratio(cache, lasting)),
    Line("processor time of the cache, s", cache.processorSeconds),
    Line("… of curl and one SQLite file, s", database.processorSeconds),
    try measureFetchedBytes(),
  ]
}

/// One way to put what is served somewhere, and what it cost.
private struct Way {
  var rate = Figures()
  /// Of all but the server.
  var processorSeconds = Figures()
  let body: (ServedWave, Int) throws -> Void

  init(_ body: @escaping (ServedWave, Int) throws -> Void) { self.body = body }

  mutating func measure(_ served: ServedWave, _ turn: Int) throws {
    served.removeFiles()
    sync()
    let before = processorTime()
    rate.add(served.megabytesPerSecond(try timed { try body(served, turn) }))
    processorSeconds.add(processorTime() - before)
  }
}

/// Of this process and of the programs that it has seen end, in seconds.
private func processorTime() -> Double {
  [RUSAGE_SELF, RUSAGE_CHILDREN].reduce(0) { sum, who in
    var usage = rusage()
    getrusage(who.rawValue, &usage)
    return sum + seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

private func ratio(_ ours: Way, _ theirs: Way) -> Figures {
  Figures(zip(ours.rate.values, theirs.rate.values).map { $0 / $1 })
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

  fileprivate func curlToDisk(_ path: String) {
    curl(to: path)
    let file = open(path, O_RDWR | O_CLOEXEC)
    fsync(file)
    close(file)
  }

  /// What curl brings, in rows as large as the cache's, so many in a transaction.
  fileprivate func curlIntoSQLite(_ path: String, _ journal: Connection.Journal, together count: Int) throws {
    let pipe = file("pipe")
    mkfifo(pipe, 0o600)
    let program = startProgram(["curl", "-s", "-o", pipe, url])
    let input = open(pipe, O_RDONLY | O_CLOEXEC)
    defer { close(input) }
    var options = Connection.Options()
    options.pageSize = 16384
    options.autoVacuum = .incremental
    options.walAutocheckpoint = 200
    options.journal = journal
    options.cacheSize = 6000
    let connection = try Connection(path: path, options: options)
    try connection.execute("CREATE TABLE chunks(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    var row = [UInt8](repeating: 0, count: 256 << 10)
    var isWhole = false
    while !isWhole {
      try connection.transaction {
        for _ in 0..<count where !isWhole {
          let length = fill(&row, from: input)
          isWhole = length < row.count
          let statement = try connection.statement("INSERT INTO chunks(bytes) VALUES(?)")
          defer { statement.clear() }
          try row.withUnsafeBytes { try statement.lend(UnsafeRawBufferPointer(rebasing: $0[..<length]), at: 1) }
          _ = try statement.step()
        }
      }
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
