import FoundationEssentials
import Library
import Music
import Threading

/// What editing long playlists costs: each figure is the whole edit, in the catalogue's file, with its history and what
/// waits for a server.
func measurePlaylists() throws -> [Line] {
  let home = Home()
  let path = home.path + "/library.db"
  try fillCatalogue(path, tracks: 20_000)
  let catalogue = try Catalogue(path: path)
  let all = try catalogue.search("number", limit: 20_000).tracks.map(\.id)
  var (adding, undoing, redoing, moving, sorting, merging) =
    (Figures(), Figures(), Figures(), Figures(), Figures(), Figures())
  for turn in 0..<9 {
    let list = try catalogue.createPlaylist(named: "List \(turn)", tracks: Array(all.prefix(10_000)), on: .local)
    let added = Array(all.suffix(1000))
    adding.add(try timed { try catalogue.addTracks(added, to: list, at: turn * 1000) })
    undoing.add(try timed { _ = try catalogue.undo() })
    redoing.add(try timed { _ = try catalogue.redo() })
    moving.add(try timed { try catalogue.editTracks(of: list) { $0.append($0.remove(at: 0)) } })
    let shuffled = try catalogue.tracks(of: list).map(\.id).shuffled()
    sorting.add(try timed { try catalogue.setTracks(of: list, to: shuffled) })
  }
  let base = Array(all.prefix(10_000))
  for _ in 0..<9 {
    let (ours, theirs) = (base.shuffled() + all.suffix(10), Array(base.dropFirst(7)) + all.suffix(5))
    merging.add(timed { _ = ListMerge.merge(base: base, ours: ours, theirs: theirs) })
  }
  return [
    Line("1 000 tracks added to a playlist of 10 000, ms", adding, goal: .atMost(50)),
    Line("… undone, ms", undoing, goal: .atMost(50)),
    Line("… done again, ms", redoing, goal: .atMost(50)),
    Line("one track of 10 000 moved from the start to the end, ms", moving, goal: .atMost(50)),
    Line("10 000 tracks shuffled, ms", sorting, goal: .atMost(50)),
    Line("10 000 tracks merged that one side shuffled, ms", merging),
  ]
}
