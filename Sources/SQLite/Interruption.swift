import CSQLite

extension Connection {
  /// What `body` reads is given up, with `SQLiteError.Code.interrupt`, once `isUnwanted` says that nobody waits for it.
  ///
  /// It is asked on this thread every few microseconds of SQLite's own work
  /// (<https://sqlite.org/c3ref/progress_handler.html>), and must only look at a value. Not within one another.
  package func reading<Answer>(unless isUnwanted: @escaping () -> Bool, _ body: () throws -> Answer) rethrows -> Answer
  {
    let question = Question(isUnwanted)
    return try withExtendedLifetime(question) {
      sqlite3_progress_handler(handle, stepsBetweenQuestions, ask, Unmanaged.passUnretained(question).toOpaque())
      defer { sqlite3_progress_handler(handle, 0, nil, nil) }
      return try body()
    }
  }
}

/// Lives as long as the handler is set.
private final class Question {
  let isUnwanted: () -> Bool
  init(_ isUnwanted: @escaping () -> Bool) { self.isUnwanted = isUnwanted }
}

private let stepsBetweenQuestions: Int32 = 1000

/// C calls this: not zero ends the statement.
private func ask(_ question: UnsafeMutableRawPointer?) -> Int32 {
  guard let question else { return 0 }
  return Unmanaged<Question>.fromOpaque(question).takeUnretainedValue().isUnwanted() ? 1 : 0
}
