import Glibc

/// The folder in which the server keeps users, their playlists and its catalogue; only its owner can enter it.
package struct DataDirectory: Sendable {
  package let path: String

  /// Makes the folder (and those above it) where it is missing. Throws `ServerError.cannotUse`.
  package init(path: String) throws(ServerError) {
    self.path = path
    try Self.make(path)
  }

  /// A folder that nobody else has, for a server that leaves nothing behind; `remove` it at the end.
  package static func temporary() throws(ServerError) -> DataDirectory {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/dulcet-server-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .cannotUse(path: base, errno: errno) }
    return try DataDirectory(path: template.withUnsafeBytes { String(decoding: $0.dropLast(), as: UTF8.self) })
  }

  package var catalogue: String { path + "/catalogue.db" }
  var users: String { path + "/server.db" }
  var key: String { path + "/secret.key" }

  /// Removes the files that the server makes, and the folder if it is empty then.
  package func remove() {
    for file in [catalogue, users] { for suffix in ["", "-wal", "-shm"] { unlink(file + suffix) } }
    unlink(key)
    rmdir(path)
  }

  /// The 32 bytes that the users' secrets are sealed with; made at first use, readable by the owner only.
  func boxKey() throws(ServerError) -> [UInt8] {
    let descriptor = open(key, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return try makeKey() }
    guard descriptor >= 0 else { throw .cannotUse(path: key, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
      throw .cannotUse(path: key, errno: EPERM)
    }
    var bytes = [UInt8](repeating: 0, count: Sodium.boxKeySize)
    guard read(descriptor, &bytes, bytes.count) == bytes.count else { throw .cannotUse(path: key, errno: EINVAL) }
    return bytes
  }

  /// Written beside and linked into place, so that two first starts agree on one key.
  private func makeKey() throws(ServerError) -> [UInt8] {
    let bytes = Sodium.random(Sodium.boxKeySize)
    let draft = key + ".\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotUse(path: draft, errno: errno) }
    defer { unlink(draft) }
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten else { throw .cannotUse(path: draft, errno: errno) }
    if link(draft, key) == 0 { return bytes }
    guard errno == EEXIST else { throw .cannotUse(path: key, errno: errno) }
    return try boxKey()
  }

  private static func make(_ path: String) throws(ServerError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST {
      guard access(path, R_OK | W_OK | X_OK) == 0 else { throw .cannotUse(path: path, errno: errno) }
      return
    }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw .cannotUse(path: path, errno: errno)
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .cannotUse(path: path, errno: errno) }
  }
}
