import Glibc

/// `make bench`: figures beside those of other players, in one table. Nothing here passes or fails a build.
@main
struct Benchmarks {
  /// In the order of the table. Each takes seconds; all together some minutes.
  private static let all: [(name: String, measure: @Sendable () throws -> [Line])] = [
    ("size", { measureSize() }),
    ("playing", { try measurePlaying() }),
    ("sound", { try measureTimeToSound() }),
    ("reactions", { try measureReactions() }),
    ("joins", { try measureJoins() }),
    ("wav", { try measureWAV() }),
    ("start", { try measureStart() }),
    ("screen", { try measureScreen() }),
    ("keys", { try measureKeys() }),
    ("peers", { try measurePeerScreens() }),
    ("playlists", { try measurePlaylists() }),
    ("editing", { try measureEditing() }),
    ("filling", { try measureFilling() }),
    ("synchronizing", { try measureSynchronizing() }),
    ("opening", { try measureOpeningCache() }),
  ]

  static func main() throws {
    if CommandLine.arguments.dropFirst().first == pullWord {
      return try pull(Array(CommandLine.arguments.dropFirst(2)))
    }
    let wanted = CommandLine.arguments.dropFirst().flatMap { $0.split(separator: ",").map(String.init) }
    let known = all.map(\.name)
    guard wanted.allSatisfy(known.contains) else {
      print("Benchmarks there are: \(known.joined(separator: ", ")).")
      exit(2)
    }
    guard access(Built.player, X_OK) == 0 else {
      print("There is no player at \(Built.player): `make bench` builds it beside this program and measures.")
      exit(2)
    }
    say(Line.head)
    for (name, measure) in all where wanted.isEmpty || wanted.contains(name) {
      do { for line in try measure() { say(line.text) } } catch { say("| \(name): \(error) | | | | |") }
    }
    for name in Peer.missing { say("\nNot installed, so not measured: \(name). `make bench-peers` installs it.") }
  }

  /// At once, also into a pipe.
  private static func say(_ text: String) {
    print(text)
    fflush(nil)
  }

  private static func measureSize() -> [Line] {
    [("dulcet", Built.player), ("dulcet-server", Built.server)].compactMap { name, path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Line("size of \(name), MiB", Figures([Double(status.st_size) / 1_048_576]))
    }
  }
}
