import CSQLite

/// What SQLite refused: its codes, and the call that met them.
///
/// `message` is SQLite's own English and may quote SQL, never a bound value; it is for logs, not for listeners.
package struct SQLiteError: Error, Hashable, Sendable {
  /// The primary result code, <https://sqlite.org/rescode.html>.
  package let code: Code
  /// The extended code, which tells the kinds of one code apart (`SQLITE_IOERR_FSYNC`).
  package let extendedCode: Int32
  /// The step that failed: `open`, `prepare`, `bind`, `step`.
  package let call: String
  package let message: String

  init(_ extendedCode: Int32, _ call: String, message: String? = nil) {
    code = Code(rawValue: extendedCode & 0xff)
    self.extendedCode = extendedCode
    self.call = call
    self.message = message ?? String(cString: sqlite3_errstr(extendedCode))
  }

  /// What SQLite read without a word contradicts itself.
  package static func damaged(_ message: String) -> SQLiteError {
    SQLiteError(SQLITE_CORRUPT, "check", message: message)
  }

  /// The failure of a call that has just been made on this connection.
  init(_ extendedCode: Int32, _ call: String, on handle: OpaquePointer?) {
    self.init(extendedCode, call, message: handle.map { String(cString: sqlite3_errmsg($0)) })
  }
}

extension SQLiteError {
  /// A primary result code. `catch SQLiteError.Code.full { … }` catches one kind.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let busy = Code(rawValue: SQLITE_BUSY)
    package static let locked = Code(rawValue: SQLITE_LOCKED)
    package static let full = Code(rawValue: SQLITE_FULL)
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
    package static let inputOutput = Code(rawValue: SQLITE_IOERR)
    package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
    package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
    package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    package static let interrupt = Code(rawValue: SQLITE_INTERRUPT)
    package static let range = Code(rawValue: SQLITE_RANGE)

    package static func ~= (code: Code, error: any Error) -> Bool { (error as? SQLiteError)?.code == code }
  }

  /// Another connection held the file for longer than the busy time-out.
  package var isBusy: Bool { code == .busy || code == .locked }
  /// The disk (or the quota) is full.
  package var isFull: Bool { code == .full }
  /// The file is damaged, or was never a database.
  package var isCorrupt: Bool { code == .corrupt || code == .notADatabase }
  package var isReadOnly: Bool { code == .readOnly }
  package var isCannotOpen: Bool { code == .cannotOpen }
  /// Says nothing of what the file holds: the disk is full, read-only or broken, or another process is at it.
  package var isAboutTheDisk: Bool { isFull || isReadOnly || isCannotOpen || isBusy || code == .inputOutput }
  package var isConstraint: Bool { code == .constraint }
}
