import FoundationEssentials
import Library
import Scan
import Threading

/// A line of progress, or the last one, which has the counts of what changed.
private struct ProgressLine: Encodable {
  var seen: Int
  var total: Int?
  var read: Int
  var unusable: Int
  var folder: String?
  var isFinished: Bool?
  var added: Int?
  var changed: Int?
  var removed: Int?
  /// Not found any more, but kept, since that is most or all of what there was.
  var withheld: Int?
  /// The first of those that are not usable.
  var unusableFiles: [String]?

  init(_ progress: ScanProgress) {
    seen = progress.seen
    total = progress.total >= progress.seen && progress.total > 0 ? progress.total : nil
    read = progress.read
    unusable = progress.unusable
    folder = progress.folder
  }
}

/// Brings the catalogue in the file up to what the folder holds; several times a second says how far it is.
func scan(_ folder: String, into library: String, forgetsMissing: Bool) throws {
  var lastLine = monotonicNow() - .seconds(1)
  let scanner = Scanner(
    root: folder, catalogue: try Catalogue(path: library), allowsLoss: forgetsMissing,
    report: { progress in
      guard monotonicNow() - lastLine >= .milliseconds(100) else { return }
      lastLine = monotonicNow()
      write(ProgressLine(progress))
    })
  let report = try scanner.scan()
  var line = ProgressLine(report.progress)
  line.folder = nil
  line.isFinished = true
  line.added = report.summary.added
  line.changed = report.summary.changed
  line.removed = report.summary.removed
  if report.progress.unusable > 0 { line.unusableFiles = report.progress.unusableFiles }
  if report.summary.withheld > 0 { line.withheld = report.summary.withheld }
  write(line)
}

private func write(_ line: ProgressLine) {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if let json = try? encoder.encode(line) { say(String(decoding: json, as: UTF8.self)) }
}
