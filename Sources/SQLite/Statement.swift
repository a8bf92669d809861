import CSQLite

/// One compiled SQL statement: bind, step, read columns, reset. Columns count from 0, parameters from 1, as in SQLite.
///
/// It owns its C handle. It belongs to the thread of its connection, and may outlive it.
package final class Statement {
  private let handle: OpaquePointer

  init(_ sql: String, on connection: OpaquePointer) throws(SQLiteError) {
    var prepared: OpaquePointer?
    let result = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard result == SQLITE_OK else { throw SQLiteError(result, "prepare", on: connection) }
    // Nothing but spaces or a comment compiles to nothing.
    guard let prepared else { throw SQLiteError(SQLITE_MISUSE, "prepare", message: "no statement") }
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; false when there is none (any more).
  package func step() throws(SQLiteError) -> Bool {
    let result = sqlite3_step(handle)
    switch result {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = SQLiteError(result, "step", on: sqlite3_db_handle(handle))
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Ends the reading: the statement can be stepped anew, and holds no lock. Bound values stay.
  package func reset() { sqlite3_reset(handle) }

  /// As new: reset, all parameters NULL.
  package func clear() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// In the middle of its rows.
  var isBusy: Bool { sqlite3_stmt_busy(handle) != 0 }

  package var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }
}

// MARK: Parameters. The bytes are copied, but those of `lend`.

extension Statement {
  package func bind(_ value: Int64, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, Int32(clamping: index), value))
  }

  package func bind(_ value: Double, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_double(handle, Int32(clamping: index), value))
  }

  package func bind(_ value: String, at index: Int) throws(SQLiteError) {
    var value = value
    let result = value.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { text in
        // No address would mean NULL, and an empty string is not that.
        sqlite3_bind_text64(
          handle, Int32(clamping: index), text.baseAddress ?? emptyText, UInt64(text.count),
          dulcet_sqlite_transient(), UInt8(SQLITE_UTF8))
      }
    }
    try check(result)
  }

  package func bind(_ bytes: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
    guard let start = bytes.baseAddress, bytes.count > 0 else {
      return try check(sqlite3_bind_zeroblob(handle, Int32(clamping: index), 0))
    }
    try check(
      sqlite3_bind_blob64(handle, Int32(clamping: index), start, UInt64(bytes.count), dulcet_sqlite_transient()))
  }

  /// Binds without a copy: the bytes must stay where they are until the statement is cleared.
  package func lend(_ bytes: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return try bind(bytes, at: index) }
    // No destructor: SQLITE_STATIC.
    try check(sqlite3_bind_blob64(handle, Int32(clamping: index), start, UInt64(bytes.count), nil))
  }

  package func bind(_ bytes: RawSpan, at index: Int) throws(SQLiteError) {
    try bytes.withUnsafeBytes { bytes throws(SQLiteError) in try bind(bytes, at: index) }
  }

  package func bindNull(at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, Int32(clamping: index)))
  }

  private func check(_ result: Int32) throws(SQLiteError) {
    guard result == SQLITE_OK else { throw SQLiteError(result, "bind", on: sqlite3_db_handle(handle)) }
  }
}

/// One NUL, for ever: what an empty string is bound to.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
  let text = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  text.pointee = 0
  return UnsafePointer(text)
}()

// MARK: Columns of the row that `step` went to. SQLite converts: NULL reads as 0 and "".

extension Statement {
  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }
  package func int64(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }
  package func int(_ column: Int) -> Int { Int(int64(column)) }
  package func double(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }
  package func bool(_ column: Int) -> Bool { int64(column) != 0 }

  package func text(_ column: Int) -> String {
    // The text first: asking may convert the value and so change its length.
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  package func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }
  package func bytes(_ column: Int) -> [UInt8] { withBlob(column) { Array($0) } }

  /// Lends SQLite's own bytes, uncopied. They are good only inside `body`, which must not step this statement.
  package func withBlob<R, Failure: Error>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
  ) throws(Failure) -> R {
    let start = sqlite3_column_blob(handle, Int32(column))
    return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
  }
}
