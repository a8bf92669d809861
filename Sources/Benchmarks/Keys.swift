import Glibc
import Library
import Music
import Threading

/// What the terminal receives for one key in each list, at two sizes, with a library of 250 000 tracks. The bytes depend
/// neither on the build nor on the load. `BENCH_SHOW=1` prints what each key brought.
func measureKeys() throws -> [Line] {
  let home = Home()
  home.useLocalMusic()
  try fillCatalogue(home.catalogue, tracks: benchmarkTracks ?? 250_000)
  try fillLists(home.catalogue)
  var lines: [Line] = []
  for (columns, rows) in [(120, 40), (80, 24)] as [(Int32, Int32)] {
    let player = home.openPlayer("--output", "silent", columns: columns, rows: rows)
    defer { player.end() }
    try player.waitFor("Album 4 of")
    player.settle(.seconds(1))
    _ = player.react(to: ":set notices off\r")
    // The queue.
    _ = player.react(to: "20a", silence: .milliseconds(500))
    for list in ListKeys.all { lines += list.measure(player, "\(columns) × \(rows)") }
  }
  return lines
}

/// Two hundred playlists, three hundred listens, three hundred tracks to be kept of a server that nobody knows.
private func fillLists(_ path: String) throws {
  let catalogue = try Catalogue(path: path)
  let tracks = try catalogue.search("number", limit: 300).tracks.map(\.id)
  for number in 0..<200 { _ = try catalogue.createPlaylist(named: "Evening \(number)", tracks: tracks, on: .local) }
  for (number, track) in tracks.enumerated() {
    try catalogue.recordPlay(of: track, at: Timestamp(seconds: 1_795_000_000 + Int64(number) * 240))
  }
  let elsewhere = Origin.remote(ServerID("elsewhere"))
  try fillCatalogue(path, tracks: 300, from: elsewhere)
  for track in try catalogue.search("number 29", limit: 2000).tracks where track.origin == elsewhere {
    try catalogue.pin(.track(track.id))
  }
}

/// A list and the keys that lead to it.
private struct ListKeys {
  let name: String
  /// Each is waited for.
  let way: [String]
  /// Whether something beside it follows the cursor.
  var hasNeighbours = false
  /// How many lines down there are for sure.
  var steps = 6

  static let all = [
    ListKeys(name: "artists", way: ["gl", ":library artist\r", "gg"], hasNeighbours: true),
    ListKeys(name: "albums of an artist", way: ["gl", ":library artist\r", "gg", "l"], hasNeighbours: true, steps: 3),
    ListKeys(name: "tracks of an album", way: ["gl", ":library artist\r", "gg", "l", "l"]),
    ListKeys(name: "all albums", way: ["gl", ":library album\r"], hasNeighbours: true),
    ListKeys(name: "tracks, most played", way: ["gl", ":library played\r"]),
    ListKeys(name: "queue", way: ["gq"]),
    ListKeys(name: "playlists", way: ["gp", "h"], hasNeighbours: true),
    ListKeys(name: "tracks of a playlist", way: ["gp", "l"]),
    ListKeys(name: "search", way: ["gs", "\u{15}", "bridge\r"]),
    ListKeys(name: "history", way: [":view history\r"]),
    ListKeys(name: "downloads", way: [":view downloads\r"]),
    ListKeys(name: "help", way: [":view help\r"]),
  ]

  func measure(_ player: PseudoTerminal, _ size: String) -> [Line] {
    for keys in way { _ = player.react(to: keys, silence: .milliseconds(200)) }
    _ = player.react(to: "gg", silence: .milliseconds(200))
    // The first key after a rest brings what is beside the list, too.
    _ = player.held("j", times: 1, rest: false)
    let line = player.held("j", times: steps, showing: "\(size) \(name), a line")
    for _ in 0..<3 { _ = player.react(to: "12j", silence: .milliseconds(200)) }
    _ = player.held("j", times: 1, rest: false)
    let edge = player.held("j", times: 8, showing: "\(size) \(name), a line at the edge")
    _ = player.react(to: "gg", silence: .milliseconds(200))
    _ = player.held("\u{6}", times: 1, rest: false)
    let page = player.held("\u{6}", times: 3, showing: "\(size) \(name), a page")
    _ = player.react(to: "gg", silence: .milliseconds(200))
    let title = "\(size), \(name)"
    var lines = [
      Line("\(title): line down, bytes", line.bytes, goal: .atMost(170)),
      Line("\(title): line down, key to last byte, ms", line.times, goal: .atMost(0.5)),
      Line("\(title): line down at the window’s edge, bytes", edge.bytes),
      Line("\(title): page down, bytes", page.bytes, goal: .atMost(1900)),
      Line("\(title): page down, key to last byte, ms", page.times, goal: .atMost(1.3)),
    ]
    if hasNeighbours {
      player.settle(.milliseconds(300))
      let all = player.react(to: "j", silence: .milliseconds(200))
      lines.append(Line("\(title): line down with all that follows, bytes", Figures([Double(all.bytes)])))
    }
    return lines.filter { $0.ours.median != nil }
  }
}

extension PseudoTerminal {
  /// Types a key again and again; 30 times a second, as a keyboard does while it is held, where nothing else is said.
  /// - Returns: for each that brought something, how long until the last byte came, and how many came.
  func held(
    _ key: String, times: Int, every pause: Duration = .milliseconds(33), rest: Bool = true,
    showing title: String? = nil
  ) -> (times: Figures, bytes: Figures) {
    var (moments, bytes) = (Figures(), Figures())
    for _ in 0..<times {
      let before = output.count
      let last = follow(key, for: pause)
      guard output.count > before else { continue }
      moments.add(last)
      bytes.add(Double(output.count - before))
      if let title, getenv("BENCH_SHOW") != nil {
        let sent = String(decoding: output[before...], as: UTF8.self).debugDescription.replacing("\\u{1B}", with: "␛")
        print("\(title): \(output.count - before): \(sent)")
      }
    }
    if rest { settle(.milliseconds(150)) }
    return (moments, bytes)
  }
}
