import Glibc
import Threading

/// With 250 000 tracks at 120 × 40: keys to the last byte of their frame, search, views, and rest.
func measureScreen() throws -> [Line] {
  let home = Home()
  home.useLocalMusic()
  try fillCatalogue(home.catalogue, tracks: benchmarkTracks ?? 250_000)
  let player = home.openPlayer("--output", "silent")
  defer { player.end() }
  try player.waitFor("Album 4 of")
  player.settle(.seconds(1))
  var lines = measureMoves(player, in: "library")
  lines += try measureSearch(player)
  lines += measureFields(player)
  lines += measureMoves(player, in: "search")
  lines += measureViews(player) + measureLibraryViews(player) + measureFilter(player) + measureRest(player)
  return lines
}

private func measureMoves(_ player: PseudoTerminal, in list: String) -> [Line] {
  _ = player.react(to: "gg")
  var (line, lineBytes, page, pageBytes) = (Figures(), Figures(), Figures(), Figures())
  for _ in 0..<20 {
    let reaction = player.react(to: "j")
    line.add(reaction.time)
    lineBytes.add(Double(reaction.bytes))
  }
  // A search finds no more than six pages.
  for _ in 0..<4 {
    let reaction = player.react(to: "\u{6}")
    page.add(reaction.time)
    pageBytes.add(Double(reaction.bytes))
  }
  return [
    Line("\(list): a line down: key to last byte, ms", line, goal: .atMost(0.5)),
    Line("\(list): a line down: bytes", lineBytes, goal: .atMost(170)),
    Line("\(list): a page down: key to last byte, ms", page, goal: .atMost(1.3)),
    Line("\(list): a page down: bytes", pageBytes, goal: .atMost(1900)),
  ]
}

private func measureSearch(_ player: PseudoTerminal) throws -> [Line] {
  var keys = Figures()
  for word in ["bridge", "winter", "electricite", "number 249999"] {
    _ = player.react(to: "/")
    _ = player.react(to: "\u{15}")
    for letter in word { keys.add(player.react(to: String(letter)).time) }
    _ = player.react(to: "\u{1B}")
  }
  var pasted = Figures()
  let count = benchmarkTracks ?? 250_000
  for number in [123_456, 200_001, 98_765, 249_998, 55_555].map({ $0 % count }) {
    _ = player.react(to: "/")
    _ = player.react(to: "\u{15}")
    let before = player.output.count
    let began = player.send("number \(number)")
    guard player.time(until: { $0[before...].contains("Album \(number / 10)") }) != nil else { continue }
    pasted.add(monotonicNow() - began)
  }
  player.send("\r")
  _ = player.react(to: "/")
  _ = player.react(to: "\u{15}")
  player.send("bridge\r")
  player.settle(.milliseconds(500))
  return [
    Line("search: a letter to the last byte, ms", keys),
    Line("search: a letter to the last byte, p99, ms", keys.percentile99, goal: .atMost(16)),
    Line("search: word typed at once to its hit on the screen, ms", pasted, goal: .atMost(16)),
  ]
}

/// Fields, and words that are hard: frequent ones together, the middles of words, slips.
private func measureFields(_ player: PseudoTerminal) -> [Line] {
  var all = Figures()
  func type(_ text: String) {
    _ = player.react(to: "/")
    _ = player.react(to: "\u{15}")
    for letter in text { all.add(player.react(to: String(letter)).time) }
    _ = player.react(to: "\u{1B}")
  }
  var lines: [Line] = []
  for text in [
    "number album artist", "n a o", "idge num", "numbre 123", "夜 number", "artist:paper",
    "album:\"album 77\"", "genre:12", "year:1990..1999", "rating:>3", "is:cached", "is:starred", "added:<30d",
    "plays:>3 genre:1 year:1990",
  ] {
    all = Figures()
    type(text)
    lines.append(Line("search: “\(text)”: a letter to the last byte, p99, ms", all.percentile99, goal: .atMost(16)))
  }
  _ = player.react(to: "/")
  _ = player.react(to: "\u{15}")
  player.send("bridge\r")
  player.settle(.milliseconds(500))
  return lines
}

/// Every tab and every screen without one, each from another screen, so that all of it is drawn.
private func measureViews(_ player: PseudoTerminal) -> [Line] {
  let views = [
    ("library", "gl"), ("queue", "gq"), ("playlists", "gp"), ("search", "gs"), ("downloads", "gd"), ("history", "gh"),
    ("radio", "gr"), ("settings", "8"), ("help", "?"), ("changes", ":view changes\r"), ("outbox", ":view outbox\r"),
    ("versions", ":view versions\r"), ("registers", ":view registers\r"),
  ]
  var all = Figures()
  var lines: [Line] = []
  for (name, keys) in views {
    var figures = Figures()
    for _ in 0..<20 {
      _ = player.react(to: name == "queue" ? "gl" : "gq")
      // Only its last key opens it.
      if keys.count > 1 { _ = player.react(to: String(keys.dropLast())) }
      let time = player.react(to: String(keys.last!)).time
      figures.add(time)
      all.add(time)
      // Out of a field.
      _ = player.react(to: "\u{1B}")
    }
    lines.append(Line("opening \(name), p99, ms", figures.percentile99, goal: .atMost(16)))
  }
  return lines + [Line("opening a view, p99, ms", all.percentile99, goal: .atMost(16))]
}

/// Each view of the library by its command, from Enter to the last byte of what is shown first: the rest of a long list
/// follows while it is looked at.
private func measureLibraryViews(_ player: PseudoTerminal) -> [Line] {
  var all = Figures()
  var lines: [Line] = []
  for view in ["album", "genre", "year", "decade", "folder", "added", "played", "recent", "starred", "random"] {
    var figures = Figures()
    for _ in 0..<5 {
      _ = player.react(to: ":library \(view)", silence: .milliseconds(60))
      let time = player.react(to: "\r", silence: .milliseconds(20)).time
      figures.add(time)
      all.add(time)
      player.settle(.milliseconds(150))
      _ = player.react(to: ":library artist\r", silence: .milliseconds(100))
    }
    lines.append(
      Line("the library by \(view): Enter to the first rows, p99, ms", figures.percentile99, goal: .atMost(16)))
  }
  return lines + [Line("opening a view of the library, p99, ms", all.percentile99, goal: .atMost(16))]
}

/// 25 000 albums, narrowed letter by letter.
private func measureFilter(_ player: PseudoTerminal) -> [Line] {
  _ = player.react(to: ":library album\r", silence: .milliseconds(600))
  var keys = Figures()
  for word in ["bridge", "album 24", "electricite"] {
    _ = player.react(to: "&")
    for letter in word { keys.add(player.react(to: String(letter)).time) }
    _ = player.react(to: "\u{1B}", silence: .milliseconds(100))
  }
  _ = player.react(to: ":library artist\r", silence: .milliseconds(100))
  return [
    Line("filter, 25 000 albums: a letter to the last byte, ms", keys),
    Line("filter: a letter to the last byte, p99, ms", keys.percentile99, goal: .atMost(16)),
  ]
}

private func measureRest(_ player: PseudoTerminal) -> [Line] {
  _ = player.react(to: "1")
  player.settle(.seconds(8))
  player.forget()
  let before = ProcessFigures([player.process])
  player.settle(.seconds(4))
  let after = ProcessFigures([player.process])
  return [
    Line("at rest: CPU, ms a second", Figures([(after.cpu - before.cpu) * 250]), goal: .atMost(0)),
    Line("at rest: wake-ups a second", Figures([Double(after.wakeups - before.wakeups) / 4]), goal: .atMost(0)),
    Line("at rest: bytes a second to the terminal", Figures([Double(player.output.count) / 4]), goal: .atMost(0)),
  ]
}
