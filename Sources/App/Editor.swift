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

  /// Writes the text to a file that only the user can read.
  /// - Parameter directory: the player's own.
  init(_ text: String, directory: String) throws(FileError) {
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
    let path = path
    OSThread("editor") {
      let outcome = Editor.run(path)
      unlink(path)
      onEnd(outcome)
    }.detach()
  }

  private static func run(_ path: String) -> Outcome {
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
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else {
      return .failed("The editor (\(command)) ended with an error: nothing was changed.")
    }
    guard let bytes = try? readFile(path) else {
      return .failed("What the editor wrote cannot be read: nothing was changed.")
    }
    return .text(String(decoding: bytes, as: UTF8.self))
  }
}
