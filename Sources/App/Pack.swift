import Core
import Library
import Music

/// `dulcet pack PLAYLIST… --size 4G`: chooses what fits, keeps it on this computer, and says what does not fit.
/// - Returns: the exit code: 1 where something did not fit.
func pack(_ wish: Arguments.Pack, paths: Paths) -> Int32 {
  withCatalogue(paths) { catalogue, _ in
    let lists = try wish.playlists.map { try catalogue.playlist(named: $0) }
    let plan = PackPlan(
      try lists.flatMap { try catalogue.tracks(of: $0.id) }, budget: wish.size, bitRate: wish.bitRate)
    for item in plan.left {
      printSafely("does not fit  \(describeBytes(item.size))  \(item.track.title) – \(item.track.artist)")
    }
    let what = "\(counted(plan.chosen.count, "track")), \(describeBytes(plan.size)) of \(describeBytes(wish.size))"
    if wish.isDryRun {
      for item in plan.chosen {
        printSafely("fits  \(describeBytes(item.size))  \(item.track.title) – \(item.track.artist)")
      }
      print("\(what) would be kept here.")
    } else {
      let gone = try catalogue.pack(
        plan.chosen.map(\.track.id), bitRate: wish.bitRate, keepsEarlier: wish.isAdded)
      if gone > 0 {
        print("\(counted(gone, "track")) of the pack before \(gone == 1 ? "is" : "are") not kept any more.")
      }
      tellPlayer("refresh", paths)
      let isRunning = (try? ControlClient(path: paths.controlSocket)).map { $0.close() } != nil
      print("\(what): kept here. \(isRunning ? "It is being fetched." : "It is fetched as soon as dulcet runs.")")
    }
    return plan.left.isEmpty ? 0 : 1
  }
}
