extension Connection {
  /// All of `body` or nothing of it: BEGIN IMMEDIATE … COMMIT, undone when `body` throws or the commit fails.
  /// Inside another transaction it is part of that one.
  package func transaction<Answer>(_ body: () throws -> Answer) throws -> Answer {
    if isInTransaction { return try body() }
    try execute("BEGIN IMMEDIATE")
    do {
      let answer = try body()
      try execute("COMMIT")
      return answer
    } catch {
      // A full disk and some others undo everything by themselves.
      if isInTransaction { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Everything `body` reads is of one moment, whatever other connections write meanwhile.
  package func snapshot<Answer>(_ body: () throws -> Answer) throws -> Answer {
    if isInTransaction { return try body() }
    try execute("BEGIN DEFERRED")
    defer { if isInTransaction { try? execute("COMMIT") } }
    return try body()
  }
}
