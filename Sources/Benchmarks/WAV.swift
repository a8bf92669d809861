import Fixtures
import FoundationEssentials
import Glibc
import Threading

/// The demo music into WAV files as fast as it goes: from the key that plays to the last byte, beside `mpg123 -w`, whose
/// own start takes some 3 ms of its time.
func measureWAV() throws -> [Line] {
  guard isInstalled("mpg123") else { return [] }
  let home = Home()
  home.scan(DemoMusic.folder)
  var (ours, theirs) = (Figures(), Figures())
  let words = DemoMusic.tracks.map(\.path)
  for _ in 0..<5 {
    ours.add(try writeAll(home))
    let began = monotonicNow()
    runProgram(["/usr/bin/mpg123", "-q", "-w", home.path + "/other.wav"] + words, environment: home.environment)
    theirs.add(monotonicNow() - began)
  }
  return [
    Line("the demo to WAV, unpaced, ms", ours, goal: .atMostTimes(1.1, of: "mpg123 -w"), peers: [("mpg123 -w", theirs)])
  ]
}

private func writeAll(_ home: Home) throws -> Duration? {
  home.make("wav")
  defer { try? FileManager.default.removeItem(atPath: home.path + "/wav") }
  let player = home.openPlayer("--output", "wav:\(home.path)/wav/demo.wav")
  defer { player.end() }
  try player.waitFor("Lantern Quay")
  player.settle(.milliseconds(200))
  for key in ["a", "j", "a", "j", "a", "2"] { _ = player.react(to: key) }
  player.settle(.milliseconds(300))
  let whole = DemoMusic.tracks.reduce(0) { $0 + $1.frames * $1.channels * 2 }
  let began = player.send("\r")
  let deadline = began + .seconds(20)
  while monotonicNow() < deadline {
    player.settle(.milliseconds(1))
    if size(ofFilesIn: home.path + "/wav") >= whole { return monotonicNow() - began }
  }
  return nil
}

private func size(ofFilesIn directory: String) -> Int {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
  return names.reduce(0) { sum, name in
    var status = stat()
    return stat("\(directory)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
  }
}
