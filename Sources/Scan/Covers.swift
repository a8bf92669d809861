import Digest
import Tags

/// Which picture each file of a folder shows: the folder's, else its own. Equal pictures have one name.
struct Covers {
  private let folder: CoverName?
  private var embedded: [UInt64: CoverName] = [:]
  private let isSharing: Bool

  /// - Parameter sharing: whether a picture takes the name of the first file that holds it.
  init(_ files: [ReadFile], in folder: Folder, sharing: Bool) {
    isSharing = sharing
    if let cover = folder.cover, let first = folder.music.first {
      self.folder = CoverName(
        place: .folder, track: Self.track(folder.path(of: first)), version: Self.version(of: cover))
    } else {
      self.folder = nil
    }
    for file in files {
      guard let hash = file.pictureHash, embedded[hash] == nil else { continue }
      embedded[hash] = Self.name(of: file, hash)
    }
  }

  func cover(of file: ReadFile) -> String? {
    if let folder { return folder.text }
    guard let hash = file.pictureHash else { return nil }
    return (isSharing ? embedded[hash] : Self.name(of: file, hash))?.text
  }

  private static func name(of file: ReadFile, _ hash: UInt64) -> CoverName {
    CoverName(place: .embedded, track: track(file.path), version: hash)
  }

  private static func track(_ path: [UInt8]) -> String { Names.track(path: PathText.text(of: path)) }

  private static func version(of file: FoundFile) -> UInt64 {
    Array("\(file.size) \(file.modified)".utf8).withUnsafeBytes { xxh3($0) }
  }
}
