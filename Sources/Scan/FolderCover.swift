import Glibc

/// The picture that stands beside the music.
package enum FolderCover {
  private static let names = ["cover", "folder", "front", "album", "albumart"]
  private static let contentTypes = [
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
  ]

  /// Which of a folder's files is its cover: `cover` before `folder` before `front`…, jpg before png.
  package static func choice(among files: [[UInt8]]) -> [UInt8]? {
    files.compactMap { file in rank(of: file).map { ($0, file) } }.min { ($0.0, $0.1.count) < ($1.0, $1.1.count) }?.1
  }

  /// What HTTP calls a picture, by its first bytes; nil for what no client would show.
  package static func contentType(of picture: some Collection<UInt8>) -> String? {
    let head = Array(picture.prefix(12))
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if head.starts(with: [0x47, 0x49, 0x46, 0x38]) { return "image/gif" }
    if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).elementsEqual("WEBP".utf8) { return "image/webp" }
    return nil
  }

  /// The cover in a folder, with its absolute path; nil when there is none.
  package static func find(in folder: [UInt8]) -> (path: [UInt8], contentType: String)? {
    guard let directory = withCPath(folder, opendir) else { return nil }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) { names.append(nameBytes(of: entry)) }
    guard let name = choice(among: names), let type = contentTypes[AudioKind.suffix(of: name)] else { return nil }
    return (folder + [slash] + name, type)
  }

  private static func rank(of file: [UInt8]) -> Int? {
    let suffix = AudioKind.suffix(of: file)
    guard contentTypes[suffix] != nil else { return nil }
    let stem = String(decoding: file.dropLast(suffix.utf8.count + 1), as: UTF8.self).lowercased()
    return names.firstIndex(of: stem).map { $0 * 2 + (suffix == "png" || suffix == "webp" ? 1 : 0) }
  }
}
