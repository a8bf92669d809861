import Music
import SQLite

// Folders: what the paths of tracks say, of this computer and of servers alike. A folder is named by its path without a
// slash at the end; "" is the whole. Nothing of it is stored: an index on paths is leapt along.

/// What stands in a folder.
package struct FolderContents: Hashable, Sendable {
  /// Names of the folders in it, each once, sorted as people sort.
  package var folders: [String] = []
  /// Whether tracks lie in it directly.
  package var hasTracks = false

  package init() {}
}

/// What was read of a folder so far: it may hold thousands of others.
package struct FolderReading: Sendable {
  package let folder: String
  /// What every path in it begins with.
  let start: String
  fileprivate var names: Set<String> = []
  fileprivate var hasTracks = false
  /// The origins that are still to be read, nil before the first; and where in the first of them.
  fileprivate var origins: [Int64]?
  fileprivate var place: String
  /// Of when the reading began.
  fileprivate var state: KnownFolders.State?

  package init(of folder: String) {
    self.folder = folder
    start = folder.isEmpty ? "" : folder + "/"
    place = FolderReading.first(of: start)
  }

  /// Sorted.
  package var contents: FolderContents {
    var contents = FolderContents()
    contents.hasTracks = hasTracks
    contents.folders = FolderReading.sorted(names)
    return contents
  }

  static func sorted(_ names: some Sequence<String>) -> [String] {
    let keyed = names.map { (key: Folding.fold($0), name: $0) }
    return keyed.sorted { ($0.key, $0.name) < ($1.key, $1.name) }.map(\.name)
  }

  /// Tracks of no path lie nowhere.
  static func first(of start: String) -> String { start.isEmpty ? "\u{1}" : start }
}

extension Catalogue {
  package func contents(ofFolder folder: String) throws -> FolderContents {
    try database.snapshot {
      var reading = FolderReading(of: folder)
      while try !readSome(of: &reading) {}
      return reading.contents
    }
  }

  /// Reads the next piece, the work of a millisecond or two.
  ///
  /// - Returns: whether that was the last.
  package func readSome(of reading: inout FolderReading) throws -> Bool {
    if reading.state == nil { reading.state = try stateOfFolders() }
    var origins = try reading.origins ?? scope.compactMap { try row(of: $0) }
    var left = Self.leapsInPiece
    while let origin = origins.first, left > 0 {
      if try walk(&reading, origin, &left) {
        origins.removeFirst()
        reading.place = FolderReading.first(of: reading.start)
      }
    }
    reading.origins = origins
    return origins.isEmpty
  }

  private static let leapsInPiece = 256

  /// From one folder to the next, as long as steps are left.
  /// - Returns: whether it went to the end.
  private func walk(_ reading: inout FolderReading, _ origin: Int64, _ left: inout Int) throws -> Bool {
    let end = firstPath(after: reading.start)
    while left > 0 {
      guard let entry = try nextEntry(in: origin, from: reading.place, until: end, below: reading.start, &left) else {
        return true
      }
      if let name = entry.name { reading.names.insert(name) } else { reading.hasTracks = true }
      reading.place = entry.behind
    }
    return false
  }

  /// The first folder from a place on, or nil for the tracks that lie there themselves; and where to look on.
  func nextEntry(
    in origin: Int64, from place: String, until end: String, below start: String, _ left: inout Int
  ) throws -> (name: String?, behind: String)? {
    let statement = try database.statement(
      "SELECT path FROM track WHERE origin = ? AND path >= ? AND path < ? ORDER BY path")
    defer { statement.reset() }
    try statement.bind(origin, at: 1)
    try statement.bind(place, at: 2)
    try statement.bind(end, at: 3)
    left -= 1
    var last: String?
    while try statement.step() {
      let path = statement.text(0)
      let rest = path.utf8.dropFirst(start.utf8.count)
      if let slash = rest.firstIndex(of: UInt8(ascii: "/")), let name = String(rest[..<slash]) {
        // Tracks that were passed are told first.
        if let last { return (nil, last + "\u{1}") }
        // Behind everything in that folder: 0 follows the slash.
        return (name, start + name + "0")
      }
      last = path
      left -= 1
      if left <= 0 { break }
    }
    return last.map { (nil, $0 + "\u{1}") }
  }

  /// The first text behind all that begin with `start`.
  func firstPath(after start: String) -> String {
    start.isEmpty ? "\u{10FFFF}" : String(start.dropLast()) + "0"
  }
}

/// The folders of the whole, which may be thousands, as of when they were read.
struct KnownFolders {
  struct State: Hashable, Sendable {
    let foreignChanges: Int64
    let changes: Int
    let scope: [Origin]
  }

  let state: State
  let contents: FolderContents
}

extension Catalogue {
  /// What was read of a folder before, if nothing has changed since.
  package func knownContents(of folder: String) throws -> FolderContents? {
    guard folder.isEmpty, let knownFolders, try knownFolders.state == stateOfFolders() else { return nil }
    return knownFolders.contents
  }

  /// A reading that another connection may do, to be remembered by this one.
  package func beginReading(ofFolder folder: String) throws -> FolderReading {
    var reading = FolderReading(of: folder)
    reading.state = try stateOfFolders()
    return reading
  }

  /// Remembers the folders of the whole, read to the end.
  package func remember(_ reading: FolderReading) {
    guard reading.folder.isEmpty, let state = reading.state else { return }
    knownFolders = KnownFolders(state: state, contents: reading.contents)
  }

  private func stateOfFolders() throws -> KnownFolders.State {
    KnownFolders.State(foreignChanges: try foreignChanges(), changes: database.totalChanges, scope: scope)
  }
}
