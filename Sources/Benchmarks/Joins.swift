import Fixtures
import Glibc
import Threading

/// The demo's piece that was cut in two: samples between the end of one part and the beginning of the other, where none
/// should be.
func measureJoins() throws -> [Line] {
  guard let join = Join() else { return [] }
  return [
    Line("samples added or lost at a join, files", Figures([try join.local()]), goal: .atMost(0)),
    Line("samples added or lost at a join, streamed", Figures([try join.streamed()]), goal: .atMost(0)),
    Line(
      "samples added or lost at a join, next chosen a second before", Figures([try join.late()]), goal: .atMost(0)),
  ]
}

private struct Join {
  let first = DemoMusic.gaplessPair.0
  let second = DemoMusic.gaplessPair.1
  let album: String
  /// What must stand side by side: the last of one, the first of the other.
  private let end: [UInt8]
  private let beginning: [UInt8]
  private static let part = 16384

  init?() {
    guard isInstalled("mpg123") else { return nil }
    album = String(first.path[..<first.path.lastIndex(of: "/")!])
    let home = Home()
    let decoded = [first, second].map { track in
      runProgram(
        ["/bin/sh", "-c", "mpg123 -q -s \"$0\" > \"$1\"", track.path, home.path + "/pcm"], environment: home.environment
      )
      return readBytes(home.path + "/pcm") ?? []
    }
    guard decoded.allSatisfy({ $0.count > Self.part }) else { return nil }
    end = decoded[0].suffix(Self.part)
    beginning = Array(decoded[1].prefix(Self.part))
  }

  /// Files, at twenty times the speed.
  func local() throws -> Double {
    let home = Home()
    let card = home.makeCard(speed: 20)
    home.scan(album)
    let player = home.openPlayer()
    defer { player.end() }
    try player.waitFor(first.album)
    player.send("\r")
    return gap(card) { player.settle(.milliseconds(100)) }
  }

  func streamed() throws -> Double {
    let streaming = try Streaming(music: album, speed: 20, waitingFor: first.album)
    defer { streaming.end() }
    streaming.player.send("\r")
    return gap(streaming.card) { streaming.settle(.milliseconds(100)) }
  }

  /// Streamed; the second track is added when the first has a second left, and not a byte of it is here yet.
  func late() throws -> Double {
    let streaming = try Streaming(music: album, waitingFor: first.album)
    defer { streaming.end() }
    // The first track alone plays.
    streaming.player.send("lla2")
    streaming.settle(.milliseconds(300))
    streaming.player.send("\r")
    streaming.settle(.seconds(1))
    streaming.home.tell("seek", "\(Int(first.seconds) - 3)")
    streaming.settle(.milliseconds(2000 + Int(first.seconds * 1000) % 1000))
    streaming.player.send("glja")
    return gap(streaming.card) { streaming.settle(.milliseconds(100)) }
  }

  /// - Returns: the samples between the two parts, negative where some are missing; nothing where one of them was not
  ///   heard at all.
  private func gap(_ card: Card, while reading: () -> Void) -> Double {
    let deadline = monotonicNow() + .seconds(15)
    while monotonicNow() < deadline {
      for _ in 0..<10 { reading() }
      let heard = card.heard
      guard let left = place(of: end, in: heard), let right = place(of: beginning, in: heard) else { continue }
      return abs(Double(right - left - end.count) / 4)
    }
    return .infinity
  }

  private func place(of part: [UInt8], in heard: [UInt8]) -> Int? {
    var rest = heard[...]
    while let place = rest.firstIndex(of: part[0]) {
      rest = rest[place...]
      if rest.starts(with: part) { return place }
      rest = rest.dropFirst()
    }
    return nil
  }
}
