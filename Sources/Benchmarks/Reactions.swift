import Glibc
import Threading

/// From a key to what the card does or what is heard of it: pause, resume, next, volume.
func measureReactions() throws -> [Line] {
  let music = Home()
  for number in 1...9 { Music.tone(1000, seconds: 20, title: "tone \(number)", in: music) }
  guard let player = try Peer.dulcet(music: music.music, watched: true) else { return [] }
  defer { player.end() }
  player.screen.send(player.keys.play)
  Peer.settle([player], .seconds(1))
  var (pause, resume, next, volume) = (Figures(), Figures(), Figures(), Figures())
  for _ in 0..<7 {
    pause.add(time(player, " ", until: "stop"))
    resume.add(time(player, " ", until: "start"))
    next.add(time(player, ">", until: "start"))
    volume.add(timeOfVolume(player))
    player.screen.send("+")
    Peer.settle([player], .seconds(1))
  }
  return [
    Line("pause: key to silence at the card, ms", pause, goal: .atMost(50)),
    Line("resume: key to sound, ms", resume, goal: .atMost(50)),
    Line("next: key to the next track's sound, ms", next, goal: .atMost(50)),
    Line("volume: key to the first quieter sample, ms", volume, goal: .atMost(50)),
  ]
}

/// To the card's next `event`.
private func time(_ player: Peer, _ key: String, until event: String) -> Duration? {
  player.card.mark()
  let began = player.screen.send(key)
  let end = player.card.first(event) { Peer.settle([player], .milliseconds(5)) }
  Peer.settle([player], .milliseconds(500))
  return end.map { $0 - began }
}

/// The card writes down what was heard: what is quieter than the tone before the key, and when that was.
private func timeOfVolume(_ player: Peer) -> Duration? {
  player.card.mark()
  // What was heard before the key is in the file too, to compare with.
  Peer.settle([player], .milliseconds(400))
  let began = player.screen.send("-")
  Peer.settle([player], .seconds(1))
  let samples = player.card.heard.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
  let periods = stride(from: 0, to: samples.count - 88, by: 88).map { place in
    samples[place..<place + 88].map { abs(Int($0)) }.max() ?? 0
  }
  guard let loud = periods.first, let quiet = periods.firstIndex(where: { $0 * 100 < loud * 97 }) else { return nil }
  return player.card.time(ofHeard: quiet * 176).map { $0 - began }
}
