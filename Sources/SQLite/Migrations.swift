/// One step of a schema's history. Once released it is never changed: the next step mends it.
package struct Migration: Sendable {
  package let name: String
  let apply: @Sendable (Connection) throws -> Void

  package init(_ name: String, apply: @escaping @Sendable (Connection) throws -> Void) {
    self.name = name
    self.apply = apply
  }

  /// A step that is SQL alone.
  package init(_ name: String, sql: String) {
    self.init(name) { try $0.execute(sql) }
  }
}

/// The file was written by a newer program: it is left as it is.
package struct NewerSchemaError: Error, Hashable, Sendable {
  /// Steps the file has had.
  package let found: Int
  /// Steps this program knows.
  package let known: Int

  package init(found: Int, known: Int) {
    self.found = found
    self.known = known
  }
}

/// A step failed, and was undone.
package struct MigrationError: Error, Sendable {
  package let step: String
  package let reason: any Error
}

/// The history of a schema, oldest step first. `PRAGMA user_version` counts the steps a file has had.
package struct Migrations: Sendable {
  private let steps: [Migration]

  package init(_ steps: [Migration]) { self.steps = steps }

  /// Brings the file up to date, each step in a transaction of its own. Throws `NewerSchemaError`, `MigrationError`, or
  /// the `SQLiteError` of the file itself. Safe when two processes do it at once.
  package func apply(to connection: Connection) throws {
    while try version(of: connection) < steps.count {
      try connection.transaction {
        // Read again under the lock: another process may just have taken this step.
        let version = try version(of: connection)
        guard version < steps.count else { return }
        try take(steps[version], on: connection)
        try connection.execute("PRAGMA user_version = \(version + 1)")
      }
    }
  }

  private func take(_ step: Migration, on connection: Connection) throws {
    do { try step.apply(connection) } catch { throw MigrationError(step: step.name, reason: error) }
  }

  private func version(of connection: Connection) throws -> Int {
    let version = try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
    guard (0...steps.count).contains(version) else { throw NewerSchemaError(found: version, known: steps.count) }
    return version
  }
}
