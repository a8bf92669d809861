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
  var lines = measureMoves(player, in: "library") + measureRested(player)
  lines += try measureSearch(player)
  lines += measureFields(player)
  lines += measureMoves(player, in: "search")
  lines += measureViews(player) + measureLibraryViews(player) + measureFilter(player) + measureRest(player)
  return lines
}

/// Keys 60 ms apart, as the other players were measured in their longest lists.
private func measureMoves(_ player: PseudoTerminal, in list: String) -> [Line] {
  let pause = Duration.milliseconds(60)
  _ = player.react(to: "gg", silence: .milliseconds(200))
  let line = player.held("j", times: 20, every: pause)
  // A search finds no more than six pages.
  let page = player.held("\u{6}", times: list == "search" ? 4 : 20, every: pause)
  return [
    Line("\(list): a line down: key to last byte, ms", line.times, goal: .atMost(0.5)),
    Line("\(list): a line down: bytes", line.bytes, goal: .atMost(170)),
    Line("\(list): a page down: key to last byte, ms", page.times, goal: .atMost(1.3)),
    Line("\(list): a page down: bytes", page.bytes, goal: .atMost(1900)),
  ]
}

/// One key after a rest: what stands beside the list comes with it.
private func measureRested(_ player: PseudoTerminal) -> [Line] {
  _ = player.react(to: "gg", silence: .milliseconds(200))
  var (times, bytes) = (Figures(), Figures())
  for _ in 0..<20 {
    let reaction = player.react(to: "j", silence: .milliseconds(200))
    times.add(reaction.time)
    bytes.add(Double(reaction.bytes))
  }
  return [
    Line("library: a line down after a rest, with albums and tracks: key to last byte, ms", times, goal: .atMost(0.5)),
    Line("library: a line down after a rest, with albums and tracks: bytes", bytes),
  ]
}

private func measureSearch(_ player: PseudoTerminal) throws -> [Line] {
  var keys = TypedLetters()
  for word in ["bridge", "winter", "electricite", "number 249999"] { keys.type(word, into: player) }
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
    Line("search: a letter to its hits on the screen, ms", keys.hits),
    Line("search: a letter to its hits on the screen, p99, ms", keys.hits.percentile99, goal: .atMost(16)),
    Line("search: a letter to the last byte, p99, ms", keys.all.percentile99),
    Line("search: word typed at once to its hit on the screen, ms", pasted, goal: .atMost(16)),
  ]
}

/// What letters of a search brought: when the last word of the hits stood there, and when the last byte had come. What comes
/// after the words is the scroll bar's length, once it is known how many were found.
private struct TypedLetters {
  var (hits, all) = (Figures(), Figures())

  mutating func type(_ text: String, into player: PseudoTerminal) {
    _ = player.react(to: "/")
    _ = player.react(to: "\u{15}")
    for letter in text {
      let reaction = player.react(to: String(letter))
      hits.add(reaction.lastWord ?? reaction.time)
      all.add(reaction.time)
    }
    _ = player.react(to: "\u{1B}")
  }
}

/// Fields, and words that are hard: frequent ones together, the middles of words, slips.
private func measureFields(_ player: PseudoTerminal) -> [Line] {
  var lines: [Line] = []
  for text in [
    "number album artist", "n a o", "idge num", "numbre 123", "夜 number", "artist:paper",
    "album:\"album 77\"", "genre:12", "year:1990..1999", "rating:>3", "is:cached", "is:starred", "added:<30d",
    "plays:>3 genre:1 year:1990",
  ] {
    var letters = TypedLetters()
    letters.type(text, into: player)
    lines += [
      Line("search: “\(text)”: a letter to its hits, p99, ms", letters.hits.percentile99, goal: .atMost(16)),
      Line("search: “\(text)”: a letter to the last byte, p99, ms", letters.all.percentile99),
    ]
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
