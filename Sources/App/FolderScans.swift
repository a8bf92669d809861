import Synchronization
import Threading

/// Runs the scans of folders, one after another, each in a child of its own.
///
/// It has a thread for itself, so that signing in never waits for a large folder. It never waits for a child when the
/// player ends: it tells it to end, too.
final class FolderScans: Sendable {
  private struct State {
    /// Running and waiting.
    var commands: [[String]] = []
    var child: ChildProcess?
    var isStopped = false
  }

  private let thread = SerialThread("scan", stackSize: 1024 * 1024)
  private let state = Mutex(State())

  /// Starts `command` when its turn comes. Both closures are called on the scans' thread.
  /// - Parameters:
  ///   - onLine: called with each line that the child says.
  ///   - onEnd: called with the exit code, or why it did not start; not called once stopped.
  /// - Returns: false where the same scan runs or waits already.
  func start(
    _ command: [String], onLine: @escaping @Sendable (String) -> Void,
    onEnd: @escaping @Sendable (Result<Int32, FileError>) -> Void
  ) -> Bool {
    let isNew = state.withLock { state in
      guard !state.commands.contains(command) else { return false }
      state.commands.append(command)
      return true
    }
    guard isNew else { return false }
    thread.async { [weak self] in self?.run(command, onLine, onEnd) }
    return true
  }

  /// Tells the child to end and starts no other. Any thread; returns at once.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      state.child?.terminate()
    }
  }

  private func run(
    _ command: [String], _ onLine: (String) -> Void, _ onEnd: (Result<Int32, FileError>) -> Void
  ) {
    let result: Result<Int32, FileError>
    do throws(FileError) {
      guard let child = try begin(command) else { return }
      result = .success(child.readLines(onLine))
    } catch {
      result = .failure(error)
    }
    let isStopped = state.withLock { state in
      state.child = nil
      state.commands.removeFirst()
      return state.isStopped
    }
    if !isStopped { onEnd(result) }
  }

  /// nil once stopped.
  private func begin(_ command: [String]) throws(FileError) -> ChildProcess? {
    try state.withLock { (state) throws(FileError) in
      guard !state.isStopped else { return nil }
      let child = try ChildProcess(command)
      state.child = child
      return child
    }
  }
}
