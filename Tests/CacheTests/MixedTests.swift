import Audio
import Fixtures
import Music
import Testing
import Threading

@testable import Cache

@Suite("Whatever a server does")
struct MixedTests {
  @Test("no read ever gives a wrong byte, and the end is reached", .timeLimit(.minutes(40)), arguments: 1...12)
  func mixture(seed: Int) throws {
    var random = Dice(seed: UInt64(seed))
    var tuning = Tuning.quick
    tuning.limits.stall = .milliseconds(50)
    tuning.limits.tries = 100
    var rig = Rig(tuning: tuning)
    var tellsSize = true
    let bytes = rig.file("a", size: 1_000_000 + random.below(3_000_000)) { file in
      tellsSize = random.below(4) != 0
      file.tellsSize = tellsSize
      if random.below(3) == 0 { file.validator = nil }
    }
    for _ in 0..<3 {
      rig.server.script(rig.key("a"), (0..<12).map { _ in random.fault(tellsSize: tellsSize) })
      let source = rig.source("a")
      for _ in 0..<12 {
        let place = random.below(bytes.count)
        let count = min(1 + random.below(200_000), bytes.count - place)
        let got = try source.bytes(from: Int64(place), count: count)
        #expect(got == bytes[place..<place + count], "at \(place)")
      }
      rig.cache.close()
      rig = Rig(after: rig, tuning: tuning)
    }
    #expect(try rig.source("a").bytes() == bytes)
    #expect(rig.cache.verify().damaged == 0)
    rig.cache.close()
  }
}

/// Numbers that are the same each time.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func fault(tellsSize: Bool) -> ScriptedServer.Script {
    let count = below(600_000)
    // With no length told, an end that comes early or late is the end.
    switch below(tellsSize ? 7 : 5) {
    case 0: return .cut(after: count)
    case 1: return .misplaced(by: Int64(1 + below(5000)))
    case 2: return .whole
    case 3: return .stall(after: count)
    case 4: return .down
    case 5: return .short(after: count)
    default: return .long(by: count)
    }
  }
}
