import CLinux
import Glibc
import Threading

/// A program under a pseudo-terminal whose output is drained at once (pty(7)).
final class PseudoTerminal {
  let process: pid_t
  private let master: Int32
  private(set) var output: [UInt8] = []

  /// - Parameters:
  ///   - arguments: the program's path first.
  ///   - environment: the whole of it.
  init(_ arguments: [String], environment: [String: String], columns: Int32 = 120, rows: Int32 = 40) {
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var master: Int32 = -1
    process = dulcet_spawn_on_pty(&words, &variables, columns, rows, &master)
    precondition(process > 0, "\(arguments[0]): \(String(cString: strerror(errno)))")
    self.master = master
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Reads until `isEnough` says so of everything that came, or `patience` has passed.
  /// - Returns: how long it took; nil when it never came.
  func time(patience: Duration = .seconds(10), until isEnough: ([UInt8]) -> Bool) -> Duration? {
    let start = monotonicNow()
    while monotonicNow() - start < patience {
      var descriptors = [pollfd(fd: master, events: Int16(POLLIN), revents: 0)]
      guard poll(&descriptors, 1, 100) > 0 else { continue }
      guard drain() else { return nil }
      if isEnough(output) { return monotonicNow() - start }
    }
    return nil
  }

  /// Keeps reading for a while.
  func settle(_ duration: Duration) {
    _ = time(patience: duration) { _ in false }
  }

  func forget() { output = [] }

  func end() -> rusage {
    kill(process, SIGTERM)
    var status: Int32 = 0
    var usage = rusage()
    // The program may wait for its last bytes to be read.
    while wait4(process, &status, WNOHANG, &usage) == 0 { settle(.milliseconds(10)) }
    close(master)
    return usage
  }

  /// False at the end of the output.
  private func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    return true
  }
}

extension [UInt8] {
  func contains(_ text: String) -> Bool {
    let needle = Array(text.utf8)
    guard count >= needle.count else { return false }
    return indices.dropLast(needle.count - 1).contains { self[$0] == needle[0] && self[$0...].starts(with: needle) }
  }
}
