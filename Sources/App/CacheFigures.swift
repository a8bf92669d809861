import Cache
import Core
import Glibc
import Music

/// The cache in numbers, as lines for the sheet and the shell.
func cacheRows(_ summary: CacheSummary, _ downloads: DownloadReport, fileSize: Int64) -> [SheetRow] {
  let loose = summary.shares.filter { !$0.isPinned }
  var rows = [
    SheetRow(label: "Tracks whole", text: "\(summary.whole)"),
    SheetRow(label: "Tracks partial", text: "\(summary.partial)"),
    SheetRow(
      label: "Bytes", text: "\(describeBytes(loose.reduce(0) { $0 + $1.bytes })) of \(describeBytes(summary.cap))"),
  ]
  func add(_ label: String, _ text: String?) { if let text { rows.append(SheetRow(label: label, text: text)) } }
  add("Kept for good", keptText(summary, downloads))
  add("Could not come", downloads.failures.isEmpty ? nil : "\(counted(downloads.failures.count, "track"))")
  add("Renditions", renditionsText(summary))
  add("Heard from here", heardText(summary))
  add("Made room", summary.evicted > 0 ? "\(describeBytes(summary.evicted)) had to go, the longest unheard first" : nil)
  add("Checked", inspectionText(summary))
  add("File", fileSize > 0 ? "\(describeBytes(fileSize)) on disk" : nil)
  return rows
}

private func keptText(_ summary: CacheSummary, _ downloads: DownloadReport) -> String? {
  guard summary.pinned > 0 else { return nil }
  return "\(downloads.whole) of \(counted(downloads.count, "track")), \(describeBytes(downloads.bytes)) beyond that"
}

/// nil where everything is as the server has it.
private func renditionsText(_ summary: CacheSummary) -> String? {
  guard summary.shares.contains(where: { $0.rendition != .raw }) else { return nil }
  let sums = Dictionary(grouping: summary.shares, by: \.rendition).mapValues { $0.reduce(Int64(0)) { $0 + $1.bytes } }
  return sums.sorted { $0.value > $1.value }.map { "\($0.key.words) \(describeBytes($0.value))" }
    .joined(separator: ", ")
}

private func heardText(_ summary: CacheSummary) -> String? {
  guard summary.played > 0, let since = summary.countedSince else { return nil }
  let share = Int((Double(summary.playedFromHere) / Double(summary.played) * 100).rounded())
  return
    "\(share) % of \(describeBytes(summary.played)) since \(calendarDay(LocalTime(here: Timestamp(seconds: since))))"
}

func inspectionText(_ summary: CacheSummary) -> String {
  let report = summary.inspection
  let last = report.ended.map { ended in
    "all of it by \(calendarDay(LocalTime(here: Timestamp(seconds: ended)))), "
      + (report.damaged == 0 ? "nothing damaged" : "\(counted(report.damaged, "piece")) damaged and dropped")
  }
  guard let read = report.readBytes, summary.bytes > 0 else {
    return last ?? "not yet: that begins when nothing is done for a while"
  }
  let share = min(99, read * 100 / summary.bytes)
  let found = report.found == 0 ? "" : ", \(report.found) damaged"
  return "\(share) % of this round\(found)" + (last.map { "; the last one: \($0)" } ?? "")
}

extension Rendition {
  fileprivate var words: String {
    switch self {
    case .raw: "the server's files"
    case .mp3(0): "MP3 of the server's choice"
    case .mp3(let bitRate): "MP3 of \(bitRate) kbit/s"
    }
  }
}

/// With what stands in its journal or its log.
func sizeOnDisk(_ path: String) -> Int64 {
  ["", "-journal", "-wal"].reduce(0) { sum, suffix in
    var status = stat()
    return stat(path + suffix, &status) == 0 ? sum + Int64(status.st_size) : sum
  }
}
