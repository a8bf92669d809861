import FoundationEssentials
import Glibc
import HTTP
import Library
import Music
import OpenSubsonic
import Remote
import Threading

/// A library of 250 000 tracks pulled from a server that has every answer ready, and pulled again with a hundred changes.
func measureSynchronizing() throws -> [Line] {
  let home = Home()
  let count = 250_000
  let server = ReadyServer(count: count)
  let own = timed { server.readAll() }
  let first = try pullInProcess(from: server, home)
  server.change(100)
  let isOver = Monitor(false)
  let reading = Monitor(Figures())
  let path = home.path + "/library.db"
  let reader = OSThread("reader") {
    let times = (try? readWhile(path) { !isOver.withLock { $0 } }) ?? []
    reading.withLock { $0 = Figures(times) }
  }
  let second = try pullInProcess(from: server, home)
  isOver.update { $0 = true }
  reader.join()
  func beyond(_ pull: PullFigures) -> Double { max(pull.seconds - own.milliseconds / 1000, 0.001) }
  return [
    Line("the server's own time for 250 000 tracks, s", Figures([own.milliseconds / 1000])),
    Line(
      "250 000 tracks pulled, tracks a second beyond that", Figures([Double(count) / beyond(first)]),
      goal: .atLeast(25_000)),
    Line("… processor time, s", Figures([first.processorSeconds])),
    Line("… memory at most, MiB", Figures([first.mebibytes]), goal: .atMost(60)),
    Line("pulled again with 100 changes, s beyond the server's time", Figures([beyond(second)]), goal: .atMost(2)),
    Line("… processor time, s", Figures([second.processorSeconds])),
    Line("… memory at most, MiB", Figures([second.mebibytes]), goal: .atMost(60)),
    Line("… a list read meanwhile, ms: slowest of a hundred", reading.withLock { $0.percentile99 }, goal: .atMost(50)),
  ]
}

/// What one synchronisation cost the process that made it.
private struct PullFigures: Codable {
  var seconds: Double
  var processorSeconds: Double
  var mebibytes: Double
}

/// In a process of its own, so that its memory and its time are nobody else's.
private func pullInProcess(from server: ReadyServer, _ home: Home) throws -> PullFigures {
  let answer = home.path + "/pulled"
  runProgram(
    [Built.directory + "/Benchmarks", pullWord, server.address, home.path + "/library.db", answer],
    environment: home.environment)
  return try JSONDecoder().decode(PullFigures.self, from: Data(readBytes(answer) ?? []))
}

/// The first word of the process that pulls.
let pullWord = "pull"

/// What that process does: address, catalogue, and where its figures go.
func pull(_ words: [String]) throws {
  let isFinished = Monitor(false)
  let began = monotonicNow()
  let service = RemoteService(
    account: RemoteAccount(
      server: ServerID("bench"), address: ServerAddress(words[0])!,
      credentials: .token(user: "bench", salt: "salt12", token: "t")), cataloguePath: words[1], http: HTTPClient()
  ) { event in
    switch event {
    case .syncFinished: isFinished.update { $0 = true }
    case .syncFailed(let failure): print(failure)
    default: break
    }
  }
  service.start()
  _ = isFinished.wait(timeout: .seconds(600)) { $0 ? true : nil }
  let time = monotonicNow() - began
  service.stop()
  let figures = PullFigures(
    seconds: time.milliseconds / 1000, processorSeconds: ProcessFigures([getpid()]).cpu,
    mebibytes: mostMemory() / 1024)
  try JSONEncoder().encode(figures).write(to: URL(fileURLWithPath: words[2]))
}

/// In KiB.
private func mostMemory() -> Double {
  let line = (readText("/proc/self/status") ?? "").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
}

/// What a screen reads, fifty times a second.
/// - Returns: how long each took, in milliseconds.
private func readWhile(_ path: String, _ goesOn: () -> Bool) throws -> [Double] {
  let catalogue = try Catalogue(path: path)
  catalogue.scope = [.remote(ServerID("bench"))]
  let artists = try catalogue.artists()
  guard !artists.isEmpty else { return [] }
  var times: [Double] = []
  while goesOn() {
    let albums = try catalogue.albums(of: artists[times.count % artists.count].id)
    times.append(try timed { if let album = albums.first { _ = try catalogue.tracks(of: album.id) } }.milliseconds)
    usleep(20_000)
  }
  return times
}
