import Fixtures
import FoundationEssentials
import Glibc
import Threading

/// Our server on loopback and a listener who is signed in to it, through a wire of any length.
final class Streaming {
  let home = Home()
  let card: Card
  private let server: PseudoTerminal
  private let wire: LongWire?
  private(set) var player: PseudoTerminal

  /// - Parameters:
  ///   - roundTrip: what the wire adds to each exchange.
  ///   - options: more of the server's words.
  init(
    music: String, roundTrip: Duration = .zero, speed: Double = 1, waitingFor text: String, options: [String] = []
  ) throws {
    card = home.makeCard(speed: speed)
    let ready = home.path + "/url"
    server = PseudoTerminal(
      [
        Built.server, "--music", music, "--listen", "127.0.0.1:0", "--ready-file", ready, "--demo-user", "ada",
        "--demo-password-stdin",
      ] + options, environment: home.environment)
    server.send("analytical\n")
    let deadline = monotonicNow() + .seconds(20)
    while access(ready, R_OK) != 0, monotonicNow() < deadline { server.settle(.milliseconds(20)) }
    var url = (readText(ready) ?? "").filter { !$0.isWhitespace }
    wire = roundTrip > .zero ? LongWire(to: url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0, roundTrip) : nil
    if let wire { url = "http://127.0.0.1:\(wire.port)" }
    runProgram(
      [Built.player, "login", url, "--user", "ada", "--password-stdin"], environment: home.environment,
      input: "analytical\n")
    player = home.openPlayer()
    try player.waitFor(text)
    player.settle(.seconds(1))
  }

  /// Keeps server and player from filling their terminals.
  func settle(_ duration: Duration) {
    server.settle(.milliseconds(1))
    player.settle(duration)
  }

  func end() {
    player.end()
    server.end()
    wire?.end()
  }
}
