package import Foundation

/// A program that runs beside the test. Killed at the latest when this is let go.
///
/// Its output goes to files, not pipes: another child that inherits a pipe's end would keep it open.
package final class Program: @unchecked Sendable {
  // @unchecked: `status` is guarded by `lock`; the rest never changes.
  package let processID: pid_t
  private let outputFile: String
  private let errorsFile: String
  private let directory: TemporaryDirectory
  private let lock = NSLock()
  private var status: Int32?

  package struct Failed: Error, CustomStringConvertible {
    package let description: String
    package init(description: String) { self.description = description }
  }

  /// - Parameters:
  ///   - path: an executable; a name without a slash is looked up on the PATH.
  ///   - environment: laid over this process's own; nil takes a variable away.
  ///   - input: all that the standard input holds.
  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String?] = [:], input: String = ""
  ) throws {
    directory = TemporaryDirectory()
    outputFile = directory.file("output")
    errorsFile = directory.file("errors")
    let inputFile = directory.file("input")
    try Data(input.utf8).write(to: URL(fileURLWithPath: inputFile))

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, inputFile, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorsFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // Sockets and files of tests that run at the same time are not this program's.
    closeOthers(&actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    useDefaultSignals(&attributes)

    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + settings).forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, path, &actions, &attributes, &words, &settings)
    guard code == 0 else { throw Failed(description: "cannot run \(path): \(String(cString: strerror(code)))") }
    processID = child
  }

  deinit { if exitStatus == nil { _ = end(with: SIGKILL) } }

  package var output: Data { (try? Data(contentsOf: URL(fileURLWithPath: outputFile))) ?? Data() }
  package var text: String { String(decoding: output, as: UTF8.self) }
  package var errors: String {
    String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: errorsFile))) ?? Data(), as: UTF8.self)
  }

  /// The exit code, 128 and the number of the signal that ended it, or nil while it runs.
  package var exitStatus: Int32? { lock.withLock { reap(WNOHANG) } }

  package func signal(_ number: Int32) { lock.withLock { if reap(WNOHANG) == nil { _ = kill(processID, number) } } }

  /// Waits for the end; throws `TimedOut` after killing a program that goes on for too long.
  @discardableResult
  package func finish(within limit: Duration = .seconds(60)) async throws -> Int32 {
    do {
      try await eventually("process \(processID) ends", within: limit) { exitStatus != nil }
    } catch {
      throw TimedOut("the program ends", after: limit, seen: "\(end(with: SIGKILL))\n" + text + errors)
    }
    return exitStatus ?? -1
  }

  /// Sends a signal and waits: for programs that are known to obey.
  @discardableResult
  package func end(with number: Int32 = SIGTERM) -> Int32 {
    lock.withLock {
      if let status = reap(WNOHANG) { return status }
      _ = kill(processID, number)
      return reap(0) ?? -1
    }
  }

  private func reap(_ flags: Int32) -> Int32? {
    if let status { return status }
    var raw: Int32 = 0
    var result: pid_t
    repeat { result = waitpid(processID, &raw, flags) } while result < 0 && errno == EINTR
    guard result == processID else { return nil }
    status = raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f)
    return status
  }

  /// Runs a program to its end; throws where it fails.
  package static func run(
    _ path: String, _ arguments: [String] = [], environment: [String: String?] = [:], input: String = "",
    within limit: Duration = .seconds(60)
  ) async throws -> Program {
    let program = try Program(path, arguments, environment: environment, input: input)
    let status = try await program.finish(within: limit)
    guard status == 0 else {
      throw Failed(description: "\(path) ended with \(status)\n" + program.text + program.errors)
    }
    return program
  }
}

private func closeOthers(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) {
  typealias Call = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
  // The headers show this call of glibc 2.34 only to those who ask for GNU's extensions, as Swift's module does not.
  guard let call = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
  _ = unsafeBitCast(call, to: Call.self)(actions, 3)
}

/// What this process blocks or ignores is no business of the program's.
private func useDefaultSignals(_ attributes: UnsafeMutablePointer<posix_spawnattr_t>) {
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(attributes, &none)
  posix_spawnattr_setsigdefault(attributes, &all)
  posix_spawnattr_setflags(attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
}
