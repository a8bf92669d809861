import Music
import SQLite

// Albums thrown by chance. Nearly every number up to the last is an album's: so those at the first places of a shuffled
// order are looked up until there are enough, and no list of all of them is sorted.

extension Catalogue {
  func shuffledAlbumIDs(seed: UInt32, limit: Int) throws -> [AlbumID] {
    let scope = try scopeList()
    guard let last = try database.first("SELECT max(id) FROM album", read: { $0.int64(0) }) else { return [] }
    let shuffle = Shuffle(seed: seed, upTo: last)
    if let found = try albums(at: shuffle, in: scope, limit) { return found }
    // Where few are in scope, they are sorted.
    let all = try database.rows("SELECT id FROM album WHERE origin IN \(scope)") { $0.int64(0) }
    return all.map { (place: shuffle.place(of: $0), id: $0) }.sorted { $0.place < $1.place }.prefix(limit)
      .map { AlbumID($0.id) }
  }

  /// - Returns: nil where too many places hold none.
  private func albums(at shuffle: Shuffle, in scope: String, _ limit: Int) throws -> [AlbumID]? {
    let statement = try database.statement("SELECT 1 FROM album WHERE id = ? AND origin IN \(scope)")
    defer { statement.reset() }
    var found: [AlbumID] = []
    var place: UInt64 = 0
    while found.count < limit, place < shuffle.count {
      if place > 4 * max(limit, 64) { return nil }
      let id = shuffle.number(at: place)
      statement.reset()
      try statement.bind(id, at: 1)
      if try statement.step() { found.append(AlbumID(id)) }
      place += 1
    }
    return found
  }
}
