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
  while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
  return String(decoding: line, as: UTF8.self)
}

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
