import Synchronization
import Threading

/// Runs the scans of folders, one after another, each in a child of its own.
///
/// It has a thread for itself, so that signing in never waits for a large folder. It never waits for a child when the
/// player ends: it tells it to end, too.
final class FolderScans: Sendable {
  enum End: Sendable {
    case exited(Int32)
    case failed(FileError)
    /// By the listener's wish.
    case cancelled
  }

  private struct State {
    /// Running and waiting.
    var commands: [[String]] = []
    var child: ChildProcess?
    var isStopped = false
    /// Of those, the ones that nobody wants any more.
    var cancelled: Set<[String]> = []
  }

  private let thread = SerialThread("scan", stackSize: 1024 * 1024)
  private let state = Mutex(State())

  /// Starts `command` when its turn comes. Both closures are called on the scans' thread.
  /// - Parameters:
  ///   - onLine: called with each line that the child says.
  ///   - onEnd: called once it has ended, or was not started; not called once stopped.
  /// - Returns: false where the same scan runs or waits already.
  func start(
    _ command: [String], onLine: @escaping @Sendable (String) -> Void,
    onEnd: @escaping @Sendable (End) -> Void
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

  /// Tells the child to end, and forgets those that wait for their turn. Any thread; returns at once.
  func cancel() {
    state.withLock { state in
      state.cancelled = Set(state.commands)
      state.child?.terminate()
    }
  }

  private func run(_ command: [String], _ onLine: (String) -> Void, _ onEnd: (End) -> Void) {
    var end: End
    do throws(FileError) {
      end = try begin(command).map { .exited($0.readLines(onLine)) } ?? .cancelled
    } catch {
      end = .failed(error)
    }
    let isStopped = state.withLock { state in
      state.child = nil
      state.commands.removeFirst()
      if state.cancelled.remove(command) != nil { end = .cancelled }
      return state.isStopped
    }
    if !isStopped { onEnd(end) }
  }

  /// nil once stopped, or where nobody wants it any more.
  private func begin(_ command: [String]) throws(FileError) -> ChildProcess? {
    try state.withLock { (state) throws(FileError) in
      guard !state.isStopped, !state.cancelled.contains(command) else { return nil }
      let child = try ChildProcess(command)
      state.child = child
      return child
    }
  }
}
