package import Music
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

extension Catalogue {
  package func contents(ofFolder folder: String) throws -> FolderContents {
    try database.snapshot {
      var contents = FolderContents()
      var names: Set<String> = []
      let start = folder.isEmpty ? "" : folder + "/"
      for origin in try scope.compactMap({ try row(of: $0) }) {
        try walk(start, origin) { name in
          if let name { names.insert(name) } else { contents.hasTracks = true }
        }
      }
      let keyed = names.map { (key: Folding.fold($0), name: $0) }
      contents.folders = keyed.sorted { ($0.key, $0.name) < ($1.key, $1.name) }.map(\.name)
      return contents
    }
  }

  /// Tells each folder below `start` once, or nil for a track that lies there itself.
  private func walk(_ start: String, _ origin: Int64, _ tell: (String?) -> Void) throws {
    let statement = try database.statement(
      "SELECT path FROM track WHERE origin = ? AND path >= ? AND path < ? ORDER BY path")
    defer { statement.reset() }
    // Tracks of no path lie nowhere.
    var place = start.isEmpty ? "\u{1}" : start
    while true {
      statement.reset()
      try statement.bind(origin, at: 1)
      try statement.bind(place, at: 2)
      try statement.bind(after(start), at: 3)
      var leapt: String?
      while leapt == nil, try statement.step() {
        let rest = statement.text(0).utf8.dropFirst(start.utf8.count)
        if let slash = rest.firstIndex(of: UInt8(ascii: "/")), let name = String(rest[..<slash]) {
          tell(name)
          // Behind everything in that folder: 0 follows the slash.
          leapt = start + name + "0"
        } else {
          tell(nil)
        }
      }
      guard let leapt else { return }
      place = leapt
    }
  }

  /// The first text behind all that begin with `start`.
  private func after(_ start: String) -> String {
    start.isEmpty ? "\u{10FFFF}" : String(start.dropLast()) + "0"
  }

  /// All tracks below a folder by path; only those that lie in it directly, where `isDirect`.
  package func tracks(inFolder folder: String, isDirect: Bool = false, limit: Int) throws -> [Track] {
    let start = folder.isEmpty ? "" : folder + "/"
    let direct = isDirect ? "AND instr(substr(t.path, length(?2) + 1), '/') = 0" : ""
    return try database.snapshot {
      var found: [Track] = []
      for origin in try scope.compactMap({ try row(of: $0) }) where found.count < limit {
        found += try database.rows(
          """
          SELECT \(Self.trackColumns) FROM track t
          WHERE t.origin = ?1 AND t.path >= ?2 AND t.path > '' AND t.path < ?3 \(direct) ORDER BY t.path LIMIT ?4
          """, origin, start, after(start), limit - found.count, read: track)
      }
      return found
    }
  }
}
