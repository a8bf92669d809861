import Glibc

/// 320 kbit/s music through the paced card, screens up, all players in the same seconds: what it costs to play, to be
/// paused and to be stopped.
func measurePlaying() throws -> [Line] {
  let music = Home()
  // As long as songs are: the bar moves every other second.
  Music.dense(seconds: 240, title: "dense", in: music)
  let peers = try Peer.all(music: music.music, watched: false)
  defer { for peer in peers { peer.end() } }
  Peer.settle(peers, .milliseconds(500))
  let idle = peers.map(\.memory)
  for peer in peers { peer.screen.send(peer.keys.play) }
  Peer.settle(peers, .seconds(4))
  let playing = watch(peers, windows: 5, seconds: 6)
  let memory = zip(peers, idle).map { (name: $0.name, figures: Figures([$0.memory - $1])) }
  for peer in peers { peer.screen.send(peer.keys.pause) }
  Peer.settle(peers, .seconds(2))
  let paused = watch(peers, windows: 1, seconds: 5)
  for peer in peers { peer.screen.send(peer.keys.stop) }
  Peer.settle(peers, .seconds(2))
  let stopped = watch(peers, windows: 1, seconds: 5)

  func line(_ what: String, _ goal: Line.Goal, _ watched: [Watched], _ figure: (Watched) -> Figures) -> Line {
    let all = watched.map { (name: $0.name, figures: figure($0)) }
    return Line(what, all[0].figures, goal: goal, peers: Array(all.dropFirst()))
  }
  return [
    line("playing: CPU seconds for a minute of 320 kbit/s", .atMostTimes(1.15, of: "mpg123"), playing, \.cpu),
    line("playing: wake-ups a second", .atMost(12), playing, \.wakeups),
    line("playing: bytes a second to the terminal", .atMost(40), playing, \.bytes),
    Line(
      "playing: memory (PSS) above idle, MiB", memory[0].figures, goal: .atMost(4), peers: Array(memory.dropFirst())),
    line("paused: CPU seconds a minute", .atMost(0), paused, \.cpu),
    line("paused: wake-ups a second", .atMost(0), paused, \.wakeups),
    line("stopped: CPU seconds a minute", .atMost(0), stopped, \.cpu),
    line("stopped: wake-ups a second", .atMost(0), stopped, \.wakeups),
  ]
}

private struct Watched {
  var name: String
  /// Seconds a minute.
  var cpu = Figures()
  /// A second.
  var wakeups = Figures()
  var bytes = Figures()
}

/// Watches all of them at the same time, so that the machine's noise hits them alike.
private func watch(_ peers: [Peer], windows: Int, seconds: Int) -> [Watched] {
  var all = peers.map { Watched(name: $0.name) }
  for _ in 0..<windows {
    for peer in peers { peer.screen.forget() }
    let before = peers.map(\.figures)
    Peer.settle(peers, .seconds(seconds))
    let after = peers.map(\.figures)
    for place in peers.indices {
      all[place].cpu.add((after[place].cpu - before[place].cpu) * 60 / Double(seconds))
      all[place].wakeups.add(Double(after[place].wakeups - before[place].wakeups) / Double(seconds))
      all[place].bytes.add(Double(peers[place].screen.output.count) / Double(seconds))
    }
  }
  return all
}
