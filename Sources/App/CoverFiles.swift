import Digest
import Glibc

/// Covers that were fetched, as files under the cache directory: no more than `capacity` bytes, the longest unused go first.
///
/// Belongs to the covers' thread. Whatever goes wrong with a file is as if there were none.
struct CoverFiles {
  let directory: String
  let capacity: Int

  /// What is known to have no cover is remembered for so long.
  private static let absenceLasts = 7 * 24 * 3600

  init(directory: String, capacity: Int) {
    self.directory = directory
    self.capacity = capacity
    try? makeDirectory(directory)
  }

  private func path(_ key: String) -> String { directory + "/" + md5Hex(key.utf8) }

  /// nil: not asked yet. An empty array: there was none.
  func read(_ key: String) -> [UInt8]? {
    let path = path(key)
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if status.st_size == 0, time(nil) - status.st_mtim.tv_sec > CoverFiles.absenceLasts { return nil }
    guard let bytes = (try? readFile(path)) ?? nil else { return nil }
    if !bytes.isEmpty { utimensat(AT_FDCWD, path, nil, 0) }
    return bytes
  }

  func write(_ bytes: [UInt8], for key: String) {
    guard bytes.count < capacity / 4 else { return }
    try? replaceFile(path(key), with: bytes, mode: 0o600)
    makeRoom()
  }

  private func makeRoom() {
    var files: [(path: String, size: Int, used: Int)] = fileNames(in: directory).compactMap { name in
      var status = stat()
      guard stat(directory + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return (directory + "/" + name, Int(status.st_size), status.st_mtim.tv_sec)
    }
    var total = files.reduce(0) { $0 + $1.size }
    guard total > capacity else { return }
    files.sort { $0.used < $1.used }
    for file in files where total > capacity * 9 / 10 {
      unlink(file.path)
      total -= file.size
    }
  }
}
