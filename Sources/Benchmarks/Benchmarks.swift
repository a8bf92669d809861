import Glibc

/// `make bench`: figures, printed; nothing here passes or fails.
@main
struct Benchmarks {
  static func main() throws {
    let isQuick = CommandLine.arguments.contains("--quick")
    measureSize()
    for tracks in isQuick ? [0, 10_000] : [1000, 100_000, 250_000] where tracks > 0 {
      try measureStartUp(tracks: tracks, runs: isQuick ? 3 : 11)
    }
    try measurePlaying(seconds: isQuick ? 5 : 20)
  }

  private static func measureSize() {
    for path in [Built.player, Built.server] {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      print("\(path.split(separator: "/").last!): \(short(Double(status.st_size) / 1_048_576)) MiB")
    }
  }
}
