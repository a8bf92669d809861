import Glibc

/// Why no password came.
package enum PasswordError: Error, Hashable, Sendable {
  case noTerminal
  case commandFailed(status: Int32)
  case empty
}

extension Arguments.PasswordSource {
  /// The password, without its line's end. Blocks.
  package func read(prompt: String) throws(PasswordError) -> String {
    let line: String? =
      switch self {
      case .terminal: try readWithoutEcho(prompt: prompt)
      case .standardInput: readLine()
      case .command(let command): try firstLine(of: command)
      }
    guard let line, !line.isEmpty else { throw .empty }
    return line
  }
}

private func readWithoutEcho(prompt: String) throws(PasswordError) -> String? {
  let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
  guard terminal >= 0 else { throw .noTerminal }
  defer { close(terminal) }
  var settings = termios()
  guard tcgetattr(terminal, &settings) == 0 else { throw .noTerminal }
  // ^C, a hang-up and the like interrupt the reading, so that the echo comes back before they end the program.
  var action = sigaction()
  action.__sigaction_handler.sa_handler = noteInterruption
  let kept = [SIGINT, SIGTERM, SIGHUP, SIGQUIT].map { signal in
    var before = sigaction()
    sigaction(signal, &action, &before)
    return (signal, before)
  }
  interruption = 0
  defer {
    for case (let signal, var before) in kept { sigaction(signal, &before, nil) }
    if interruption != 0 { raise(interruption) }
  }
  var silent = settings
  silent.c_lflag &= ~tcflag_t(ECHO)
  tcsetattr(terminal, TCSAFLUSH, &silent)
  defer {
    tcsetattr(terminal, TCSAFLUSH, &settings)
    _ = writeAll(Array("\n".utf8), to: terminal)
  }
  _ = writeAll(Array(prompt.utf8), to: terminal)
  var line: [UInt8] = []
  var byte: UInt8 = 0
  while read(terminal, &byte, 1) == 1 {
    if byte == UInt8(ascii: "\n") { break }
    line.append(byte)
  }
  return String(decoding: line, as: UTF8.self)
}

/// The signal that came while the password was typed. Written by the handler only, read on the one thread there is then.
nonisolated(unsafe) private var interruption: Int32 = 0

private func noteInterruption(_ signal: Int32) { interruption = signal }

/// The command's words are the listener's own; its output never reaches a log.
private func firstLine(of command: String) throws(PasswordError) -> String? {
  guard let pipe = popen(command, "re") else { throw .commandFailed(status: errno) }
  var line: [UInt8] = []
  while case let character = getc(pipe), character != EOF, character != Int32(UInt8(ascii: "\n")) {
    line.append(UInt8(truncatingIfNeeded: character))
  }
  while getc(pipe) != EOF {}
  let status = pclose(pipe)
  guard status == 0 else { throw .commandFailed(status: status >> 8 & 0xff) }
  return String(decoding: line, as: UTF8.self)
}
