package import Music
import SQLite

/// The one index of all music: artists, albums, tracks, genres, playlists, stars, search, and the outbox.
///
/// A value of this class is one SQLite connection and belongs to one thread; each thread opens its own on the same file
/// (WAL: readers never wait for a writer). It never talks to a server and never draws.
package final class Catalogue {
  let database: Connection
  /// What the reading calls see: this computer's music and the current account's.
  package var scope: [Origin] = [.local]
  /// Names every remote track that is held whole: `is:cached` asks it. Set by the one who knows the cache.
  package var heldTracks: (() -> [(server: ServerID, track: RemoteID)])?
  /// The words of the full-text index, once a search needed them, and as of when.
  var vocabulary: KnownWords?
  /// Words that are being read, a piece at a time.
  var readingOfWords: ReadingOfWords?
  /// What no title has a word with.
  var untitled = UntitledWords()
  var knownFolders: KnownFolders?
  /// Whether what is being read is waited for no more; nil where nobody changes their mind.
  var isUnwanted: (() -> Bool)?
  /// How long the first part of a search looks for more than fills a screen.
  package var patience = Duration.milliseconds(3)
  /// Until when the first part of a search may look; nil for as long as it takes.
  var deadline: ContinuousClock.Instant?
  private var originsByRow: [Int64: Origin] = [1: .local]
  /// The step of the history to which changes now belong.
  var openStep: Int64?
  /// A step is being undone or done again: that is not recorded.
  var isReplaying = false

  /// Opens or creates the file and brings its schema up to date. Reads nothing else: the size of the library does not
  /// matter. Throws `SQLiteError`, `NewerSchemaError` or `MigrationError`.
  ///
  /// - Parameter cacheSize: how much of the file it keeps in memory, in KiB.
  package init(path: String, cacheSize: Int = 4000) throws {
    var options = Connection.Options()
    options.cacheSize = cacheSize
    database = try Connection(path: path, options: options)
    try Schema.migrations.apply(to: database)
  }

  /// Differs from the last answer when another connection or process has changed the file in between; what this one
  /// changed does not count.
  package func foreignChanges() throws -> Int64 {
    try database.first("PRAGMA data_version") { $0.int64(0) } ?? 0
  }
}

// MARK: Origins as rows.

extension Catalogue {
  /// The origin's row; nil when nothing of it was ever stored. Not remembered: another connection may take it away.
  func row(of origin: Origin) throws -> Int64? {
    guard case .remote(let server) = origin else { return 1 }
    return try database.first("SELECT id FROM origin WHERE server = ?", server.rawValue) { $0.int64(0) }
  }

  func madeRow(of origin: Origin) throws -> Int64 {
    if let row = try row(of: origin) { return row }
    guard case .remote(let server) = origin else { return 1 }
    try database.run("INSERT INTO origin(server) VALUES (?)", server.rawValue)
    return database.lastInsertedRow
  }

  /// The origin of a row that was just read.
  func origin(ofRow row: Int64) -> Origin {
    if let origin = originsByRow[row] { return origin }
    let server = (try? database.first("SELECT server FROM origin WHERE id = ?", row) { $0.text(0) }) ?? ""
    let origin = Origin.remote(ServerID(server))
    // A row's number is never given twice, unless the transaction that made it is undone.
    if !database.isInTransaction { originsByRow[row] = origin }
    return origin
  }

  /// `(1,4)`: the rows of the origins in scope, for SQL's IN.
  func scopeList() throws -> String {
    let rows = try scope.compactMap { try row(of: $0) }.sorted()
    return "(" + rows.map(String.init).joined(separator: ",") + ")"
  }
}
