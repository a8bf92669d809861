import Glibc
import Threading

/// From the key that plays to the first sound that leaves the card, cached (local files for the others) and from our
/// server: on this computer, and 80 ms away.
func measureTimeToSound() throws -> [Line] {
  let music = Home()
  Music.dense(seconds: 20, title: "dense", in: music)
  let count = 9
  for number in 1...count { Music.dense(seconds: 20, title: "track \(number)", in: music) }
  let near = try Streaming(music: music.music, waitingFor: "Benchmark")
  let (fresh, cached) = measure(near, count: count)
  near.end()
  let far = try Streaming(music: music.music, roundTrip: .milliseconds(80), waitingFor: "Benchmark")
  let (distant, _) = measure(far, count: count)
  far.end()

  let peers = try Peer.all(music: music.music, watched: true)
  defer { for peer in peers { peer.end() } }
  let local = peers.map { (name: $0.name, figures: measure($0, runs: count)) }
  return [
    Line("key to audible, cached, ms", cached, goal: .atMost(6), peers: Array(local.dropFirst())),
    Line("key to audible, a file of this computer, ms", local[0].figures, goal: .atMost(6)),
    Line("key to audible, uncached, server on loopback, ms", fresh, goal: .atMost(25)),
    Line("key to audible, uncached, 80 ms round trip, ms", distant, goal: .atMost(250)),
  ]
}

/// Plays one track after another, each of them twice.
private func measure(_ streaming: Streaming, count: Int) -> (fresh: Figures, cached: Figures) {
  var (fresh, cached) = (Figures(), Figures())
  // In the column of tracks, from the last one up: what follows the one that plays is fetched ahead.
  streaming.player.send("llG")
  streaming.settle(.milliseconds(300))
  for _ in 0..<count {
    for isCached in [false, true] {
      streaming.card.mark()
      let began = streaming.player.send("\r")
      let sound = streaming.card.firstSound { streaming.settle(.milliseconds(5)) }
      // Long enough for the whole of it to arrive.
      streaming.settle(.milliseconds(isCached ? 50 : 500))
      streaming.player.send("S")
      streaming.settle(.milliseconds(250))
      if isCached { cached.add(sound.map { $0 - began }) } else { fresh.add(sound.map { $0 - began }) }
    }
    streaming.player.send("k")
    streaming.settle(.milliseconds(100))
  }
  return (fresh, cached)
}

private func measure(_ peer: Peer, runs: Int) -> Figures {
  var times = Figures()
  for _ in 0..<runs {
    peer.card.mark()
    let began = peer.screen.send(peer.keys.play)
    let sound = peer.card.firstSound { Peer.settle([peer], .milliseconds(5)) }
    times.add(sound.map { $0 - began })
    Peer.settle([peer], .milliseconds(100))
    peer.screen.send(peer.keys.stop)
    Peer.settle([peer], .milliseconds(400))
  }
  return times
}
