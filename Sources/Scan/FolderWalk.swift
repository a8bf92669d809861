import Glibc

/// A file of the folder being read.
struct FoundFile: Hashable, Sendable {
  let name: [UInt8]
  let size: Int64
  /// In nanoseconds since 1970.
  let modified: Int64
}

/// One folder with the files that matter in it, by name.
struct Folder: Sendable {
  /// Relative to the root, without a slash at either end; empty for the root itself.
  let path: [UInt8]
  var music: [FoundFile] = []
  var cover: FoundFile?
  /// Names below, relative to the root, of which not even the kind can be told now; they may hold music.
  var unreadable: [[UInt8]] = []

  func path(of file: FoundFile) -> [UInt8] { path.isEmpty ? file.name : path + [slash] + file.name }
}

let slash = UInt8(ascii: "/")

/// Goes through a tree, one folder at a time, in the order of names.
///
/// Memory grows with the number of folders (their inodes are remembered, so that no link leads round in circles), never
/// with the number of files but for those of one folder. Hidden names are passed over; links are followed, those to
/// folders after everything else, so that a folder is met under its own name first.
struct FolderWalk {
  enum Step {
    case folder(Folder)
    case unreadable(path: [UInt8], errno: Int32)
  }

  private struct Inode: Hashable {
    let device: dev_t
    let number: ino_t
  }

  private let root: [UInt8]
  private var waiting: [[UInt8]] = [[]]
  private var linked: [[UInt8]] = []
  private var visited: Set<Inode> = []

  init(root: [UInt8]) { self.root = root }

  /// nil when everything has been seen.
  mutating func next() -> Step? {
    while let path = waiting.popLast() ?? linked.popLast() {
      if let step = visit(path) { return step }
    }
    return nil
  }

  private func absolute(_ path: [UInt8]) -> [UInt8] { path.isEmpty ? root : root + [slash] + path }

  /// nil for a folder that was met before.
  private mutating func visit(_ path: [UInt8]) -> Step? {
    guard let directory = withCPath(absolute(path), opendir) else { return .unreadable(path: path, errno: errno) }
    defer { closedir(directory) }
    var status = stat()
    guard fstat(dirfd(directory), &status) == 0 else { return .unreadable(path: path, errno: errno) }
    guard visited.insert(Inode(device: status.st_dev, number: status.st_ino)).inserted else { return nil }
    return .folder(read(directory, at: path))
  }

  private mutating func read(_ directory: OpaquePointer, at path: [UInt8]) -> Folder {
    var folder = Folder(path: path)
    var pictures: [FoundFile] = []
    var below: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = nameBytes(of: entry)
      if name.first == UInt8(ascii: ".") { continue }
      var status = stat()
      let child = path.isEmpty ? name : path + [slash] + name
      guard withCPath(name, { fstatat(dirfd(directory), $0, &status, 0) }) == 0 else {
        if errno != ENOENT, errno != ELOOP { folder.unreadable.append(child) }
        continue
      }
      if isDirectory(status) {
        if entry.pointee.d_type == UInt8(DT_LNK) { linked.append(child) } else { below.append(child) }
      } else if isRegular(status) {
        let file = FoundFile(name: name, size: Int64(status.st_size), modified: nanoseconds(status.st_mtim))
        if AudioKind.isMusic(name) { folder.music.append(file) } else { pictures.append(file) }
      }
    }
    folder.music.sort { $0.name.lexicographicallyPrecedes($1.name) }
    let chosen = FolderCover.choice(among: pictures.map(\.name))
    folder.cover = pictures.first { $0.name == chosen }
    waiting += below.sorted { $1.lexicographicallyPrecedes($0) }
    return folder
  }
}

private func isDirectory(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFDIR }
private func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }
private func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec) }

func nameBytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
  let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
  let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
  return Array(
    UnsafeBufferPointer(start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))))
}

func withCPath<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (bytes + [0]).withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
}
