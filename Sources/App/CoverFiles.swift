import Digest
import Glibc

/// Covers that were fetched, as files under the cache directory: no more than `capacity` bytes, the longest unused go first.
/// Those of what is to be kept on this computer stand in a directory of their own, and stay.
///
/// Each thread has one of its own. Whatever goes wrong with a file, as when another thread took it away, is as if there
/// were none.
struct CoverFiles: Sendable {
  let directory: String
  let capacity: Int

  /// What is known to have no cover is remembered for so long.
  private static let absenceLasts = 7 * 24 * 3600

  init(directory: String, capacity: Int) {
    self.directory = directory
    self.capacity = capacity
    try? makeDirectory(directory)
  }

  private var keptDirectory: String { directory + "/kept" }
  private func path(_ key: String) -> String { directory + "/" + md5Hex(key.utf8) }
  private func keptPath(_ key: String) -> String { keptDirectory + "/" + md5Hex(key.utf8) }

  /// nil: not asked yet. An empty array: there was none.
  func read(_ key: String) -> [UInt8]? {
    guard let path = whereItIs(key), let bytes = (try? readFile(path)) ?? nil else { return nil }
    if !bytes.isEmpty { utimensat(AT_FDCWD, path, nil, 0) }
    return bytes
  }

  /// Nobody needs to be asked for it.
  func isHere(_ key: String) -> Bool { whereItIs(key) != nil }

  /// - Parameter isKept: it stays until `keep(only:)` does not name it.
  func write(_ bytes: [UInt8], for key: String, isKept: Bool = false) {
    guard bytes.count < capacity / 4 else { return }
    if isKept, !bytes.isEmpty {
      try? makeDirectory(keptDirectory)
      try? replaceFile(keptPath(key), with: bytes, mode: 0o600)
    } else {
      try? replaceFile(path(key), with: bytes, mode: 0o600)
      makeRoom()
    }
  }

  /// These stay, as far as they are here; no others do.
  func keep(only keys: Set<String>) {
    let wanted = Set(keys.map { md5Hex($0.utf8) })
    for name in fileNames(in: keptDirectory) where !wanted.contains(name) {
      rename(keptDirectory + "/" + name, directory + "/" + name)
    }
    guard !wanted.isEmpty else { return }
    try? makeDirectory(keptDirectory)
    for name in wanted {
      var status = stat()
      guard stat(directory + "/" + name, &status) == 0, status.st_size > 0 else { continue }
      rename(directory + "/" + name, keptDirectory + "/" + name)
    }
  }

  private func whereItIs(_ key: String) -> String? {
    var status = stat()
    for path in [keptPath(key), path(key)] where stat(path, &status) == 0 {
      // Noted "in the future", it was noted by a clock that has been set back since.
      let age = time(nil) - status.st_mtim.tv_sec
      if status.st_size == 0, !(0...CoverFiles.absenceLasts).contains(age) { continue }
      return path
    }
    return nil
  }

  /// What nobody looks at now can be fetched without others having to go soon.
  var hasRoomToSpare: Bool { held.reduce(0) { $0 + $1.size } < capacity / 4 * 3 }

  private var held: [(path: String, size: Int, used: Int)] {
    fileNames(in: directory).compactMap { name in
      var status = stat()
      guard stat(directory + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return (directory + "/" + name, Int(status.st_size), status.st_mtim.tv_sec)
    }
  }

  private func makeRoom() {
    var files = held
    var total = files.reduce(0) { $0 + $1.size }
    guard total > capacity else { return }
    files.sort { $0.used < $1.used }
    for file in files where total > capacity * 9 / 10 {
      unlink(file.path)
      total -= file.size
    }
  }
}
