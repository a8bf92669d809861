import CLinux
import Glibc
import Synchronization

/// A program of ours run beside the player, whose standard output is read line by line.
///
/// Belongs to the thread that reads it; `terminate` may be called from any other.
final class ChildProcess: Sendable {
  private let process: pid_t
  private let output: Int32
  /// Whether the system may have given the process's number to another.
  private let isReaped = Mutex(false)

  /// - Parameters:
  ///   - arguments: the program's path first. Never a secret: other users see them.
  /// - Throws: `FileError` when it cannot be started.
  init(_ arguments: [String]) throws(FileError) {
    var ends: [Int32] = [0, 0]
    guard dulcet_pipe(&ends) == 0 else { throw FileError(code: errno, path: arguments[0], action: .read) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The spawning thread blocks the loop's signals; the child must not inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A group of its own: ^C in the terminal is the player's.
    posix_spawnattr_setpgroup(&attributes, 0)
    // The player ignores broken pipes; the child is to end of one, when the player is gone.
    var pipes = sigset_t()
    sigemptyset(&pipes)
    sigaddset(&pipes, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &pipes)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawn(&child, arguments[0], &actions, &attributes, &words, environ)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      throw FileError(code: code, path: arguments[0], action: .read)
    }
    process = child
    output = ends[0]
  }

  /// Calls `body` with each line as it comes, then waits for the end.
  /// - Returns: the exit code; 128 + the signal when one ended it.
  func readLines(_ body: (String) -> Void) -> Int32 {
    var received: [UInt8] = []
    return readAll { piece in
      received += piece
      while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        body(String(decoding: received[..<end], as: UTF8.self))
        received.removeSubrange(...end)
      }
    }
  }

  /// Calls `body` with what it says, piece by piece, then waits for the end.
  /// - Returns: as `readLines`.
  func readAll(_ body: (ArraySlice<UInt8>) -> Void) -> Int32 {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(output, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      body(buffer[..<count])
    }
    close(output)
    return wait()
  }

  private func wait() -> Int32 {
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    let status = isReaped.withLock { isReaped in
      isReaped = true
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      return status
    }
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
  }

  /// Tells it, and what it started, to end. Any thread; returns at once.
  func terminate() { isReaped.withLock { if !$0 { kill(-process, SIGTERM) } } }
}
