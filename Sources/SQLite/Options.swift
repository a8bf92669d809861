extension Connection {
  package enum Access: Sendable {
    /// The file must exist; nothing is written.
    case readOnly
    /// The file must exist and nobody may change it meanwhile: it is read where not even locks can be written.
    case immutable
    /// The file must exist.
    case readWrite
    case create
  }

  /// <https://sqlite.org/pragma.html#pragma_auto_vacuum>; takes effect only before the first table.
  package enum AutoVacuum: Int, Sendable { case none, full, incremental }

  /// <https://sqlite.org/pragma.html#pragma_synchronous>. In WAL, `normal` survives a killed process whole; a power cut
  /// may undo the last transactions, never damage the file.
  package enum Synchronous: Int, Sendable { case off, normal, full }

  /// How a file keeps what a change may have to be undone with.
  package enum Journal: Sendable {
    /// Readers and the writer do not wait for each other; every byte is written twice
    /// (<https://sqlite.org/wal.html>).
    case writeAheadLog
    /// What is overwritten is kept beside the file until the commit; what is appended is written once. Readers wait while
    /// a commit goes to the disk, and a commit for readers. With `synchronous normal` a power cut may undo the last
    /// transaction. A file that another connection uses with a log stays that way until it can be changed.
    case rollback
  }

  /// How a file is opened. What is not named here is the same for every file: foreign keys, no secure delete.
  package struct Options: Sendable {
    package var access = Access.create
    /// In bytes; takes effect only in a new file. nil: SQLite's own 4096.
    package var pageSize: Int?
    package var autoVacuum = AutoVacuum.none
    package var journal = Journal.writeAheadLog
    package var synchronous = Synchronous.normal
    /// In pages of the write-ahead log.
    package var walAutocheckpoint = 1000
    /// How long a call waits for another connection's lock.
    package var busyTimeout = Duration.seconds(5)
    /// In KiB of page cache, at most. SQLite's own is 2000.
    package var cacheSize = 2000
    /// The disk begins with a large change while it is still being written, so that less is left to wait for. Pages of
    /// 16 KiB and more; from then on every such file of this process.
    package var writesEarly = false

    package init() {}
  }
}

extension Duration {
  /// Whole milliseconds, for C.
  var milliseconds: Int32 {
    Int32(clamping: components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
