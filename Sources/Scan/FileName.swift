/// What the names of a file and of its folders tell when the tags do not.
struct FileName: Hashable, Sendable {
  var title: String
  /// 0 when the name does not begin with a number.
  var trackNumber = 0
  /// From "Artist - Title", or the folder above the album's; "" when there is neither.
  var artist = ""
  /// The name of the folder, without "CD 2" and the like.
  var album = ""
  /// From "CD 2"; 0 when there is none.
  var discNumber = 0

  /// - Parameters:
  ///   - folders: the names from the root down to the file, for people.
  ///   - root: the name of the root folder, the album of what lies in it.
  init(file: String, folders: [String], root: String) {
    (trackNumber, title) = Self.withoutNumber(Self.withoutSuffix(file))
    if let dash = title.split(separator: " - ", maxSplits: 1).paired {
      (artist, title) = dash
    }
    var folders = folders
    if folders.count > 1, let disc = Self.disc(folders.last!) {
      discNumber = disc
      folders.removeLast()
    }
    album = folders.last ?? root
    if artist.isEmpty, folders.count > 1 { artist = folders[folders.count - 2] }
  }

  /// "CD1", "cd 2", "Disc 03", "Disk-1".
  static func disc(_ folder: String) -> Int? {
    let lower = folder.lowercased()
    for word in ["cd", "disc", "disk"] where lower.hasPrefix(word) {
      let rest = lower.dropFirst(word.count).drop { " -_.".contains($0) }
      if !rest.isEmpty, rest.utf8.count <= 2, let number = Int(rest), number > 0 { return number }
    }
    return nil
  }

  private static func withoutSuffix(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// "03 - Title", "03. Title", "3_Title" → 3, "Title"; a name that is only a number stays a title.
  private static func withoutNumber(_ stem: String) -> (Int, String) {
    let digits = stem.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...3).contains(digits.count), let number = Int(Substring(digits)) else { return (0, stem) }
    let rest = stem[digits.endIndex...]
    guard let separator = rest.first, " .-_)".contains(separator) else { return (0, stem) }
    let title = rest.drop { " .-_)".contains($0) }
    return title.isEmpty ? (0, stem) : (number, String(title))
  }
}

extension [Substring] {
  fileprivate var paired: (String, String)? {
    guard count == 2, !self[0].isEmpty, !self[1].isEmpty else { return nil }
    return (String(self[0]), String(self[1]))
  }
}
