import Music
import SQLite

// What a screen shows first of a folder of thousands. The index has paths by their bytes, while people sort `a` beside
// `A` and `Á`: so the letters that names go on with are looked at, what folds alike together, and only the names behind
// the first of them are read.

extension Catalogue {
  /// The names that `contents(ofFolder:)` begins with.
  ///
  /// - Returns: nil where they do not come much sooner than all.
  package func firstFolders(of folder: String, limit: Int) throws -> [String]? {
    try database.snapshot {
      var search = FirstFolders(start: folder.isEmpty ? "" : folder + "/", limit: limit)
      let beginnings = try scope.compactMap { try row(of: $0) }.map {
        FirstFolders.Beginning(origin: $0, text: search.start)
      }
      guard try collect(beginnings, &search) else { return nil }
      return Array(FolderReading.sorted(search.names).prefix(limit))
    }
  }

  /// Reads the names that have one of these beginnings, which fold alike, until there are enough.
  ///
  /// - Parameter mayBeFew: not where they are the names of a shorter beginning, which were many.
  /// - Returns: false where that takes too many steps.
  private func collect(
    _ beginnings: [FirstFolders.Beginning], mayBeFew: Bool = true, _ search: inout FirstFolders
  ) throws -> Bool {
    if mayBeFew, try readAll(beginnings, &search) { return true }
    var groups: [Unicode.Scalar: [FirstFolders.Beginning]] = [:]
    for beginning in beginnings {
      for (scalar, longer) in try continuations(of: beginning, &search) {
        let folded = Folding.fold(String(scalar)).unicodeScalars
        if folded.count == 1, let first = folded.first {
          groups[first, default: []].append(longer)
        } else if try !readAll([longer], &search) {
          // What æ and combining marks begin may stand anywhere: all of it is needed.
          return false
        }
      }
    }
    let odd = search.names.count
    for group in groups.sorted(by: { $0.key < $1.key }) where search.names.count - odd < search.limit {
      if try !collect(group.value, mayBeFew: groups.count > 1, &search) { return false }
    }
    return search.left > 0
  }

  /// All names that have these beginnings, unless they are many.
  private func readAll(_ beginnings: [FirstFolders.Beginning], _ search: inout FirstFolders) throws -> Bool {
    var left = min(search.left, FirstFolders.few)
    search.left -= left
    var found: [String] = []
    for beginning in beginnings {
      var place = FolderReading.first(of: beginning.text)
      while let entry = try nextEntry(
        in: beginning.origin, from: place, until: beginning.end, below: search.start, &left)
      {
        if let name = entry.name { found.append(name) }
        place = entry.behind
        if left <= 0 { return false }
      }
    }
    search.left += left
    search.names.formUnion(found)
    return true
  }

  /// The letters that follow a beginning; a name that ends there is a name.
  private func continuations(
    of beginning: FirstFolders.Beginning, _ search: inout FirstFolders
  ) throws -> [(Unicode.Scalar, FirstFolders.Beginning)] {
    var found: [(Unicode.Scalar, FirstFolders.Beginning)] = []
    var place: String? = FolderReading.first(of: beginning.text)
    while let from = place, search.left > 0,
      let path = try firstPath(in: beginning.origin, from: from, until: beginning.end)
    {
      search.left -= 1
      guard let next = path.unicodeScalars.dropFirst(beginning.text.unicodeScalars.count).first else { break }
      if next == "/" {
        search.names.insert(String(beginning.text.unicodeScalars.dropFirst(search.start.unicodeScalars.count)))
      } else {
        found.append((next, beginning.followed(by: next)))
      }
      place = next.successor.map { beginning.text + String($0) }
    }
    return found
  }

  private func firstPath(in origin: Int64, from place: String, until end: String) throws -> String? {
    try database.first(
      "SELECT path FROM track WHERE origin = ? AND path >= ? AND path < ? ORDER BY path LIMIT 1", origin, place, end
    ) { $0.text(0) }
  }
}

/// What was found so far.
private struct FirstFolders {
  /// Names that begin alike, in one origin.
  struct Beginning {
    let origin: Int64
    /// Of the whole path.
    let text: String
    var end: String { text + "\u{10FFFF}" }

    func followed(by scalar: Unicode.Scalar) -> Beginning { Beginning(origin: origin, text: text + String(scalar)) }
  }

  /// So many are read at once.
  static let few = 128

  let start: String
  let limit: Int
  var names: Set<String> = []
  /// Steps along the index, each some microseconds.
  var left = 2048

  init(start: String, limit: Int) { (self.start, self.limit) = (start, limit) }
}

extension Unicode.Scalar {
  fileprivate var successor: Unicode.Scalar? {
    value == 0x10FFFF ? nil : Unicode.Scalar(value == 0xD7FF ? 0xE000 : value + 1)
  }
}
