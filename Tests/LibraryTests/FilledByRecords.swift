import Fixtures
import Library
import Music

/// A catalogue in a directory of its own with tracks of this computer, and what a search should find in it, found by
/// looking at each.
struct FilledByRecords {
  let directory = TemporaryDirectory()
  let catalogue: Catalogue
  let records: [TrackRecord]
  var path: String { directory.file("library.sqlite") }

  init(_ records: [TrackRecord]) throws {
    self.records = records
    catalogue = try Catalogue(path: directory.file("library.sqlite"))
    try catalogue.pull(records)
  }

  /// Titles of the tracks that have every word of `text` at the beginning of one of theirs: own titles first, in the order
  /// of the index.
  func titles(of text: String) -> [String] {
    let own = records.filter { $0.title.holds(text) }
    let others = records.filter { !$0.title.holds(text) && "\($0.title) \($0.artist) \($0.album)".holds(text) }
    return (own + others).map(\.title)
  }
}

extension Catalogue {
  /// From begin to finish.
  func pull(_ records: [TrackRecord], of origin: Origin = .local) throws {
    let pull = try beginPull(of: origin)
    try ingest(tracks: records, in: pull)
    _ = try finishPull(pull)
  }
}

extension String {
  /// Whether each of the words begins one of its own.
  func holds(_ words: String) -> Bool {
    let own = Folding.fold(self).split(separator: " ")
    return words.split(separator: " ").allSatisfy { word in own.contains { $0.hasPrefix(word) } }
  }
}
