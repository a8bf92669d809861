import Glibc
import Tags

// What stands in or beside a file of this computer, for one who has its path.

/// The picture in the file, else the one beside it; nil where there is none that can be shown.
package func localCover(of path: [UInt8]) -> [UInt8]? {
  if let picture = AudioFile(path: path)?.picture(), FolderCover.contentType(of: picture) != nil { return picture }
  guard let end = path.lastIndex(of: slash), let beside = FolderCover.find(in: Array(path[..<end])) else {
    return nil
  }
  return contents(of: beside.path, atMost: 32 << 20)
}

/// The words in a `.lrc` file of the same name, else those in the tags, else those in a `.txt`; nil where there are none.
package func localLyrics(of path: [UInt8]) -> String? {
  func beside(_ suffix: String) -> String? {
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), dot > path.lastIndex(of: slash) ?? -1 else { return nil }
    let text = contents(of: path[..<dot] + Array(suffix.utf8), atMost: 1 << 20).map {
      String(decoding: $0, as: UTF8.self)
    }
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
  return beside(".lrc") ?? AudioFile(path: path)?.lyrics() ?? beside(".txt")
}

/// nil for what cannot be read, or is longer.
private func contents(of path: [UInt8], atMost limit: Int) -> [UInt8]? {
  guard let file = withCPath(path, { fopen($0, "re") }) else { return nil }
  defer { fclose(file) }
  var status = stat()
  guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
    return nil
  }
  var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes[..<count])
}
