import SQLite

// What is kept between runs.

extension Catalogue {
  /// A small value under a name: the saved session, the last synchronisation.
  package func value(_ name: String) throws -> String? {
    try database.first("SELECT value FROM value WHERE name = ?", name) { $0.text(0) }
  }

  /// nil takes it away.
  package func setValue(_ value: String?, for name: String) throws {
    if let value {
      try database.run("INSERT OR REPLACE INTO value(name, value) VALUES (?, ?)", name, value)
    } else {
      try database.run("DELETE FROM value WHERE name = ?", name)
    }
  }
}
