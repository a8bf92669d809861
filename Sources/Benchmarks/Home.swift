import FoundationEssentials
import Glibc

/// A listener's directories, made for one benchmark and gone after it.
final class Home {
  let path: String
  private(set) var environment: [String: String]

  init() {
    var template = Array("/tmp/dulcet-bench-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template)!)
    environment = [
      "HOME": path, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "XDG_CONFIG_HOME": path + "/config", "XDG_DATA_HOME": path + "/data", "XDG_CACHE_HOME": path + "/cache",
      "XDG_STATE_HOME": path + "/state", "XDG_RUNTIME_DIR": path,
    ]
    for name in ["config", "data/dulcet", "cache", "state"] { make(name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var music: String { path + "/music" }
  var catalogue: String { path + "/data/dulcet/library.sqlite" }

  /// A card that is the `default` of everything that runs here.
  func makeCard(speed: Double = 1, isWatched: Bool = true) -> Card {
    let card = Card(in: path, speed: speed, isWatched: isWatched)
    environment["ALSA_CONFIG_PATH"] = card.configuration
    return card
  }

  /// Makes this computer's music the current account, without a scan.
  func useLocalMusic() { write("{\"all\": [], \"folder\": \"\(path)\"}", to: "data/dulcet/accounts.json") }

  /// Reads `folder` into the catalogue and makes it the current account.
  func scan(_ folder: String? = nil) {
    runProgram([Built.server, "scan", folder ?? music, "--library", catalogue], environment: environment)
    useLocalMusic()
  }

  func make(_ directory: String) {
    try? FileManager.default.createDirectory(atPath: "\(path)/\(directory)", withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) {
    let file = "\(path)/\(name)"
    try? Data(text.utf8).write(to: URL(fileURLWithPath: file))
    chmod(file, 0o600)
  }

  /// The player on a screen of its own.
  func openPlayer(_ options: String..., columns: Int32 = 120, rows: Int32 = 40) -> PseudoTerminal {
    PseudoTerminal([Built.player] + options, environment: environment, columns: columns, rows: rows)
  }

  /// Says something to the player that runs here.
  func tell(_ words: String...) { runProgram([Built.player] + words, environment: environment) }
}

/// The programs under test, beside this one.
enum Built {
  static let directory: String = {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count))
    let path = String(decoding: buffer[..<count], as: UTF8.self)
    return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }()
  static var player: String { directory + "/dulcet" }
  static var server: String { directory + "/dulcet-server" }
}
