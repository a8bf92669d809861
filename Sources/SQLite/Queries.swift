/// What can stand for a `?`.
package protocol Bindable {
  func bind(to statement: Statement, at index: Int) throws(SQLiteError)
}

extension Int64: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) { try statement.bind(self, at: index) }
}

extension Int: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(Int64(self), at: index)
  }
}

extension Bool: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(self ? 1 : 0 as Int64, at: index)
  }
}

extension Double: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) { try statement.bind(self, at: index) }
}

extension String: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) { try statement.bind(self, at: index) }
}

extension [UInt8]: Bindable {
  package func bind(to statement: Statement, at index: Int) throws(SQLiteError) {
    try statement.bind(self.span.bytes, at: index)
  }
}

extension Statement {
  /// Binds from parameter 1 on; nil is NULL. More values than parameters is an error.
  package func bind(_ values: [(any Bindable)?]) throws(SQLiteError) {
    var index = 1
    for value in values {
      if let value { try value.bind(to: self, at: index) } else { try bindNull(at: index) }
      index += 1
    }
  }

  /// Binds, runs to the end, and is ready for the next time.
  package func run(_ values: (any Bindable)?...) throws(SQLiteError) { try run(values) }

  package func run(_ values: [(any Bindable)?]) throws(SQLiteError) {
    try bind(values)
    while try step() {}
    reset()
  }
}

/// A value as SQLite stores it: lists of many are cheaper to make and to bind than of `any Bindable`.
package enum StoredValue: Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  package init(_ value: Int) { self = .integer(Int64(value)) }
  package init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
  package init(_ value: Double?) { self = value.map { .real($0) } ?? .null }
  package init(_ value: String?) { self = value.map { .text($0) } ?? .null }
}

extension Statement {
  package func bind(_ value: StoredValue, at index: Int) throws(SQLiteError) {
    switch value {
    case .null: try bindNull(at: index)
    case .integer(let number): try bind(number, at: index)
    case .real(let number): try bind(number, at: index)
    case .text(let text): try bind(text, at: index)
    }
  }

  /// - Parameter first: the first one's number.
  /// - Returns: the number behind the last.
  @discardableResult
  package func bind(_ values: [StoredValue], from first: Int) throws(SQLiteError) -> Int {
    var index = first
    for value in values {
      try bind(value, at: index)
      index += 1
    }
    return index
  }

  /// Runs to the end with what is bound, and is ready for the next time.
  package func finish() throws(SQLiteError) {
    while try step() {}
    reset()
  }
}

// One call each for what is asked most. All of them use the statement cache.

extension Connection {
  /// Runs one statement to its end.
  package func run(_ sql: String, _ values: (any Bindable)?...) throws(SQLiteError) { try statement(sql).run(values) }

  package func run(_ sql: String, values: [(any Bindable)?]) throws(SQLiteError) { try statement(sql).run(values) }

  /// Every row, as `read` makes it.
  package func rows<Row>(
    _ sql: String, _ values: (any Bindable)?..., read: (Statement) -> Row
  ) throws(SQLiteError) -> [Row] {
    try rows(sql, values: values, read: read)
  }

  package func rows<Row>(
    _ sql: String, values: [(any Bindable)?], read: (Statement) -> Row
  ) throws(SQLiteError) -> [Row] {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var rows: [Row] = []
    while try statement.step() { rows.append(read(statement)) }
    return rows
  }

  /// The first row; nil when there is none.
  package func first<Row>(
    _ sql: String, _ values: (any Bindable)?..., read: (Statement) -> Row
  ) throws(SQLiteError) -> Row? {
    try first(sql, values: values, read: read)
  }

  package func first<Row>(
    _ sql: String, values: [(any Bindable)?], read: (Statement) -> Row
  ) throws(SQLiteError) -> Row? {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() ? read(statement) : nil
  }
}
