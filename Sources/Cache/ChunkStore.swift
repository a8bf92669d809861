import Glibc
import SQLite
import Threading

/// The chunk database: which renditions are held, and their bytes, within a cap.
///
/// It never fetches anything and never decides what to fetch. Every call is safe from any thread; reading a chunk uses a
/// connection of its own, so a decoder waits for a writer only while that makes things last, some milliseconds, and
/// listings use a third. Calls block for the disk only.
package final class ChunkStore: Sendable {
  package static let defaultCap: Int64 = 10 << 30

  /// A connection's place; empty while the file cannot be opened.
  struct Link {
    var connection: Connection?
    /// Held bytes of what is not pinned, as of a moment; only the writer's is used.
    var tally: Tally?
  }

  /// A running total: added up once, then carried on, until another process changes the file.
  struct Tally {
    var bytes: Int64
    let dataVersion: Int64
  }

  /// What a writer works with: all of its changes are made, or none.
  struct Transaction {
    let connection: Connection
    /// Held bytes of what is not pinned: to be kept up with every change.
    var bytes: Int64
  }

  struct Condition: Sendable {
    var cap: Int64
    var capChanged: (@Sendable () -> Void)?
    var failure: (any Error)?
    /// Counts how often the file was begun anew: what was known of an earlier one is void.
    var generation = 0
  }

  let path: String
  /// How long a call waits for another process's lock.
  let patience: Duration
  let ledger = LeaseLedger()
  let condition: Monitor<Condition>
  // Locked in this order where more than one is needed.
  let writer = Monitor(Link())
  let reader = Monitor(Link())
  let lister = Monitor(Link())

  /// Opens or creates the file. It never fails: a damaged file is moved aside and begun anew; where nothing can be
  /// opened, nothing is held and `failure` says why, until a later try succeeds.
  package convenience init(path: String, cap: Int64 = ChunkStore.defaultCap) {
    self.init(path: path, cap: cap, patience: .seconds(5))
  }

  init(path: String, cap: Int64 = ChunkStore.defaultCap, patience: Duration) {
    self.path = path
    self.patience = patience
    condition = Monitor(Condition(cap: max(0, cap)))
    open()
  }

  /// Why the file could not be opened; nil when all is well.
  package var failure: (any Error)? { condition.withLock { $0.failure } }

  /// How often the file was moved aside and begun anew by this value.
  var generation: Int { condition.withLock { $0.generation } }

  var cap: Int64 { condition.withLock { $0.cap } }

  /// Closes the file. Every later call does nothing, or fails.
  func close() {
    for link in [lister, reader, writer] { link.withLock { $0 = Link() } }
  }
}

// MARK: Opening, and beginning anew.

extension ChunkStore {
  /// Opens the file if it is not open. A damaged one is moved aside first.
  func open() {
    do {
      do { try connect() } catch let error where Self.isDamage(error) { try beginAnew() }
      condition.withLock { $0.failure = nil }
    } catch {
      close()
      if Self.isAboutTheDisk(error) { connectForReading() }
      condition.withLock { $0.failure = error }
    }
  }

  /// What cannot be written may be read: on a disk that is read-only, or of another user. Not what a writer left in the
  /// middle of a change: that must be undone first, by somebody who may write.
  private func connectForReading() {
    var status = stat()
    let isInterrupted = stat(path + "-journal", &status) == 0 && status.st_size > 0
    for access in isInterrupted ? [.readOnly] : [Connection.Access.readOnly, .immutable] {
      for link in [reader, lister] {
        link.withLock { link in
          if link.connection == nil {
            link.connection = try? Connection(path: path, options: Self.options(access, patience))
          }
        }
      }
    }
  }

  /// What is held can be read, but nothing can be written.
  package var isReadOnly: Bool { failure != nil && lister.withLock { $0.connection != nil } }

  /// The file turned out to be damaged while it was in use. Does nothing where that has been dealt with already.
  func rebuild(ifGeneration known: Int) {
    guard generation == known else { return }
    do { try beginAnew() } catch {
      close()
      condition.withLock { $0.failure = error }
    }
  }

  private func beginAnew() throws {
    close()
    // The file last: a journal that stays behind would be played into the new one.
    for suffix in ["-journal", "-wal", "-shm", ""] { rename(path + suffix, path + ".damaged" + suffix) }
    condition.withLock { $0.generation += 1 }
    try connect()
  }

  private func connect() throws {
    try writer.withLock { link in
      guard link.connection == nil else { return }
      let connection = try Connection(path: path, options: Self.options(.create, patience))
      try Schema.migrations.apply(to: connection)
      link.connection = connection
    }
    for link in [reader, lister] {
      try link.withLock { $0.connection = try Connection(path: path, options: Self.options(.readWrite, patience)) }
    }
  }

  static func options(_ access: Connection.Access, _ patience: Duration = .seconds(5)) -> Connection.Options {
    var options = Connection.Options()
    options.access = access
    options.busyTimeout = patience
    options.pageSize = 16384
    options.autoVacuum = .incremental
    // Nearly all that is written are new pages, of which a rollback journal needs no copy: each byte is written once. A
    // log would have each written twice.
    options.journal = .rollback
    // Only where another process kept the file from leaving its log.
    options.walAutocheckpoint = 200
    // All that a backlog stores at once: nothing is written before the commit.
    if access == .create {
      options.cacheSize = 8000
      options.writesEarly = true
    }
    return options
  }

  static func isDamage(_ error: any Error) -> Bool {
    switch error {
    case let error as SQLiteError: error.isCorrupt
    // A sound database, but not one of ours: the cache's place is the cache's.
    case let error as MigrationError: !isAboutTheDisk(error.reason)
    default: false
    }
  }

  private static func isAboutTheDisk(_ error: any Error) -> Bool {
    ((error as? MigrationError)?.reason as? SQLiteError ?? error as? SQLiteError)?.isAboutTheDisk ?? false
  }
}

/// The file is not open.
struct StoreClosedError: Error {}

extension ChunkStore {
  func write<Answer>(_ body: (inout Transaction) throws -> Answer) throws -> Answer {
    try writer.withLock { link in
      guard let connection = link.connection else { throw StoreClosedError() }
      let last = link.tally
      link.tally = nil
      return try connection.transaction {
        // Changes whenever another connection has committed (https://sqlite.org/pragma.html#pragma_data_version).
        let version = try connection.first("PRAGMA data_version", read: { $0.int64(0) }) ?? 0
        let bytes = try last.flatMap { $0.dataVersion == version ? $0.bytes : nil } ?? Self.sum(on: connection)
        var transaction = Transaction(connection: connection, bytes: bytes)
        let answer = try body(&transaction)
        link.tally = Tally(bytes: transaction.bytes, dataVersion: version)
        return answer
      }
    }
  }

  static func sum(on connection: Connection) throws -> Int64 {
    try connection.first("SELECT coalesce(sum(held), 0) FROM renditions WHERE pinned = 0", read: { $0.int64(0) }) ?? 0
  }

  /// For listings.
  func list<Answer>(_ body: (Connection) throws -> Answer) throws -> Answer {
    try lister.withLock { link in
      guard let connection = link.connection else { throw StoreClosedError() }
      return try body(connection)
    }
  }
}
