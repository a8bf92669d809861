import Fixtures
import SQLite
import Testing

@Suite("Migrations")
struct MigrationTests {
  struct Refusal: Error {}

  let directory = TemporaryDirectory()
  let first = Migration("tracks", sql: "CREATE TABLE track(id INTEGER PRIMARY KEY)")
  let second = Migration("titles", sql: "ALTER TABLE track ADD COLUMN title TEXT")

  func open() throws -> Connection { try Connection(path: directory.file("a.db")) }
  func version(_ connection: Connection) throws -> Int? { try connection.first("PRAGMA user_version") { $0.int(0) } }

  @Test("run once each, in order, also over several releases")
  func inOrder() throws {
    let connection = try open()
    try Migrations([first]).apply(to: connection)
    #expect(try version(connection) == 1)
    try Migrations([first, second]).apply(to: connection)
    try Migrations([first, second]).apply(to: connection)
    #expect(try version(connection) == 2)
    try connection.run("INSERT INTO track(title) VALUES('x')")
  }

  @Test("write nothing when the file is up to date")
  func upToDate() throws {
    let connection = try open()
    try Migrations([first, second]).apply(to: connection)
    let other = try open()
    try other.execute("BEGIN IMMEDIATE")
    try Migrations([first, second]).apply(to: connection)
  }

  @Test("undo a step that fails and keep those before it")
  func failingStep() throws {
    let connection = try open()
    let broken = Migration("broken") { connection in
      try connection.execute("CREATE TABLE half(a)")
      throw Refusal()
    }
    let error = #expect(throws: MigrationError.self) { try Migrations([first, broken]).apply(to: connection) }
    #expect(error?.step == "broken")
    #expect(error?.reason is Refusal)
    #expect(try version(connection) == 1)
    #expect(try connection.first("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") { $0.int(0) } == 0)
  }

  @Test("refuse a file from a newer program and leave it as it is")
  func newerFile() throws {
    let connection = try open()
    try connection.execute("PRAGMA user_version = 9")
    let error = #expect(throws: NewerSchemaError.self) { try Migrations([first, second]).apply(to: connection) }
    #expect(error == NewerSchemaError(found: 9, known: 2))
    #expect(try version(connection) == 9)
  }

  @Test("refuse a version that no program ever wrote")
  func negativeVersion() throws {
    let connection = try open()
    try connection.execute("PRAGMA user_version = -3")
    #expect(throws: NewerSchemaError.self) { try Migrations([first]).apply(to: connection) }
  }

  @Test("can be applied by several at once")
  func atOnce() async throws {
    let path = directory.file("a.db")
    let migrations = Migrations([first, second])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 { group.addTask { try migrations.apply(to: try Connection(path: path)) } }
      try await group.waitForAll()
    }
    #expect(try version(try open()) == 2)
  }
}
