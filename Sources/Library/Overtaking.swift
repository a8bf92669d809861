import SQLite

// A search that is typed is overtaken by its next letter: nobody waits for it any more, and the newest must not wait for it.

extension Catalogue {
  /// Whatever `body` reads is given up once `isUnwanted` says so: that throws `CatalogueError.overtaken`. It is asked on
  /// this thread, thousands of times a second. Not for writing, and not within one another.
  package func reading<Answer>(unless isUnwanted: @escaping () -> Bool, _ body: () throws -> Answer) throws -> Answer {
    self.isUnwanted = isUnwanted
    defer { self.isUnwanted = nil }
    do {
      // The snapshot around it: its end must not be what is given up.
      return try database.snapshot { try database.reading(unless: isUnwanted, body) }
    } catch let error as SQLiteError where error.code == .interrupt {
      throw CatalogueError.overtaken
    }
  }

  /// What is looked for can be looked for later.
  func ensureTime() throws {
    if let deadline, ContinuousClock.now > deadline { throw OutOfTime() }
  }

  /// Between steps that SQLite does not divide.
  func ensureWanted() throws {
    if isUnwanted?() == true { throw CatalogueError.overtaken }
  }
}

/// The look into the index took longer than it may now.
struct OutOfTime: Error {}
