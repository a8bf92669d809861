import Music
import Tags

/// Which picture each file of a folder shows: the folder's, else its own. Equal pictures have one name.
struct Covers {
  private let folder: CoverName?
  private var embedded: [String: CoverName] = [:]
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
      guard let version = file.picture, embedded[version] == nil else { continue }
      embedded[version] = Self.name(of: file, version)
    }
  }

  func cover(of file: ReadFile) -> String? {
    if let folder { return folder.text }
    guard let version = file.picture else { return nil }
    return (isSharing ? embedded[version] : Self.name(of: file, version))?.text
  }

  private static func name(of file: ReadFile, _ version: String) -> CoverName {
    CoverName(place: .embedded, track: track(file.path), version: version)
  }

  private static func track(_ path: [UInt8]) -> String { Names.track(path: PathText.text(of: path)) }

  private static func version(of file: FoundFile) -> String {
    CoverName.version(of: Array("\(file.size) \(file.modified)".utf8))
  }
}
