import Fixtures
import SQLite
import Testing

@Suite("A transaction")
struct TransactionTests {
  struct Refusal: Error {}

  let directory = TemporaryDirectory()
  let connection: Connection

  init() throws {
    connection = try Connection(path: directory.file("a.db"))
    try connection.execute("CREATE TABLE t(a)")
  }

  func count() throws -> Int? { try connection.first("SELECT count(*) FROM t") { $0.int(0) } }

  @Test("keeps everything when its body returns")
  func commit() throws {
    let answer = try connection.transaction {
      try connection.run("INSERT INTO t VALUES(1)")
      return "done"
    }
    #expect(answer == "done")
    #expect(try count() == 1)
    #expect(connection.changes == 1 && connection.lastInsertedRow == 1)
  }

  @Test("keeps nothing when its body throws")
  func rollback() throws {
    #expect(throws: Refusal.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES(1)")
        throw Refusal()
      }
    }
    #expect(try count() == 0)
    #expect(!connection.isInTransaction)
  }

  @Test("inside another is part of it")
  func nested() throws {
    #expect(throws: Refusal.self) {
      try connection.transaction {
        try connection.transaction { try connection.run("INSERT INTO t VALUES(1)") }
        throw Refusal()
      }
    }
    #expect(try count() == 0)
  }

  @Test("that cannot commit is undone")
  func deferredConstraint() throws {
    try connection.execute(
      """
      CREATE TABLE parent(id INTEGER PRIMARY KEY);
      CREATE TABLE child(p REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      """)
    #expect(throws: SQLiteError.self) {
      try connection.transaction { try connection.run("INSERT INTO child VALUES(7)") }
    }
    #expect(!connection.isInTransaction)
    #expect(try connection.first("SELECT count(*) FROM child") { $0.int(0) } == 0)
  }

  @Test("for reading sees one moment while another connection writes")
  func snapshot() throws {
    let other = try Connection(path: directory.file("a.db"))
    try connection.snapshot {
      #expect(try count() == 0)
      try other.run("INSERT INTO t VALUES(1)")
      #expect(try count() == 0)
    }
    #expect(try count() == 1)
  }
}
