import Fixtures
import Foundation
import Testing

/// A screen as it was looked at and found good, kept as text beside the tests.
///
/// `GOLDENS=record` in the environment writes what is on the screen now in its place: look at each before it is kept.
struct Golden {
  let name: String

  static let isRecording = ProcessInfo.processInfo.environment["GOLDENS"] == "record"
  static let folder = Repository.path("Tests/EndToEndTests/Goldens")

  /// Whether there are any, or they are to be made.
  static var areThere: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return isRecording || names.contains { $0.hasSuffix(".txt") }
  }

  private var path: String { Self.folder + "/" + name + ".txt" }

  /// Waits until the screen is the golden one; where it never is, says in what it differs.
  func expect(_ tmux: Tmux, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    if Self.isRecording { return try await record(tmux) }
    let kept = try? String(contentsOfFile: path, encoding: .utf8)
    let wanted = try #require(
      kept, "there is no golden “\(name)”: GOLDENS=record makes it", sourceLocation: sourceLocation)
    let lines = wanted.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    var seen: [String] = []
    do {
      try await eventually("the screen is as it was", within: .seconds(20)) {
        seen = masked(try await tmux.screen().lines)
        return seen == lines
      }
    } catch is TimedOut {
      Issue.record(
        "“\(name)” looks different (- as it was, + as it is):\n\(difference(lines, seen))",
        sourceLocation: sourceLocation)
    }
  }

  /// What stands still for a while is what is to be kept.
  private func record(_ tmux: Tmux) async throws {
    var last: [String] = []
    var stillness = 0
    try await eventually("the screen stands still") {
      let now = masked(try await tmux.screen().lines)
      let isWhole = (now.count <= 10 || now.last?.isEmpty == false) && !now.contains { $0.contains("Reading…") }
      stillness = now == last && isWhole ? stillness + 1 : 0
      last = now
      try await Task.sleep(for: .milliseconds(150))
      return stillness >= 6
    }
    try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
    try (last.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}

/// The lines with what differs from run to run made the same: ports, dates, times of day, temporary folders with their
/// width kept, and how long ago a moment is.
private func masked(_ lines: [String]) -> [String] {
  lines.map { line in
    var line = line
    if let ago = line.firstMatch(of: /\d+ (?:minutes?|hours?) ago/) {
      let now = "just now".padding(toLength: ago.output.count, withPad: " ", startingAt: 0)
      line.replaceSubrange(ago.range, with: now)
      while line.last == " " { line.removeLast() }
    }
    // Midnight may be in between.
    if line.contains("Yesterday") {
      line = line.replacingOccurrences(of: "Yesterday", with: "Today    ")
      while line.last == " " { line.removeLast() }
    }
    for pattern in [
      #"127\.0\.0\.1:\d+"#, #"\d{4}-\d\d-\d\d"#, #"\b[0-2]\d:[0-5]\d\b(?!:)"#, #"dulcet-test-[0-9A-F-]+"#,
      // A sheet's last lines may be wrapped in another way.
      #"–\d+ of \d+$"#,
    ] {
      while let range = line.range(of: pattern, options: .regularExpression) {
        let text = line[range]
        let digits = String(text.map { $0.isNumber || ($0.isHexDigit && text.hasPrefix("dulcet")) ? "#" : $0 })
        if digits == text { break }
        line.replaceSubrange(range, with: digits)
      }
    }
    return line
  }
}

/// The lines that differ, with their numbers.
private func difference(_ wanted: [String], _ seen: [String]) -> String {
  var lines: [String] = []
  for index in 0..<max(wanted.count, seen.count) {
    let before = index < wanted.count ? wanted[index] : nil
    let after = index < seen.count ? seen[index] : nil
    guard before != after else { continue }
    let number = "\(index + 1)"
    let place = String(repeating: " ", count: max(0, 3 - number.count)) + number
    if let before { lines.append("\(place) - \(before)") }
    if let after { lines.append("\(place) + \(after)") }
  }
  return lines.joined(separator: "\n")
}
