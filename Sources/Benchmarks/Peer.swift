import Glibc
import Threading

/// A player with its screen up, its cursor on the first track, and a card of its own: ours or another.
///
/// Each of them gets the same card, the same file, and a home where it finds nothing but that.
final class Peer {
  struct Keys {
    var play: String
    var pause: String
    var stop: String
  }

  let name: String
  let home: Home
  let card: Card
  let screen: PseudoTerminal
  let keys: Keys
  /// All of it: a screen and a server may be two.
  let processes: [pid_t]
  /// A server that belongs to it, so that it ends with it.
  private let server: PseudoTerminal?

  init(
    _ name: String, _ home: Home, _ card: Card, _ screen: PseudoTerminal, keys: Keys, server: PseudoTerminal? = nil,
    others: [pid_t] = []
  ) {
    self.name = name
    self.home = home
    self.card = card
    self.screen = screen
    self.keys = keys
    self.server = server
    processes = [screen.process] + (server.map { [$0.process] } ?? []) + others
  }

  var figures: ProcessFigures { ProcessFigures(processes) }
  var memory: Double { ProcessFigures(processes, memory: true).pss }

  func end() {
    for process in processes.reversed() where process != screen.process { kill(process, SIGTERM) }
    server?.end()
    screen.end()
  }

  /// Reads what all of them draw, for a while.
  static func settle(_ peers: [Peer], _ duration: Duration) {
    let deadline = monotonicNow() + duration
    while monotonicNow() < deadline {
      for peer in peers {
        peer.screen.settle(.milliseconds(1))
        peer.server?.settle(.milliseconds(1))
      }
      usleep(20_000)
    }
  }
}

extension Peer {
  /// Names of programs that are not here.
  static var missing: [String] {
    ["mpg123", "cmus", "mpd", "ncmpcpp", "mocp", "lame"].filter { !isInstalled($0) }
  }

  /// Everybody who is installed, ours first, ready to play what lies in `music`.
  static func all(music: String, watched: Bool) throws -> [Peer] {
    try [dulcet, mpg123, cmus, mpd, moc].compactMap { try $0(music, watched) }
  }

  static func dulcet(music: String, watched: Bool) throws -> Peer? {
    let home = Home()
    let card = home.makeCard(isWatched: watched)
    home.scan(music)
    let screen = home.openPlayer()
    try screen.waitFor("Benchmark")
    return Peer("dulcet", home, card, screen, keys: Keys(play: "\r", pause: " ", stop: "S"))
  }

  /// It has no screen: it is steered by lines (`mpg123 -R`).
  private static func mpg123(music: String, watched: Bool) throws -> Peer? {
    guard isInstalled("mpg123") else { return nil }
    let home = Home()
    let card = home.makeCard(isWatched: watched)
    let screen = PseudoTerminal(["/usr/bin/mpg123", "-q", "-o", "alsa", "-R"], environment: home.environment)
    try screen.waitFor("@R")
    screen.send("SILENCE\n")
    return Peer(
      "mpg123", home, card, screen, keys: Keys(play: "L \(music)/dense.mp3\n", pause: "P\n", stop: "S\n"))
  }

  private static func cmus(music: String, watched: Bool) throws -> Peer? {
    guard isInstalled("cmus") else { return nil }
    let home = Home()
    let card = home.makeCard(isWatched: watched)
    home.make("config/cmus")
    home.write(
      "set mpris=false\nset output_plugin=alsa\nset dsp.alsa.device=default\nadd \(music)\n", to: "config/cmus/rc")
    let screen = PseudoTerminal(["/usr/bin/cmus"], environment: home.environment)
    screen.settle(.milliseconds(500))
    // It may want to tell first that there is no D-Bus here.
    screen.send("\r")
    screen.settle(.milliseconds(500))
    screen.send("2g")
    try screen.waitFor("dense")
    return Peer("cmus", home, card, screen, keys: Keys(play: "\r", pause: "c", stop: "v"))
  }

  private static func mpd(music: String, watched: Bool) throws -> Peer? {
    guard isInstalled("mpd"), isInstalled("ncmpcpp"), isInstalled("mpc") else { return nil }
    let home = Home()
    let card = home.makeCard(isWatched: watched)
    let socket = home.path + "/mpd.socket"
    home.write(
      """
      music_directory "\(music)"
      db_file "\(home.path)/mpd.db"
      bind_to_address "\(socket)"
      audio_output {
        type "alsa"
        name "card"
        mixer_type "software"
      }

      """, to: "mpd.conf")
    let server = PseudoTerminal(
      ["/usr/bin/mpd", "--no-daemon", home.path + "/mpd.conf"], environment: home.environment)
    server.settle(.milliseconds(700))
    for words in [["--wait", "update"], ["add", "/"]] {
      runProgram(["/usr/bin/mpc", "--host", socket] + words, environment: home.environment)
    }
    let screen = PseudoTerminal(["/usr/bin/ncmpcpp", "--host", socket], environment: home.environment)
    try screen.waitFor("dense")
    return Peer(
      "mpd+ncmpcpp", home, card, screen, keys: Keys(play: "\r", pause: "p", stop: "s"), server: server)
  }

  private static func moc(music: String, watched: Bool) throws -> Peer? {
    guard isInstalled("mocp") else { return nil }
    let home = Home()
    let card = home.makeCard(isWatched: watched)
    home.make(".moc")
    home.write("SoundDriver = ALSA\nALSADevice = default\nStartInMusicDir = yes\n", to: ".moc/config")
    let screen = PseudoTerminal(["/usr/bin/mocp", "-m", music], environment: home.environment)
    try screen.waitFor("dense")
    screen.send("\u{1B}OB")
    screen.settle(.milliseconds(300))
    // It leaves a server of its own behind.
    let server = readText(home.path + "/.moc/pid").flatMap { pid_t($0.filter(\.isNumber)) }
    return Peer(
      "mocp", home, card, screen, keys: Keys(play: "\r", pause: "p", stop: "s"), others: server.map { [$0] } ?? [])
  }
}
