import Glibc
import Music

/// A folder that tracks are written into, by names that never lead out of it: each step is one name, opened without
/// following a link.
///
/// Belongs to one thread.
final class ExportFolder {
  private let root: Int32
  let path: String
  /// Names that were given in this run, in small letters: two tracks never share one.
  private var taken: Set<String> = []

  /// - Throws: `FileError` where it cannot be made or opened.
  init(path: String) throws(FileError) {
    try makeDirectory(path.hasPrefix("/") ? path : Self.currentDirectory + "/" + path)
    root = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw FileError(code: errno, path: path, action: .read) }
    self.path = path
  }

  deinit { close(root) }

  /// `Artist/Album/2-03 Title.flac`, which no other track of this run has.
  func name(for track: Track, ending: String) -> [String] {
    let artist = track.albumArtist.isEmpty ? track.artist : track.albumArtist
    let folder = [artist.isEmpty ? "Unknown artist" : artist, track.album.isEmpty ? "Unknown album" : track.album]
      .map { safeFileName($0, length: 100) }
    let disc = track.discNumber > 1 ? "\(track.discNumber)-" : ""
    let number = track.trackNumber > 0 ? "\(disc)\(track.trackNumber < 10 ? "0" : "")\(track.trackNumber) " : ""
    let stem = safeFileName(number + (track.title.isEmpty ? "Unknown title" : track.title), length: 100)
    let ending = safeFileName(ending.isEmpty ? "mp3" : ending, length: 8)
    for copy in 1... {
      let name = folder + [copy == 1 ? "\(stem).\(ending)" : "\(stem) (\(copy)).\(ending)"]
      if taken.insert(name.joined(separator: "/").lowercased()).inserted { return name }
    }
    preconditionFailure("numbers do not end")
  }

  /// Its size in bytes; nil where there is none.
  func size(of name: [String]) -> Int64? {
    guard let folder = try? open(name.dropLast(), making: false) else { return nil }
    defer { if folder != root { close(folder) } }
    var status = stat()
    guard fstatat(folder, name.last!, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return Int64(status.st_size)
  }

  /// Writes a file whole or not at all.
  /// - Parameter body: gives bytes until there are no more; what it throws leaves nothing behind.
  func write(_ name: [String], _ body: (_ take: ([UInt8]) throws -> Void) throws -> Void) throws {
    let folder = try open(name.dropLast(), making: true)
    defer { if folder != root { close(folder) } }
    let last = name.last!
    let fresh = ".\(last.prefix(40)).part"
    unlinkat(folder, fresh, 0)
    let file = openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(name) }
    do {
      defer { close(file) }
      try body { bytes in
        if let code = writeAll(bytes, to: file) {
          throw FileError(code: code, path: path + "/" + name.joined(separator: "/"), action: .write)
        }
      }
    } catch {
      unlinkat(folder, fresh, 0)
      throw error
    }
    guard renameat(folder, fresh, folder, last) == 0 else { throw failure(name) }
  }

  private func failure(_ name: [String]) -> FileError {
    FileError(code: errno, path: path + "/" + name.joined(separator: "/"), action: .write)
  }

  private func open(_ folders: ArraySlice<String>, making: Bool) throws(FileError) -> Int32 {
    var current = root
    for name in folders {
      if making { mkdirat(current, name, 0o755) }
      let next = openat(current, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      if current != root { close(current) }
      guard next >= 0 else {
        throw FileError(code: code, path: path + "/" + folders.joined(separator: "/"), action: .create)
      }
      current = next
    }
    return current
  }

  private static var currentDirectory: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
