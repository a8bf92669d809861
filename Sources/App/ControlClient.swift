import Glibc

/// The shell's end of the control socket: one line out, one line of JSON back. Blocks.
package struct ControlClient {
  private let descriptor: Int32

  /// - Throws: `FileError`; `ENOENT` or `ECONNREFUSED` when no player runs.
  package init(path: String) throws(FileError) {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    let connected = withSocketAddress(path) { connect(descriptor, $0, $1) }
    guard connected == 0 else {
      let code = connected == nil ? ENAMETOOLONG : errno
      Glibc.close(descriptor)
      throw FileError(code: code, path: path, action: .read)
    }
    self.descriptor = descriptor
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  /// nil when the player went away or did not answer within ten seconds.
  package func ask(_ line: String) -> String? {
    let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
    guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return nil }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      answer += buffer[..<count]
      if answer.last == UInt8(ascii: "\n") { return String(decoding: answer.dropLast(), as: UTF8.self) }
    }
  }

  package func close() { Glibc.close(descriptor) }
}
