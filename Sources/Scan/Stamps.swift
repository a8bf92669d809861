import Digest

/// What is compared to see that nothing changed. Files are judged with their neighbours (who is the album artist? which
/// picture is the cover?), so in an ordinary folder the stamp is that of the whole folder, and a change of one file has
/// all of them read again. In a heap of files each stands alone.
struct Stamps {
  /// More music than this in one folder is a heap, and read in parts.
  static let largestFolder = 500
  /// Raised when the scan reads files differently: then everything is read once more.
  private static let version = 2

  private let folder: String?

  init(_ folder: Folder) {
    guard folder.music.count <= Self.largestFolder else {
      self.folder = nil
      return
    }
    let files = folder.music + (folder.cover.map { [$0] } ?? [])
    var facts: [UInt8] = []
    for file in files { facts += file.name + Array(" \(file.size) \(file.modified)\u{0}".utf8) }
    self.folder = String(facts.withUnsafeBytes { xxh3($0) }, radix: 36)
  }

  func stamp(of file: FoundFile) -> String {
    "\(Self.version) \(file.size) \(file.modified)" + (folder.map { " " + $0 } ?? "")
  }
}
