import Glibc
package import Library
import Music

package enum ScanError: Error, Hashable, Sendable {
  /// The root cannot be read: nothing was changed in the catalogue.
  case unreadable(path: String, errno: Int32)
  case cancelled
}

/// How far a scan is.
package struct ScanProgress: Hashable, Sendable {
  /// Music files met so far, those among them whose tags were read, and those that are damaged or cannot be read.
  package var seen = 0
  /// How many there are, as far as can be known: files of the last scan, else files counted by their names; 0 when unknown.
  package var total = 0
  package var read = 0
  package var unusable = 0
  /// The unusable ones, up to ten thousand, relative to the root; for people.
  package var unusableFiles: [String] = []
  package var unreadableFolders = 0
  /// For people: the folder being read, relative to the root.
  package var folder = ""
  package init() {}
}

package struct ScanReport: Hashable, Sendable {
  package var progress: ScanProgress
  package var summary: PullSummary
}

/// Brings a catalogue up to what a folder of music holds.
///
/// Lives on the thread of its catalogue. It reads the tags of new and changed files only, holds one folder's files in
/// memory at a time, never writes to the music, and never deletes from the catalogue what it merely could not read, nor
/// everything at once: a folder without music is rather the mount point of a disk that is not there.
package final class Scanner {
  private let path: String
  private var root: [UInt8] = []
  private let catalogue: Catalogue
  private let allowsLoss: Bool
  private let isCancelled: () -> Bool
  private let report: (ScanProgress) -> Void
  private var progress = ScanProgress()
  private var isRootNoted = false

  /// - Parameters:
  ///   - root: an existing folder, absolute or relative to the working directory.
  ///   - allowsLoss: whether most or all of what the folder held may go; else it stays, and the summary says how much.
  ///   - isCancelled: asked before each file.
  ///   - report: called once a folder, and after each batch of a large one.
  package init(
    root: String, catalogue: Catalogue, allowsLoss: Bool = false, isCancelled: @escaping () -> Bool = { false },
    report: @escaping (ScanProgress) -> Void = { _ in }
  ) {
    self.path = root
    self.catalogue = catalogue
    self.allowsLoss = allowsLoss
    self.isCancelled = isCancelled
    self.report = report
  }

  /// Goes through the whole folder once. Throws `ScanError`, or what the catalogue throws.
  package func scan() throws -> ScanReport {
    root = try Self.folder(path)
    let pull = try catalogue.beginPullAnew(of: .local)
    let isSameFolder = try catalogue.value(Catalogue.localRoot).map { $0 == PathText.text(of: root) } ?? true
    progress.total = try knownCount(isSameFolder: isSameFolder)
    var walk = FolderWalk(root: root)
    while let step = walk.next() {
      switch step {
      case .folder(let folder): try ingest(folder, in: pull)
      case .unreadable(let path, let errno): try keep(path, errno: errno, in: pull)
      }
    }
    return ScanReport(progress: progress, summary: try finish(pull, isSameFolder: isSameFolder))
  }

  /// Another folder than before holds other music: only where it holds none at all, it is not believed.
  private func finish(_ pull: Pull, isSameFolder: Bool) throws -> PullSummary {
    if !allowsLoss, progress.seen == progress.unusable, try catalogue.trackCount(of: .local) > 0 {
      return try catalogue.dismissPull(pull)
    }
    try noteRoot()
    return try catalogue.finishPull(pull, allowsLoss: allowsLoss || !isSameFolder)
  }

  /// Only once there is music in it: until then the tracks that are known are those of the folder before.
  private func noteRoot() throws {
    if isRootNoted { return }
    try catalogue.setValue(PathText.text(of: root), for: Catalogue.localRoot)
    isRootNoted = true
  }

  /// Walking the names is quick beside reading tags, but not beside looking at stamps: where this folder was read before,
  /// what it held then is the measure.
  private func knownCount(isSameFolder: Bool) throws -> Int {
    let known = try catalogue.trackCount(of: .local)
    if known > 0, isSameFolder { return known }
    var walk = FolderWalk(root: root)
    var count = 0
    while let step = walk.next() {
      if isCancelled() { throw ScanError.cancelled }
      if case .folder(let folder) = step { count += folder.music.count }
    }
    return count
  }

  private func keep(_ path: [UInt8], errno: Int32, in pull: Pull) throws {
    let text = PathText.text(of: path)
    guard !path.isEmpty else { throw ScanError.unreadable(path: PathText.displayed(text), errno: errno) }
    // A folder that went away while we walked is gone, not unreadable.
    if errno != ENOENT { try catalogue.markSeen(under: text, in: pull) }
    progress.unreadableFolders += 1
    report(progress)
  }

  private func ingest(_ folder: Folder, in pull: Pull) throws {
    for path in folder.unreadable {
      let text = PathText.text(of: path)
      try catalogue.markSeen([Names.track(path: text)], in: pull)
      try catalogue.markSeen(under: text, in: pull)
    }
    progress.folder = String(decoding: folder.path, as: UTF8.self)
    let stamps = Stamps(folder)
    let judging = folder.music.count <= Stamps.largestFolder
    for start in stride(from: 0, to: folder.music.count, by: Stamps.largestFolder) {
      let batch = Array(folder.music[start..<min(start + Stamps.largestFolder, folder.music.count)])
      try ingest(batch, of: folder, stamps: stamps, judging: judging, in: pull)
      report(progress)
    }
  }

  private func ingest(_ batch: [FoundFile], of folder: Folder, stamps: Stamps, judging: Bool, in pull: Pull) throws {
    let names = batch.map { Names.track(path: PathText.text(of: folder.path(of: $0))) }
    let known = try catalogue.stamps(of: names, from: .local)
    var kept: [RemoteID] = []
    var read: [ReadFile] = []
    for (file, name) in zip(batch, names) {
      if isCancelled() { throw ScanError.cancelled }
      progress.seen += 1
      if known[name] == stamps.stamp(of: file) {
        kept.append(name)
      } else {
        progress.read += 1
        if let file = ReadFile(root: root, folder: folder, file: file) {
          read.append(file)
        } else {
          noteUnusable(folder.path(of: file))
          if known[name] != nil, !isReadable(folder.path(of: file)) { kept.append(name) }
        }
      }
    }
    if !kept.isEmpty || !read.isEmpty { try noteRoot() }
    try catalogue.markSeen(kept, in: pull)
    let shelf = Shelf(read, in: folder, stamp: stamps.stamp, judging: judging)
    if !read.isEmpty {
      try catalogue.ingest(artists: shelf.artists, albums: shelf.albums, tracks: shelf.tracks, in: pull)
    }
  }

  private func noteUnusable(_ path: [UInt8]) {
    progress.unusable += 1
    guard progress.unusableFiles.count < Self.mostNamed else { return }
    progress.unusableFiles.append(PathText.displayed(PathText.text(of: path)))
  }

  /// Of the files that are no music after all, so that a folder full of them takes no memory.
  private static let mostNamed = 10_000

  private func isReadable(_ path: [UInt8]) -> Bool { withCPath(root + [slash] + path) { access($0, R_OK) } == 0 }
}

extension Scanner {
  /// The bytes of a folder's absolute path, without links and dots. Throws `ScanError` where it cannot be read.
  package static func folder(_ path: String) throws(ScanError) -> [UInt8] {
    let bytes = PathText.bytes(of: path)
    let real = withCPath(bytes) { realpath($0, nil) }
    defer { free(real) }
    guard let real, withCPath(bytes, { access($0, R_OK | X_OK) }) == 0, withCPath(bytes, opendir).map(closedir) == 0
    else {
      throw .unreadable(path: PathText.displayed(path), errno: errno)
    }
    return Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }
}
