import Fixtures
import Foundation
import Testing

/// Random keys and sizes: in a world of made-up answers, and in a real terminal with a real server behind it.
///
/// `MONKEY_KEYS` and `MONKEY_SEED` in the environment choose how many and which: `make monkey KEYS=100000`.
extension EndToEnd {
  @Suite(.serialized)
  struct Monkeys {
    private static let variables = ProcessInfo.processInfo.environment
    private static let keys = variables["MONKEY_KEYS"].flatMap { Int($0) }
    private static let seed = variables["MONKEY_SEED"].flatMap { UInt64($0) } ?? 11

    @Test("whatever is pressed while answers come in any order, the player goes on and draws within its window")
    func inProcess() async throws {
      let monkey = try #require(Repository.product("Monkey"))
      let program = try Program(
        monkey, ["\(Self.keys ?? 5000)", "\(Self.seed)"], environment: ["SWIFT_BACKTRACE": "enable=no"])
      #expect(try await program.finish(within: .seconds(1200)) == 0, "\(program.text)\n\(program.errors)")
    }

    @Test("after random keys in windows of random sizes the player lives, and leaves the terminal as it was")
    func inTerminal() async throws {
      let server = try await DemoServer()
      let profile = Profile()
      try await profile.login(server.url, user: server.user, password: server.password)
      let player = try #require(Repository.product("dulcet"))
      // Whoever presses at random also finds ways to quit: then it is started again, until there is the file.
      let done = profile.file("done")
      // While it is away, ^C and ^Z among the keys reach the shell, which must outlive them.
      let visit = try await Visit(
        "trap '' INT QUIT TSTP; (while [ ! -e '\(done)' ]; do \(player) --output silent || exit; done)",
        environment: profile.environment)
      try await visit.tmux.wait(forText: "三日月小楽団")
      var hands = MonkeyHands(seed: Self.seed)
      var pressed = 0
      while pressed < Self.keys ?? 2000 {
        let bytes = hands.bytes(40)
        try await visit.tmux.send(bytes)
        pressed += 40
        let (columns, rows) = hands.size()
        try await visit.tmux.resize(columns: columns, rows: rows)
        do {
          // Whoever goes on typing faster than the keys are read finds what is left of them on the shell's screen.
          try await eventually("the player of seed \(Self.seed) has read \(pressed) keys and goes on") {
            guard try await isShown(visit.tmux) else { return false }
            return try await visit.tmux.unreadBytes() == 0
          }
        } catch {
          Issue.record("What stands there instead:\n\(try await visit.tmux.screen())")
          throw error
        }
      }
      try await visit.tmux.resize(columns: 120, rows: 40)
      try await eventually("the player of seed \(Self.seed) answers") {
        guard try await isShown(visit.tmux) else { return false }
        return try await profile.dulcet("status").exitStatus == 0
      }
      try await expectAttentive(visit.tmux)
      #expect(FileManager.default.createFile(atPath: done, contents: nil))
      try await profile.say("quit")
      #expect(try await visit.end(keepsLines: false) == 0)
      server.stop()
    }

    /// Whether the player has the terminal; it is woken where it was suspended, by a key that it had read but not yet
    /// obeyed, too.
    private func isShown(_ tmux: Tmux) async throws -> Bool {
      if try await tmux.fact("alternate_on") == "1" { return true }
      // Who presses at random also finds the palette's `suspend`, which stops the shell, too.
      if let shell = pid_t(try await tmux.fact("pane_pid")) { kill(-shell, SIGCONT) }
      return false
    }

    /// Whatever is open is closed by Escape, and then a key does what it should.
    private func expectAttentive(_ tmux: Tmux) async throws {
      do {
        try await eventually("seed \(Self.seed): Escape closes everything, and 1 shows the library") {
          guard try await isShown(tmux) else { return false }
          try await tmux.press("Escape")
          try await tmux.press("Escape")
          try await tmux.press("2")
          try await tmux.press("1")
          return try await tmux.screen().contains("Artists")
        }
      } catch {
        Issue.record("What stands there instead:\n\(try await tmux.screen())")
        throw error
      }
    }
  }
}

/// What a terminal sends for keys that nobody thinks about: without those that end or suspend.
struct MonkeyHands {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func bytes(_ keys: Int) -> [UInt8] { (0..<keys).flatMap { _ in key() } }

  mutating func size() -> (columns: Int, rows: Int) {
    switch number(4) {
    case 0: pick([(120, 40), (100, 28), (80, 24), (56, 16), (40, 10), (1, 1), (300, 100)])
    default: (1 + number(130), 1 + number(40))
    }
  }

  private mutating func key() -> [UInt8] {
    switch number(20) {
    case 0..<9: return harmless(UInt8(0x20 + number(0x5F)))
    case 9..<11: return harmless(UInt8(1 + number(26)))
    case 11..<15: return Array(("\u{1B}" + pick(Self.sequences)).utf8)
    case 15: return Array(pick(["夜", "é", "ש", "👩‍👧", "\u{301}", "🇫🇷"]).utf8)
    case 16: return [0x1B] + harmless(UInt8(0x21 + number(0x5E)))
    case 17: return mouse()
    case 18: return Array("\u{1B}[200~\(pick([":quit\rq", "夜\n夜", "", "\u{3}\u{1A}", "a b c"]))\u{1B}[201~".utf8)
    default:
      return pick([[0x1B], [0x0D], [0x09], [0x7F], [0x1B, 0x1B], [0xFF], [0x1B, 0x5B, 0x39, 0x39, 0x39, 0x7E]])
    }
  }

  /// A report of the mouse in SGR's form: buttons, wheel, movement, presses and releases, also outside.
  private mutating func mouse() -> [UInt8] {
    let button = pick([0, 1, 2, 32, 34, 35, 64, 65, 66, 67, 128])
    return Array("\u{1B}[<\(button);\(1 + number(140));\(1 + number(50))\(number(2) == 0 ? "M" : "m")".utf8)
  }

  /// `q`, `Q`, `Z`, ^C, ^Q, ^Z and ^\ stop the player.
  private func harmless(_ byte: UInt8) -> [UInt8] {
    [0x71, 0x51, 0x5A, 3, 17, 26, 28].contains(byte) ? [0x6A] : [byte]
  }

  private static let sequences = [
    "[A", "[B", "[C", "[D", "OA", "OB", "OC", "OD", "[H", "[F", "[1~", "[2~", "[3~", "[4~", "[5~", "[6~", "[Z",
    "[1;2A", "[1;2B", "[1;2C", "[1;2D", "OP", "OQ", "OR", "OS", "[15~", "[17~", "[24~", "[1;5A", "[?62;4c", "[I", "[O",
  ]

  private mutating func number(_ limit: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % limit
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(elements.count)] }
}
