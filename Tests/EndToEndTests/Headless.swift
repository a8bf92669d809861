import Fixtures
import Foundation

/// What `dulcet status --json` prints, as far as tests look at it.
struct PlayerStatus: Decodable {
  struct TrackFacts: Decodable {
    var title: String
    var album: String
  }

  struct OutputFacts: Decodable {
    var kind: String
    var rate: Int
    var channels: Int
    var format: String
  }

  var state: String
  var track: TrackFacts?
  var position: Double
  var duration: Double
  var volume: Int
  var shuffle: Bool
  var offline: Bool
  var underruns: Int
  var entries: Int
  var place: Int?
  var output: OutputFacts?
  var account: String?
}

extension Profile {
  /// Says something to the player that runs here; throws what it complains of.
  func say(_ words: String...) async throws {
    let program = try start(words)
    guard try await program.finish() == 0 else { throw Program.Failed(description: "\(words): \(program.errors)") }
  }

  func status() async throws -> PlayerStatus {
    let program = try await dulcet("status", "--json")
    guard program.exitStatus == 0 else { throw Program.Failed(description: program.errors) }
    return try JSONDecoder().decode(PlayerStatus.self, from: program.output)
  }

  /// Waits until the player's status satisfies; throws `TimedOut` with the last one.
  @discardableResult
  func wait(
    for what: String, within limit: Duration = .seconds(60), _ satisfies: (PlayerStatus) -> Bool
  ) async throws -> PlayerStatus {
    let deadline = ContinuousClock.now + limit
    while true {
      let status = try await status()
      if satisfies(status) { return status }
      guard ContinuousClock.now < deadline else { throw TimedOut(what, after: limit, seen: "\(status)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Plays what these words mean, once the catalogue has come.
  func play(_ words: String) async throws {
    try await eventually("“\(words)” is in the library", within: .seconds(60)) {
      try await dulcet("play", words).exitStatus == 0
    }
  }

  /// Starts a player without a screen.
  func headless(output: String? = nil, environment: [String: String] = [:]) async throws -> Program {
    let program = try start(["--headless"] + (output.map { ["--output", $0] } ?? []), environment: environment)
    try await eventually("the player answers") {
      guard program.exitStatus == nil else { throw Program.Failed(description: program.text + program.errors) }
      return try await dulcet("status").exitStatus == 0
    }
    return program
  }

  /// What `dulcet cache` says.
  func cache() async throws -> CacheFacts { CacheFacts(try await dulcet("cache").text) }
}

/// What the cache holds.
struct CacheFacts: CustomStringConvertible {
  let description: String
  private let numbers: [String: Double]
  var whole: Int { Int(numbers["whole"] ?? -1) }
  var partial: Int { Int(numbers["partial"] ?? -1) }
  /// As exact as it is printed: to a twentieth of a MiB.
  let bytes: Double

  init(_ text: String) {
    description = text
    var numbers: [String: Double] = [:]
    var bytes = 0.0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 3, words[0] == "tracks" { numbers[words[1]] = Double(words[2]) }
      if words.count > 2, words[0] == "bytes", let value = Double(words[1]) {
        let units: [String: Double] = ["B": 1, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
        bytes = value * (units[words[2]] ?? .nan)
      }
    }
    self.numbers = numbers
    self.bytes = bytes
  }
}
