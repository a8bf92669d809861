import Glibc
import Threading

/// From exec to the first full frame and to the effect of the first key; memory afterwards, and what it costs at rest.
func measureStart() throws -> [Line] {
  var lines: [Line] = []
  for tracks in benchmarkTracks.map({ [$0] }) ?? [1000, 100_000, 250_000] {
    let home = Home()
    home.useLocalMusic()
    try fillCatalogue(home.catalogue, tracks: tracks)
    lines += try measureStart(home, tracks: tracks, runs: 15)
  }
  return lines
}

private func measureStart(_ home: Home, tracks: Int, runs: Int) throws -> [Line] {
  let environment = home.environment
  var (byte, frame, acted, memory) = (Figures(), Figures(), Figures(), Figures())
  for run in 0..<runs {
    let began = monotonicNow()
    let player = PseudoTerminal([Built.player, "--output", "silent"], environment: environment)
    _ = player.time { !$0.isEmpty }
    byte.add(monotonicNow() - began)
    // Artists and albums: both columns beside the panel stand.
    _ = player.time { $0.contains("Artist 0 ") && $0.contains("Album 4 of") }
    frame.add(monotonicNow() - began)
    let shown = player.output.count
    player.send("2")
    _ = player.time { $0[shown...].contains("Queue") || $0[shown...].contains("queue") }
    acted.add(monotonicNow() - began)
    guard run < 3 else { continue }
    player.send("1")
    player.settle(.milliseconds(700))
    memory.add(ProcessFigures([player.process], memory: true).pss)
  }
  let isGoal = tracks == 250_000
  func goal(_ limit: Double) -> Line.Goal { isGoal ? .atMost(limit) : .none }
  return [
    Line("\(tracks) tracks: exec to first byte, ms", byte),
    Line("\(tracks) tracks: exec to first full frame, ms", frame, goal: goal(15)),
    Line("\(tracks) tracks: exec until the first key has acted, ms", acted, goal: goal(20)),
    Line("\(tracks) tracks: memory (PSS) after start, MiB", memory, goal: goal(25)),
  ]
}
