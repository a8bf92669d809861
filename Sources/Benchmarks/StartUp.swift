import Glibc
import Threading

/// From exec to the first frame, to the library's first row, and to the effect of the first key; memory afterwards.
func measureStartUp(tracks: Int, runs: Int) throws {
  let home = Home()
  home.useLocalMusic()
  try fillCatalogue(home.catalogue, tracks: tracks)
  var first = Figures()
  var content = Figures()
  var reaction = Figures()
  var memory = Figures()
  for _ in 0..<runs {
    let began = monotonicNow()
    let player = PseudoTerminal([Built.player, "--output", "silent"], environment: home.environment)
    _ = player.time { !$0.isEmpty }
    first.add(monotonicNow() - began)
    guard player.time(until: { $0.contains("Artist 0") }) != nil else {
      print("the library never came: \(String(decoding: player.output.suffix(400), as: UTF8.self).debugDescription)")
      return
    }
    content.add(monotonicNow() - began)
    player.settle(.milliseconds(150))
    player.forget()
    player.send("j")
    reaction.add(player.time { !$0.isEmpty })
    player.settle(.milliseconds(500))
    if let figures = ProcessFigures(player.process) { memory.add(figures.pss) }
    _ = player.end()
  }
  print("start with \(tracks) tracks, \(runs) runs, median (least–most)")
  print("  exec to first byte, ms     \(first.text)")
  print("  exec to first row, ms      \(content.text)")
  print("  key to first change, ms    \(reaction.text)")
  print("  memory (PSS), MiB          \(memory.text)")
}
