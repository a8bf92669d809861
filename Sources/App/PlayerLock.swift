import Glibc

/// The one player that has a data directory: holds a lock as long as its process lives, and says in the lock's file how
/// it is reached.
///
/// The system lets go of the lock however the process ends (flock(2)), so nothing is left behind by one that was killed.
/// It never waits. Belongs to the thread that took it.
final class PlayerLock {
  /// The player that has the data.
  struct Holder: Hashable {
    var process: Int
    var controlSocket: String
  }

  enum Outcome {
    case mine(PlayerLock)
    /// nil where it does not say who it is.
    case taken(Holder?)
  }

  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// - Throws: `FileError` where the lock's file cannot be made.
  static func take(_ paths: Paths) throws(FileError) -> Outcome {
    let path = paths.data + "/player.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, action: .create) }
    // A file system that knows no locks is no reason not to play.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      defer { close(descriptor) }
      return .taken(readHolder(descriptor))
    }
    let lock = PlayerLock(descriptor: descriptor)
    lock.tell("\(getpid())\n\(paths.controlSocket)\n")
    return .mine(lock)
  }

  /// Nobody is to be led to a player that has ended. The lock goes with the object.
  func release() { ftruncate(descriptor, 0) }

  private func tell(_ text: String) {
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    _ = writeAll(Array(text.utf8), to: descriptor)
  }

  /// One that has just begun may not have written yet: it gets a moment.
  private static func readHolder(_ descriptor: Int32) -> Holder? {
    for _ in 0..<20 {
      var buffer = [UInt8](repeating: 0, count: 512)
      let count = pread(descriptor, &buffer, buffer.count, 0)
      let lines = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      if lines.count >= 3, let process = Int(lines[0]), !lines[1].isEmpty {
        return Holder(process: process, controlSocket: String(lines[1]))
      }
      usleep(10_000)
    }
    return nil
  }
}
