import CLinux
import Glibc
import Threading

/// A program under a pseudo-terminal whose output is drained at once (pty(7)).
final class PseudoTerminal {
  let process: pid_t
  private let master: Int32
  /// Since it began, or since `forget`.
  private(set) var output: [UInt8] = []
  private var isOver = false

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

  deinit { end() }

  /// - Returns: when it was typed.
  @discardableResult
  func send(_ keys: String) -> Duration {
    let bytes = Array(keys.utf8)
    let moment = monotonicNow()
    _ = write(master, bytes, bytes.count)
    return moment
  }

  /// Reads until `isEnough` says so of everything that came, or `patience` has passed.
  /// - Returns: how long it took; nil when it never came.
  func time(patience: Duration = .seconds(10), until isEnough: ([UInt8]) -> Bool) -> Duration? {
    let start = monotonicNow()
    if isEnough(output) { return .zero }
    while case let left = start + patience - monotonicNow(), left > .zero {
      guard isReadable(within: left) else { continue }
      guard drain() else { return nil }
      if isEnough(output) { return monotonicNow() - start }
    }
    return nil
  }

  func waitFor(_ text: String, patience: Duration = .seconds(20)) throws {
    guard time(patience: patience, until: { $0.contains(text) }) == nil else { return }
    throw NotSeen(what: text, seen: String(decoding: output.suffix(300), as: UTF8.self))
  }

  /// What should have come on a screen.
  struct NotSeen: Error, CustomStringConvertible {
    let what: String
    let seen: String
    var description: String { "“\(what)” never came; last seen: \(seen.debugDescription.replacing("|", with: "¦"))" }
  }

  /// What a key brought.
  struct Reaction {
    /// When the last byte came, measured from the key; nil where none did.
    var time: Duration?
    /// When the last letter or digit came.
    var lastWord: Duration?
    var bytes: Int
  }

  /// Types a key and reads until nothing came for `silence`.
  func react(to keys: String, silence: Duration = .milliseconds(40)) -> Reaction {
    settle(silence)
    let start = output.count
    let began = send(keys)
    var pieces: [(end: Int, time: Duration)] = []
    // The first change may take longer than what follows.
    while isReadable(within: pieces.isEmpty ? .milliseconds(400) : silence), drain() {
      pieces.append((output.count, monotonicNow() - began))
    }
    let starts = [start] + pieces.map(\.end)
    let lastWord = Array(zip(starts, pieces)).last { output[$0..<$1.end].holdsWords }
    return Reaction(time: pieces.last?.time, lastWord: lastWord?.1.time, bytes: output.count - start)
  }

  /// Types a key and reads for a while, longer where nothing came yet: a player that is late is not asked for more.
  /// - Returns: when the last byte came, measured from the key; nil where none did.
  func follow(_ keys: String, for duration: Duration) -> Duration? {
    let began = send(keys)
    var last: Duration?
    while case let left = began + (last == nil ? .milliseconds(300) : duration) - monotonicNow(), left > .zero {
      if isReadable(within: left), drain() { last = monotonicNow() - began }
    }
    // What has begun comes whole.
    while let seen = last, case let left = began + seen + .milliseconds(20) - monotonicNow(), left > .zero,
      isReadable(within: left), drain()
    {
      last = monotonicNow() - began
    }
    return last
  }

  /// Keeps reading for a while.
  func settle(_ duration: Duration) {
    _ = time(patience: duration) { _ in false }
  }

  func forget() { output = [] }

  /// Asks it to end, and waits for that.
  func end() {
    guard !isOver else { return }
    kill(process, SIGTERM)
    let deadline = monotonicNow() + .seconds(3)
    var status: Int32 = 0
    // It may wait for its last bytes to be read.
    while waitpid(process, &status, WNOHANG) == 0 {
      if monotonicNow() > deadline { kill(process, SIGKILL) }
      settle(.milliseconds(10))
    }
    isOver = true
    close(master)
  }

  /// - Returns: its exit code, once it has ended by itself.
  func wait() -> Int32 {
    var status: Int32 = 0
    waitpid(process, &status, 0)
    isOver = true
    close(master)
    return status >> 8 & 0xff
  }

  private func isReadable(within patience: Duration) -> Bool {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, Int32(patience.milliseconds.rounded(.up))) > 0
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

extension Collection<UInt8> {
  /// Whether letters or digits stand there besides control sequences.
  fileprivate var holdsWords: Bool {
    let plain = String(decoding: self, as: UTF8.self).replacing(/\u{1B}\[[0-?]*[ -\/]*[@-~]/, with: "")
    return plain.contains { $0.isLetter || $0.isNumber }
  }
}

extension Collection where Element == UInt8, SubSequence == ArraySlice<UInt8> {
  func contains(_ text: String) -> Bool {
    let needle = Array(text.utf8)
    var rest = self[startIndex...]
    while let place = rest.firstIndex(of: needle[0]) {
      if rest[place...].starts(with: needle) { return true }
      rest = rest[(place + 1)...]
    }
    return false
  }
}
