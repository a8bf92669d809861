import CSQLite

extension Connection {
  /// Reads a piece of the file and drops it: the system has it in memory then, and who needs it does not wait for the
  /// disk.
  ///
  /// - Returns: false where the file ends, or cannot be read so.
  package func readAhead(from offset: Int, count: Int) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { bytes in
      dulcet_sqlite_read(handle, bytes.baseAddress, Int32(clamping: count), Int64(offset)) == SQLITE_OK
    }
  }
}
