/// Times and sizes of the cache's behaviour, so that tests can choose theirs.
struct Tuning: Sendable {
  var limits = FillMachine.Limits()
  /// After a failed write everything stays in memory for this long.
  var writePause = Duration.seconds(30)
  /// Without a disk, this much is fetched ahead of the reader, and kept behind it.
  var memoryWindow: Int64 = 16 << 20
  var keptBehind: Int64 = 4 << 20
  /// Chunks that have come whole and wait for the disk, beside as many that are being stored; when there are more, the
  /// network waits, too.
  var backlog = 24
}
