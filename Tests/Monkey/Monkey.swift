import Core
import Glibc
import Screens
import TUI

/// A monkey at the keyboard: keys that nobody thinks about and windows of every size, while answers come in any order.
///
///     Monkey [KEYS [SEED]]
///
/// A program of its own, so that a trap ends nothing but it, and says with which seed. Exit codes: 0 nothing was found,
/// 1 a canvas was wrong.
@main
struct Monkey {
  static func main() throws {
    let words = CommandLine.arguments
    let keys = words.count > 1 ? Int(words[1]) ?? 100_000 : 100_000
    let seed = words.count > 2 ? UInt64(words[2]) ?? 1 : UInt64.random(in: 1...1_000_000)
    print("monkey: seed \(seed), \(keys) keys")
    fflush(nil)
    let start = ContinuousClock.now
    var run = try Run(seed: seed)
    for count in 1...max(1, keys) {
      guard let fault = run.step() else { continue }
      print("after \(count) keys, the last of them \(run.last.joined(separator: " "))\n\(fault)")
      exit(1)
    }
    print("nothing found; \(run.frames) frames in \(ContinuousClock.now - start)")
  }
}

/// A monkey, its world, and what it pressed last.
struct Run {
  private var chance: Chance
  private var world: World
  private let hands = Hands()
  private(set) var last: [String] = []
  private(set) var frames = 0

  init(seed: UInt64) throws {
    chance = Chance(seed: seed)
    world = try World(seed: seed)
  }

  /// One key, perhaps a size, perhaps news, perhaps a frame; what is wrong with it.
  mutating func step() -> String? {
    let key = hands.key(&chance)
    if case .paste = key { last.append("paste") } else { last.append("\(key)") }
    if last.count > 40 { last.removeFirst() }
    world.send(.key(key))
    if chance.once(in: 60) {
      let size = hands.size(&chance)
      world.send(.resized(size))
      last.append("(\(size.columns)×\(size.rows))")
    }
    if !chance.once(in: 3) { world.happen(&chance) }
    guard chance.once(in: 8) else { return nil }
    frames += 1
    let canvas = draw(world.state, theme: world.shown, size: world.state.size)
    return fault(of: canvas, size: world.state.size).map { "\($0)\n\(canvas.lines.joined(separator: "\n"))" }
  }
}
