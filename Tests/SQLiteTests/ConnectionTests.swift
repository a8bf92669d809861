import Fixtures
import Foundation
import SQLite
import Testing

@Suite("A connection")
struct ConnectionTests {
  let directory = TemporaryDirectory()
  var path: String { directory.file("a.db") }

  @Test("creates a file in WAL with foreign keys on and secure delete off")
  func configuration() throws {
    var options = Connection.Options()
    options.pageSize = 16384
    options.autoVacuum = .incremental
    options.walAutocheckpoint = 200
    let connection = try Connection(path: path, options: options)
    try connection.execute("CREATE TABLE t(a)")
    func pragma(_ name: String) throws -> String? { try connection.first("PRAGMA \(name)") { $0.text(0) } }
    #expect(try pragma("journal_mode") == "wal")
    #expect(try pragma("foreign_keys") == "1")
    #expect(try pragma("secure_delete") == "0")
    #expect(try pragma("page_size") == "16384")
    #expect(try pragma("auto_vacuum") == "2")
    #expect(try pragma("synchronous") == "1")
    #expect(try pragma("wal_autocheckpoint") == "200")
    #expect(try pragma("busy_timeout") == "5000")
  }

  @Test("writes the same when the disk is to begin early, and fails where there is no room, all or nothing")
  func writesEarly() throws {
    var options = Connection.Options()
    options.pageSize = 16384
    options.journal = .rollback
    options.writesEarly = true
    let connection = try Connection(path: path, options: options)
    try connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
    func row(_ number: Int) -> [UInt8] { noise(200_000 + number * 1000, seed: UInt64(number)) }
    try connection.transaction {
      for number in 0..<30 { try connection.run("INSERT INTO t VALUES(?, ?)", number, row(number)) }
    }
    try connection.run("UPDATE t SET a = ? WHERE id = 7", row(40))
    try connection.execute("PRAGMA max_page_count = 600")
    #expect(throws: SQLiteError.self) {
      try connection.transaction {
        for number in 30..<90 { try connection.run("INSERT INTO t VALUES(?, ?)", number, row(number)) }
      }
    }
    let reader = try Connection(path: path)
    for number in 0..<30 {
      let read = try reader.first("SELECT a FROM t WHERE id = ?", number) { $0.bytes(0) }
      #expect(read == row(number == 7 ? 40 : number))
    }
    #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == 30)
    #expect(try reader.integrityProblems() == [])
  }

  @Test("keeps a rollback journal where that is asked for, also in a file that had a log and is not in use")
  func rollbackJournal() throws {
    var options = Connection.Options()
    options.journal = .rollback
    options.busyTimeout = .milliseconds(30)
    func mode(_ connection: Connection) throws -> String? {
      try connection.first("PRAGMA journal_mode") { $0.text(0) }
    }
    do {
      let log = try Connection(path: path)
      try log.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)")
      #expect(try mode(Connection(path: path, options: options)) == "wal")
    }
    let connection = try Connection(path: path, options: options)
    #expect(try mode(connection) == "truncate")
    #expect(try connection.first("SELECT a FROM t") { $0.int(0) } == 1)
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    let other = try Connection(path: path, options: options)
    try connection.execute("BEGIN EXCLUSIVE")
    let error = #expect(throws: SQLiteError.self) { try other.run("INSERT INTO t VALUES(2)") }
    #expect(error?.isBusy == true)
    try connection.execute("COMMIT")
    try other.run("INSERT INTO t VALUES(2)")
    #expect(try connection.first("SELECT count(*) FROM t") { $0.int(0) } == 2)
  }

  @Test("gives back what was bound, of every type")
  func values() throws {
    let connection = try Connection(path: path)
    try connection.execute("CREATE TABLE t(i, d, s, b, n, e, z)")
    let text = "Ночь 東京 \u{0} e\u{301}"
    try connection.run(
      "INSERT INTO t VALUES(?,?,?,?,?,?,?)", Int64.min, 1.5, text, [1, 0, 255] as [UInt8], nil, "", [UInt8]())
    let row = try #require(
      try connection.first("SELECT * FROM t") { row in
        #expect(row.int64(0) == .min)
        #expect(row.double(1) == 1.5)
        #expect(row.text(2) == text)
        #expect(row.bytes(3) == [1, 0, 255])
        #expect(row.isNull(4) && row.text(4) == "" && row.int(4) == 0 && row.optionalText(4) == nil)
        #expect(!row.isNull(5) && row.optionalText(5) == "")
        #expect(!row.isNull(6) && row.bytes(6) == [])
        return row.withBlob(3) { $0.count }
      })
    #expect(row == 3)
  }

  @Test("answers a query for a column that is not there with nothing, not a crash")
  func noSuchColumn() throws {
    let connection = try Connection(path: path)
    #expect(try connection.first("SELECT 1") { $0.text(7) + "\($0.int(-1))" } == "0")
  }

  @Test("refuses more values than parameters")
  func tooManyValues() throws {
    let connection = try Connection(path: path)
    let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT ?", 1, 2) }
    #expect(error?.code == .range)
  }

  @Test("reports wrong SQL, empty SQL and a broken constraint as errors that say which call failed")
  func wrongSQL() throws {
    let connection = try Connection(path: path)
    #expect(throws: SQLiteError.self) { try connection.prepare("SELEC 1") }
    #expect(throws: SQLiteError.self) { try connection.prepare("  -- nothing") }
    try connection.execute("CREATE TABLE t(a UNIQUE)")
    try connection.run("INSERT INTO t VALUES(1)")
    let error = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES(1)") }
    #expect(error?.isConstraint == true)
    #expect(error?.call == "step")
    #expect(error?.extendedCode == 2067)
    func insertAgain() throws { try connection.run("INSERT INTO t VALUES(1)") }
    do { try insertAgain() } catch SQLiteError.Code.constraint {}
  }

  @Test("lends a query inside the same query a statement of its own")
  func reentrantStatement() throws {
    let connection = try Connection(path: path)
    try connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES (1), (2), (3)")
    let sql = "SELECT a FROM t ORDER BY a"
    let pairs = try connection.rows(sql) { outer in
      (outer.int(0), (try? connection.rows(sql) { $0.int(0) }) ?? [])
    }
    #expect(pairs.map(\.0) == [1, 2, 3])
    #expect(pairs.allSatisfy { $0.1 == [1, 2, 3] })
  }

  @Test("keeps a statement alive after itself")
  func statementOutlivesConnection() throws {
    var connection: Connection? = try Connection(path: path)
    let statement = try #require(try connection?.prepare("SELECT 42"))
    connection = nil
    #expect(try statement.step())
    #expect(statement.int(0) == 42)
  }

  @Test("refuses a directory, a missing file, a file of garbage and a damaged header")
  func badFiles() throws {
    let onDirectory = #expect(throws: SQLiteError.self) { try Connection(path: directory.path) }
    #expect(onDirectory?.isCannotOpen == true)
    var existing = Connection.Options()
    existing.access = .readWrite
    let onMissing = #expect(throws: SQLiteError.self) { try Connection(path: path, options: existing) }
    #expect(onMissing?.isCannotOpen == true)
    #expect(throws: SQLiteError.self) { try Connection(path: directory.file("none/such.db")) }
    try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: URL(fileURLWithPath: path))
    let onGarbage = #expect(throws: SQLiteError.self) { try Connection(path: path) }
    #expect(onGarbage?.isCorrupt == true)
  }

  @Test("finds damage inside a file that opens")
  func damagedPage() throws {
    do {
      let connection = try Connection(path: path)
      try connection.execute("CREATE TABLE t(a, b); CREATE INDEX i ON t(a)")
      try connection.transaction {
        for n in 0..<2000 { try connection.run("INSERT INTO t VALUES(?, ?)", n, "some text \(n)") }
      }
      #expect(try connection.integrityProblems() == [])
      try connection.checkpoint()
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for page in stride(from: 4096 * 3, to: bytes.count, by: 4096) {
      bytes.replaceSubrange(page..<(page + 64), with: Data(repeating: 0xA5, count: 64))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    let connection = try Connection(path: path)
    let problems = (try? connection.integrityProblems()) ?? ["unreadable"]
    #expect(!problems.isEmpty)
    let error = #expect(throws: SQLiteError.self) { _ = try connection.rows("SELECT b FROM t") { $0.text(0) } }
    #expect(error?.isCorrupt == true)
  }

  @Test("says that the file is full when it may not grow, and stays usable")
  func full() throws {
    let connection = try Connection(path: path)
    try connection.execute("CREATE TABLE t(a); PRAGMA max_page_count = 10")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { try connection.run("INSERT INTO t VALUES(zeroblob(1000000))") }
    }
    #expect(error?.isFull == true)
    #expect(!connection.isInTransaction)
    try connection.run("INSERT INTO t VALUES(1)")
  }

  @Test("gives an error, not a wait for ever, when another holds the lock")
  func busy() throws {
    let holder = try Connection(path: path)
    try holder.execute("CREATE TABLE t(a)")
    var impatient = Connection.Options()
    impatient.busyTimeout = .milliseconds(10)
    let other = try Connection(path: path, options: impatient)
    try holder.execute("BEGIN IMMEDIATE")
    let error = #expect(throws: SQLiteError.self) { try other.transaction {} }
    #expect(error?.isBusy == true)
    try holder.execute("ROLLBACK")
    try other.transaction {}
  }

  @Test("opens a file read-only and refuses to write to it")
  func readOnly() throws {
    try Connection(path: path).execute("CREATE TABLE t(a)")
    var options = Connection.Options()
    options.access = .readOnly
    let reader = try Connection(path: path, options: options)
    #expect(try reader.first("SELECT count(*) FROM t") { $0.int(0) } == 0)
    let error = #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES(1)") }
    #expect(error?.isReadOnly == true)
  }

  @Test("gives space back in slices")
  func incrementalVacuum() throws {
    var options = Connection.Options()
    options.autoVacuum = .incremental
    let connection = try Connection(path: path, options: options)
    try connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(1000000)); DELETE FROM t")
    func free() throws -> Int { try connection.first("PRAGMA freelist_count") { $0.int(0) } ?? 0 }
    let before = try free()
    try connection.vacuumIncrementally(pages: 50)
    #expect(try free() == before - 50)
    try connection.vacuumIncrementally()
    #expect(try free() == 0)
  }

  @Test("can be opened by many at the same moment while the file is made")
  func manyAtOnce() async throws {
    let path = path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask { try Connection(path: path).execute("CREATE TABLE IF NOT EXISTS t(a)") }
      }
      try await group.waitForAll()
    }
    #expect(try Connection(path: path).first("SELECT count(*) FROM sqlite_schema") { $0.int(0) } == 1)
  }
}
