import Library
import Music
import Threading

/// A playlist of 10 000 tracks, a hundred of them twice, edited on the screen: from the last key to the last byte of what
/// shows it, with everything in between: the player's thread, the catalogue's, its file, the rows read anew, the frame.
func measureEditing() throws -> [Line] {
  let home = Home()
  home.useLocalMusic()
  try fillCatalogue(home.catalogue, tracks: 20_000)
  let catalogue = try Catalogue(path: home.catalogue)
  let tracks = try catalogue.search("number", limit: 9900).tracks.map(\.id)
  _ = try catalogue.createPlaylist(named: "Long", tracks: tracks + tracks.prefix(100), on: .local)
  let player = home.openPlayer("--output", "silent")
  defer { player.end() }
  try player.waitFor("Album 4 of")
  for keys in [":set notices off\r", "gp", "l"] { _ = player.react(to: keys, silence: .milliseconds(300)) }
  var edits = [
    KeyedEdit("shuffled", ":playlist shuffle", "\r"), KeyedEdit("… undone", "", "u"),
    KeyedEdit("… done again", "", "\u{12}"), KeyedEdit("… undone once more", "", "u"),
    KeyedEdit("reversed", ":playlist reverse", "\r"), KeyedEdit("… undone", "", "u"),
    KeyedEdit("sorted by title", ":playlist sort title", "\r"), KeyedEdit("… undone", "", "u"),
    KeyedEdit("rid of what is twice", ":playlist dedupe", "\r"), KeyedEdit("… undone", "", "u"),
    KeyedEdit("its first track moved down", "", "J"), KeyedEdit("… and up", "", "K"),
  ]
  for _ in 0..<7 { for index in edits.indices { edits[index].press(player) } }
  return edits.map {
    Line("10 000 tracks on the screen \($0.name), key to last byte, ms", $0.times, goal: .atMost(100))
  }
}

private struct KeyedEdit {
  let name: String
  private let first: String
  private let last: String
  private(set) var times = Figures()

  /// - Parameters:
  ///   - first: typed before, and not counted.
  ///   - last: what does it.
  init(_ name: String, _ first: String, _ last: String) {
    (self.name, self.first, self.last) = (name, first, last)
  }

  mutating func press(_ player: PseudoTerminal) {
    if !first.isEmpty { _ = player.react(to: first, silence: .milliseconds(100)) }
    times.add(player.react(to: last, silence: .milliseconds(250)).time)
  }
}
