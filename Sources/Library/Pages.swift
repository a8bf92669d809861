package import Music
import SQLite

// A server's pages, to be known again. Where the bytes are those of the last time, what they tell stands here already:
// they need not be read, only the rows be noted as seen.

/// One page of a section.
package struct PageMark: Hashable, Sendable {
  package enum Section: String, Hashable, Sendable { case artist, album, track }

  package var section: Section
  /// The offset that it was asked for with.
  package var start: Int
  /// Of its bytes.
  package var digest: UInt64
  package var itemCount: Int
  /// How many items of the next section its own told of.
  package var announced: Int

  package init(section: Section, start: Int, digest: UInt64, itemCount: Int, announced: Int) {
    self.section = section
    self.start = start
    self.digest = digest
    self.itemCount = itemCount
    self.announced = announced
  }
}

extension Catalogue {
  /// The pages of a section as they last came, by where they start.
  package func knownPages(of section: PageMark.Section, from origin: Origin) throws -> [Int: PageMark] {
    guard let row = try row(of: origin) else { return [:] }
    let pages = try database.rows(
      "SELECT start, digest, items, announced FROM page WHERE origin = ? AND section = ?", row, section.rawValue
    ) {
      PageMark(
        section: section, start: $0.int(0), digest: UInt64(bitPattern: $0.int64(1)), itemCount: $0.int(2),
        announced: $0.int(3))
    }
    return Dictionary(pages.map { ($0.start, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The page came again as it was. One transaction, as `ingest`.
  /// - Returns: false where not all of its rows are here any more: then it has to be read.
  package func seePage(
    _ page: PageMark, in pull: Pull, progress: (section: String, value: String)
  ) throws -> Bool {
    try database.transaction {
      let origin = try row(of: pull)
      let rows = try database.first(
        "SELECT rows FROM page WHERE origin = ? AND section = ? AND start = ? AND digest = ?", origin,
        page.section.rawValue, page.start, Int64(bitPattern: page.digest)
      ) { TrackList.decoded($0.bytes(0)).map(\.rawValue) }
      guard let rows, try see(rows, page.section, of: origin) else { return false }
      try setProgress(progress, of: origin)
      return true
    }
  }

  func setProgress(_ progress: (section: String, value: String), of origin: Int64) throws {
    try database.run(
      "INSERT OR REPLACE INTO progress(origin, section, value) VALUES (?, ?, ?)", origin, progress.section,
      progress.value)
  }

  /// - Parameter rows: nil where what the page told depends on more than its bytes.
  func remember(_ page: PageMark, rows: [Int64]?, of origin: Int64) throws {
    guard let rows, page.itemCount > 0 else {
      return try database.run(
        "DELETE FROM page WHERE origin = ? AND section = ? AND start = ?", origin, page.section.rawValue, page.start)
    }
    try database.run(
      "INSERT OR REPLACE INTO page(origin, section, start, digest, items, announced, rows) VALUES (?, ?, ?, ?, ?, ?, ?)",
      origin, page.section.rawValue, page.start, Int64(bitPattern: page.digest), page.itemCount, page.announced,
      TrackList.encoded(Set(rows).sorted().map { TrackID($0) }))
  }

  /// The rows are others now than the pages made.
  func forgetPages(of origin: Int64) throws { try database.run("DELETE FROM page WHERE origin = ?", origin) }

  /// - Parameter rows: ascending.
  private func see(_ rows: [Int64], _ section: PageMark.Section, of origin: Int64) throws -> Bool {
    let table = section.rawValue
    for run in runs(of: rows) {
      // The plus: by the rows themselves, not by an index of origins.
      let those = "FROM \(table) WHERE id BETWEEN ? AND ? AND +origin = ?"
      let count = try database.first("SELECT count(*) \(those)", run.lowerBound, run.upperBound, origin) { $0.int(0) }
      guard count == run.count else { return false }
      if section == .album { continue }
      try database.run(
        "INSERT OR IGNORE INTO seen_\(table)(id) SELECT id \(those)", run.lowerBound, run.upperBound, origin)
    }
    return true
  }
}

/// `[1, 2, 3, 7]` → `1...3`, `7...7`. Rows that came together have numbers that follow one another.
private func runs(of numbers: [Int64]) -> [ClosedRange<Int64>] {
  var runs: [ClosedRange<Int64>] = []
  for number in numbers {
    if let last = runs.last, last.upperBound == number - 1 {
      runs[runs.count - 1] = last.lowerBound...number
    } else {
      runs.append(number...number)
    }
  }
  return runs
}
