import Glibc

/// A file that could not be used: the errno, which file, and what was wanted of it.
package struct FileError: Error, Hashable, Sendable {
  package enum Action: String, Sendable { case read, write, create }

  package let code: Int32
  package let path: String
  package let action: Action

  /// The C library's words for the errno.
  package var reason: String { String(cString: strerror(code)) }
}

/// The whole file; nil when there is none.
func readFile(_ path: String) throws(FileError) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  if file < 0 {
    if errno == ENOENT { return nil }
    throw FileError(code: errno, path: path, action: .read)
  }
  defer { close(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  while true {
    let count = read(file, &buffer, buffer.count)
    if count < 0 {
      if errno == EINTR { continue }
      throw FileError(code: errno, path: path, action: .read)
    }
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

/// Writes beside the file and renames over it, so that a crash or a full disk leaves the old one whole.
func replaceFile(_ path: String, with bytes: [UInt8], mode: mode_t) throws(FileError) {
  let fresh = path + ".new"
  unlink(fresh)
  let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
  guard file >= 0 else { throw FileError(code: errno, path: path, action: .write) }
  let failure = writeAll(bytes, to: file) ?? (fsync(file) == 0 ? nil : errno)
  close(file)
  if let code = failure ?? (rename(fresh, path) == 0 ? nil : errno) {
    unlink(fresh)
    throw FileError(code: code, path: path, action: .write)
  }
}

/// nil when every byte was taken, else the errno.
func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32? {
  var offset = 0
  while offset < bytes.count {
    let count = bytes[offset...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    offset += count
  }
  return nil
}
