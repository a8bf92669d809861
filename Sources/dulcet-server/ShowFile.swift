import Glibc
import Scan

/// Puts a file's cover, or the words of its music, on the standard output: the player asks so, and never opens tags itself.
/// - Returns: false where there is none.
func showCover(of path: String) -> Bool {
  guard let picture = localCover(of: Array(path.utf8)) else { return false }
  put(picture)
  return true
}

func showLyrics(of path: String) -> Bool {
  guard let lyrics = localLyrics(of: Array(path.utf8)) else { return false }
  put(Array(lyrics.utf8))
  return true
}

private func put(_ bytes: [UInt8]) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if written < 0, errno != EINTR { return }
    rest = rest.dropFirst(max(0, written))
  }
}
