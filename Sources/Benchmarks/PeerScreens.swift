import Glibc
import Threading

/// What `start` and `screen` measure of ours, of the players whose library, list or folder holds as many files as `BENCH_TRACKS`
/// says, 100 000 where it says nothing. Ours has a quarter of a million there. Indexing takes them minutes.
func measurePeerScreens() throws -> [Line] {
  let music = Home()
  let count = benchmarkTracks ?? 100_000
  makeManyFiles(count, in: music)
  var lines: [Line] = []
  for make in [PeerScreen.cmus, PeerScreen.moc, PeerScreen.ncmpcpp] {
    guard let peer = try make(music.music) else { continue }
    lines += try peer.measure(tracks: count)
    peer.end()
  }
  return lines
}

/// How many tracks there shall be, where that is said: for a look that takes no time.
let benchmarkTracks: Int? = getenv("BENCH_TRACKS").flatMap { Int(String(cString: $0)) }

/// Another player that knows the files already.
private struct PeerScreen {
  let name: String
  let home: Home
  let command: [String]
  /// What is on its first full frame.
  let ready: String
  var down = "j"
  var page = "\u{6}"
  /// What opens the search; nil: it has none.
  var search: String?
  /// Said before it can be measured: to its longest list.
  var prepare = ""
  var servers: [PseudoTerminal] = []
  /// A server that was left behind, by the file that holds its number.
  var serverFile: String?

  func measure(tracks: Int) throws -> [Line] {
    var (frame, acted, memory) = (Figures(), Figures(), Figures())
    for _ in 0..<5 {
      let began = monotonicNow()
      let player = PseudoTerminal(command, environment: home.environment)
      guard player.time(patience: .seconds(30), until: { $0.contains(ready) }) != nil else {
        throw PseudoTerminal.NotSeen(
          what: "\(name): \(ready)", seen: String(decoding: player.output.suffix(300), as: UTF8.self))
      }
      frame.add(monotonicNow() - began)
      player.settle(.milliseconds(30))
      let shown = player.output.count
      player.send(down)
      _ = player.time { $0.count > shown }
      acted.add(monotonicNow() - began)
      player.settle(.seconds(1))
      memory.add(ProcessFigures(processes(player), memory: true).pss)
      player.end()
    }
    let title = "\(name), \(tracks) tracks"
    let start = [
      Line("\(title): exec to first full frame, ms", frame),
      Line("\(title): exec until the first key has acted, ms", acted),
      Line("\(title): memory (PSS) after start, MiB", memory),
    ]
    return start + (try measureKeys(title))
  }

  private func measureKeys(_ title: String) throws -> [Line] {
    let player = PseudoTerminal(command, environment: home.environment)
    defer { player.end() }
    try player.waitFor(ready)
    player.settle(.seconds(1))
    if !prepare.isEmpty { _ = player.react(to: prepare, silence: .milliseconds(500)) }
    // Held down, as in our own lists.
    let line = player.held(down, times: 20, showing: "\(title): a line")
    let pages = player.held(page, times: 8, showing: "\(title): a page")
    var found = Figures()
    if let search {
      for _ in 0..<3 {
        player.send("\u{1B}")
        player.settle(.milliseconds(300))
        player.send(search)
        player.settle(.milliseconds(300))
        let before = player.output.count
        let began = player.send("zyzzyva" + (name == "cmus" ? "" : "\r"))
        if player.time(patience: .seconds(5), until: { $0[before...].contains("the needle") }) != nil {
          found.add(monotonicNow() - began)
        }
        player.send("\r")
        player.settle(.milliseconds(200))
        player.send("g")
      }
    }
    let rest = measureRest(player)
    let lines = [
      Line("\(title): a line down: key to last byte, ms", line.times),
      Line("\(title): a line down: bytes", line.bytes),
      Line("\(title): a page down: key to last byte, ms", pages.times),
      Line("\(title): a page down: bytes", pages.bytes),
      Line("\(title): search: word typed at once to its hit on the screen, ms", found),
    ]
    // What it does not have, or what its list is too short for.
    return lines.filter { $0.ours.median != nil } + rest.map { Line("\(title): at rest: \($0.0)", $0.1) }
  }

  private func measureRest(_ player: PseudoTerminal) -> [(String, Figures)] {
    player.settle(.seconds(3))
    player.forget()
    let before = ProcessFigures(processes(player))
    player.settle(.seconds(4))
    let after = ProcessFigures(processes(player))
    return [
      ("CPU, ms a second", Figures([(after.cpu - before.cpu) * 250])),
      ("wake-ups a second", Figures([Double(after.wakeups - before.wakeups) / 4])),
      ("bytes a second to the terminal", Figures([Double(player.output.count) / 4])),
    ]
  }

  private func processes(_ player: PseudoTerminal) -> [pid_t] {
    [player.process] + servers.map(\.process) + (leftBehind.map { [$0] } ?? [])
  }

  private var leftBehind: pid_t? {
    serverFile.flatMap { readText($0) }.flatMap { pid_t($0.filter(\.isNumber)) }
  }

  func end() {
    if let leftBehind { kill(leftBehind, SIGTERM) }
    for server in servers { server.end() }
  }
}

// MARK: Who

extension PeerScreen {
  static func cmus(music: String) throws -> PeerScreen? {
    guard isInstalled("cmus") else { return nil }
    let home = Home()
    home.make("config/cmus")
    home.write("set mpris=false\nset output_plugin=alsa\n", to: "config/cmus/rc")
    let indexer = PseudoTerminal(["/usr/bin/cmus"], environment: home.environment)
    indexer.settle(.seconds(1))
    indexer.send("\r")
    indexer.settle(.milliseconds(300))
    indexer.send(":add \(music)\r")
    waitForRest([indexer])
    indexer.send(":save\r")
    indexer.settle(.seconds(1))
    indexer.send(":quit\ry")
    _ = indexer.wait()
    return PeerScreen(
      name: "cmus", home: home, command: ["/usr/bin/cmus"], ready: "Artist 000000", search: "/", prepare: "2g")
  }

  static func moc(music: String) throws -> PeerScreen? {
    guard isInstalled("mocp") else { return nil }
    let home = Home()
    home.make(".moc")
    home.write("SoundDriver = null\nStartInMusicDir = yes\n", to: ".moc/config")
    return PeerScreen(
      name: "mocp", home: home, command: ["/usr/bin/mocp", "-m", music], ready: "artist 000000", down: "\u{1B}OB",
      page: "\u{1B}[6~", serverFile: home.path + "/.moc/pid")
  }

  static func ncmpcpp(music: String) throws -> PeerScreen? {
    guard isInstalled("mpd"), isInstalled("ncmpcpp"), isInstalled("mpc") else { return nil }
    let home = Home()
    let socket = home.path + "/mpd.socket"
    home.write(
      """
      music_directory "\(music)"
      db_file "\(home.path)/mpd.db"
      bind_to_address "\(socket)"
      max_playlist_length "500000"
      max_output_buffer_size "262144"
      audio_output {
        type "null"
        name "none"
      }

      """, to: "mpd.conf")
    let server = PseudoTerminal(
      ["/usr/bin/mpd", "--no-daemon", home.path + "/mpd.conf"], environment: home.environment)
    server.settle(.seconds(1))
    for words in [["--wait", "update"], ["add", "/"]] {
      runProgram(["/usr/bin/mpc", "--host", socket] + words, environment: home.environment)
    }
    return PeerScreen(
      name: "mpd+ncmpcpp", home: home, command: ["/usr/bin/ncmpcpp", "--host", socket], ready: "Title 0",
      down: "\u{1B}OB", page: "\u{1B}[6~", search: "/", servers: [server])
  }

  /// Until they have used next to no time for a while.
  private static func waitForRest(_ programs: [PseudoTerminal]) {
    let deadline = monotonicNow() + .seconds(300)
    var quiet = 0
    while quiet < 4, monotonicNow() < deadline {
      let before = ProcessFigures(programs.map(\.process)).cpu
      for program in programs { program.settle(.milliseconds(300)) }
      quiet = ProcessFigures(programs.map(\.process)).cpu - before < 0.02 ? quiet + 1 : 0
    }
  }
}
