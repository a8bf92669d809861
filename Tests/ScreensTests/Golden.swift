import Foundation
import Testing

/// Compares what a listener sees with the screen kept under that name in `Goldens`, which was looked at by a person.
///
/// After a change that is meant: run the tests with `DULCET_GOLDENS=write`, and read the difference before keeping it.
func expectGolden(
  _ name: String, _ evening: Evening, sourceLocation: SourceLocation = #_sourceLocation
) {
  expectGolden(name, evening.screen, sourceLocation: sourceLocation)
}

func expectGolden(_ name: String, _ screen: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
  let file = folder.appendingPathComponent(name + ".txt")
  if ProcessInfo.processInfo.environment["DULCET_GOLDENS"] == "write" {
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data((screen + "\n").utf8).write(to: file)
  }
  let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  guard kept != screen + "\n" else { return }
  let lines = zip(lines(kept), lines(screen + "\n")).enumerated().filter { $0.element.0 != $0.element.1 }
  let difference = lines.prefix(6).map { "\($0.offset + 1)- \($0.element.0)\n\($0.offset + 1)+ \($0.element.1)" }
  Issue.record(
    "\(name) looks otherwise:\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
}

private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
