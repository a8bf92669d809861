import CLinux
import Core
import Glibc
import Threading

/// The listener's editor, on a file of its own, with the terminal for itself.
///
/// The loop gives the terminal away before it calls `start` and takes it again when `onEnd` was called (on another thread,
/// once). The music goes on meanwhile: nothing waits for the editor but a thread of its own.
struct Editor {
  /// What came of it.
  enum Outcome: Sendable {
    case text(String)
    case failed(String)
  }

  let path: String
  private let command: String
  private let child = Monitor(Child())

  private struct Child: Sendable {
    /// Until it was waited for: then the system may give the number to another.
    var process: pid_t?
    var isOver = false
  }

  /// Writes the text to a file that only the user can read.
  /// - Parameter directory: the player's own.
  init(_ text: String, directory: String, command: String = Editor.command) throws(FileError) {
    self.command = command
    path = "\(directory)/list-\(getpid()).dulcet"
    unlink(path)
    try replaceFile(path, with: Array(text.utf8), mode: 0o600)
  }

  /// `$VISUAL`, else `$EDITOR`, else `vi`: a line for the shell, since people put options there.
  static var command: String {
    for name in ["VISUAL", "EDITOR"] {
      if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
    }
    return "vi"
  }

  func start(onEnd: @escaping @Sendable (Outcome) -> Void) {
    let (path, command, child) = (path, command, child)
    OSThread("editor") {
      let outcome = Editor.run(command, path, child)
      unlink(path)
      child.update { $0.isOver = true }
      onEnd(outcome)
    }.detach()
  }

  /// The player ends, and the editor with it, as if its terminal had been closed: it keeps what was written in its own
  /// way. Waits for that, some seconds at most.
  func end() {
    for round in 1...30 {
      child.withLock { if let process = $0.process { tell(process, round <= 20 ? SIGHUP : SIGKILL) } }
      if child.wait(timeout: .milliseconds(100), { $0.isOver ? true : nil }) == true { return }
    }
  }

  private static func run(_ command: String, _ path: String, _ running: Monitor<Child>) -> Outcome {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The loop's signals are blocked on this thread, and it ignores some: the editor is to have them as usual.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTSTP, SIGTTOU, SIGTTIN] { sigaddset(&usual, signal) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments = ["/bin/sh", "-c", command + " \"$1\"", "sh", path]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawn(&child, "/bin/sh", nil, &attributes, &words, environ)
    guard code == 0 else { return .failed("The editor could not be started: nothing was changed.") }
    running.withLock { $0.process = child }
    guard waitForEnd(of: child, running) == 0 else {
      return .failed("The editor (\(command)) ended with an error: nothing was changed.")
    }
    guard let bytes = try? readFile(path) else {
      return .failed("What the editor wrote cannot be read: nothing was changed.")
    }
    return .text(String(decoding: bytes, as: UTF8.self))
  }

  /// - Returns: how it ended (waitpid(2)).
  private static func waitForEnd(of process: pid_t, _ running: Monitor<Child>) -> Int32 {
    var news = siginfo_t()
    while waitid(P_PID, id_t(process), &news, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    return running.withLock { running in
      running.process = nil
      var status: Int32 = 0
      waitpid(process, &status, 0)
      return status
    }
  }
}

/// Sends a signal to what a process has started, or to itself where it has started nothing: a shell ends with what it
/// waits for. Those that are stopped hear it, too.
private func tell(_ process: pid_t, _ signal: Int32) {
  let text = (try? readFile("/proc/\(process)/task/\(process)/children")) ?? []
  let children = String(decoding: text, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
  for child in children { tell(child, signal) }
  if children.isEmpty || signal == SIGKILL { kill(process, signal) }
  kill(process, SIGCONT)
}
