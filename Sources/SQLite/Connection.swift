import CSQLite
import Glibc

/// One open SQLite file.
///
/// It owns the C handle and a cache of statements, and closes both. It never crosses threads by itself: it is not
/// `Sendable`, so each thread that needs the file opens a connection of its own (see `Journal` for when they wait for each
/// other).
package final class Connection {
  let handle: OpaquePointer
  private var cache: [String: Statement] = [:]

  /// Opens or creates the file. A directory, a damaged file or one that is no database gives an error at once.
  package init(path: String, options: Options = Options()) throws(SQLiteError) {
    var opened: OpaquePointer?
    let name = options.access == .immutable ? Self.uri(path) + "?immutable=1" : path
    let result = sqlite3_open_v2(name, &opened, options.access.flags, nil)
    guard result == SQLITE_OK, let opened else {
      let error = SQLiteError(opened.map { sqlite3_extended_errcode($0) } ?? result, "open")
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    if options.writesEarly { writeEarly }
    sqlite3_extended_result_codes(handle, 1)
    wait(atMost: options.busyTimeout, options.journal)
    try configure(options)
  }

  deinit {
    cache = [:]
    sqlite3_close_v2(handle)  // waits, as a zombie, for statements that outlive this
  }

  /// Runs SQL of any number of statements, with no values and no answer.
  package func execute(_ sql: String) throws(SQLiteError) {
    let result = sqlite3_exec(handle, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw SQLiteError(result, "execute", on: handle) }
  }

  /// A statement of the caller's own.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(sql, on: handle)
  }

  /// A statement that is kept for the next time. It comes reset and unbound; one still in the middle of its rows (a
  /// query inside the same query) is left alone, and the caller gets another.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = cache[sql], !kept.isBusy {
      kept.clear()
      return kept
    }
    let fresh = try prepare(sql)
    cache[sql] = fresh
    return fresh
  }
}

extension Connection {
  /// Rows that the last INSERT, UPDATE or DELETE touched.
  package var changes: Int { Int(sqlite3_changes64(handle)) }
  /// Rows touched since the file was opened, those of triggers and foreign keys too.
  package var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }
  /// The rowid of the last INSERT.
  package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Lets go of pages that are kept in memory.
  package func releaseMemory() { sqlite3_db_release_memory(handle) }

  /// Gives back at most this many free pages (all when nil) of a file with incremental auto-vacuum.
  package func vacuumIncrementally(pages: Int? = nil) throws(SQLiteError) {
    try execute("PRAGMA incremental_vacuum(\(pages ?? 0))")
  }

  /// Reads every page, or those of one table; empty when they are sound. `quick` leaves the indexes' contents out.
  package func integrityProblems(quick: Bool = false, of table: String? = nil) throws(SQLiteError) -> [String] {
    let check = quick ? "PRAGMA quick_check" : "PRAGMA integrity_check"
    let answers = try texts(check + (table.map { "('\($0)')" } ?? ""))
    return answers == ["ok"] ? [] : answers
  }

  /// Moves the write-ahead log into the file and empties it, as far as readers allow.
  package func checkpoint() throws(SQLiteError) {
    let result = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard result == SQLITE_OK || result & 0xff == SQLITE_BUSY else {
      throw SQLiteError(result, "checkpoint", on: handle)
    }
  }

  private func texts(_ sql: String) throws(SQLiteError) -> [String] {
    let statement = try prepare(sql)
    var texts: [String] = []
    while try statement.step() { texts.append(statement.text(0)) }
    return texts
  }
}

extension Connection {
  /// <https://sqlite.org/uri.html>: what would mean something in one is escaped.
  private static func uri(_ path: String) -> String {
    path.reduce(into: "file:") { uri, character in
      switch character {
      case "%": uri += "%25"
      case "?": uri += "%3f"
      case "#": uri += "%23"
      default: uri.append(character)
      }
    }
  }

  private func configure(_ options: Options) throws(SQLiteError) {
    if options.access == .create {
      // Before anything else: the first write fixes both for good.
      if let pageSize = options.pageSize { try execute("PRAGMA page_size = \(pageSize)") }
      try execute("PRAGMA auto_vacuum = \(options.autoVacuum.rawValue)")
    }
    if options.access == .readWrite || options.access == .create {
      switch options.journal {
      case .writeAheadLog: try useWriteAheadLog(waitingAtMost: options.busyTimeout)
      case .rollback: try useRollbackJournal()
      }
    }
    try execute(
      """
      PRAGMA synchronous = \(options.synchronous.rawValue);
      PRAGMA wal_autocheckpoint = \(options.walAutocheckpoint);
      PRAGMA cache_size = -\(options.cacheSize);
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = OFF;
      """)
    // The first read of the file: what is no database is refused here, not in the middle of something.
    _ = try texts("PRAGMA schema_version")
  }

  /// Truncated, the journal costs two waits for the disk a commit: made or written over, three. Who finds the file in use
  /// with a log leaves it so.
  private func useRollbackJournal() throws(SQLiteError) {
    do { try execute("PRAGMA journal_mode = TRUNCATE") } catch { if !error.isBusy { throw error } }
  }

  /// SQLite's own waiting sleeps longer each time, up to a tenth of a second. Between two commits of a busy writer there
  /// may be only a few milliseconds.
  private func wait(atMost limit: Duration, _ journal: Journal) {
    switch journal {
    case .writeAheadLog: sqlite3_busy_timeout(handle, limit.milliseconds)
    case .rollback:
      sqlite3_busy_handler(handle, waitForLock, UnsafeMutableRawPointer(bitPattern: Int(limit.milliseconds)))
    }
  }

  /// SQLite does not call the busy handler for the change of journal mode, so two that create a file at once need this
  /// loop. Where the file system knows no shared memory the file stays as it is, which works, too.
  private func useWriteAheadLog(waitingAtMost limit: Duration) throws(SQLiteError) {
    let deadline = ContinuousClock.now + limit
    while true {
      do {
        if try texts("PRAGMA journal_mode") != ["wal"] { try execute("PRAGMA journal_mode = WAL") }
        return
      } catch {
        guard error.isBusy, ContinuousClock.now < deadline else { throw error }
        usleep(5000)
      }
    }
  }
}

extension Connection.Access {
  fileprivate var flags: Int32 {
    // No mutex of its own: a connection is used by one thread at a time.
    let flags = SQLITE_OPEN_NOMUTEX
    switch self {
    case .immutable: return flags | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
    case .readOnly: return flags | SQLITE_OPEN_READONLY
    case .readWrite: return flags | SQLITE_OPEN_READWRITE
    case .create: return flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
  }
}

/// Called by SQLite when it meets a lock, with how often that was so before: 0 gives up. The context is a time in
/// milliseconds.
private func waitForLock(_ limit: UnsafeMutableRawPointer?, _ tries: Int32) -> Int32 {
  // A millisecond each, then ten.
  let waited = tries < 200 ? Int(tries) : 200 + (Int(tries) - 200) * 10
  guard waited < Int(bitPattern: limit) else { return 0 }
  usleep(tries < 200 ? 1000 : 10_000)
  return 1
}

/// Once for the process: SQLite's system calls are the same for all connections.
private let writeEarly: Void = dulcet_sqlite_write_early()
