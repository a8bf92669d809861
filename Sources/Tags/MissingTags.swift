import CTagLib
import Glibc

/// Tags for a file that may have none: only what is missing is written, what is there stays as it is.
package struct MissingTags: Hashable, Sendable {
  package var title = ""
  package var artist = ""
  package var album = ""
  package var albumArtist = ""
  package var trackNumber = 0
  package var discNumber = 0
  package var year = 0
  package var genre = ""

  package init() {}

  /// - Parameter path: the bytes of the path, which need not be UTF-8.
  /// - Returns: how many tags were missing; nil where TagLib does not know the file, or cannot write it.
  package func fill(path: [UInt8]) -> Int? {
    let wanted = [
      ("TITLE", title), ("ARTIST", artist), ("ALBUM", album), ("ALBUMARTIST", albumArtist),
      ("TRACKNUMBER", number(trackNumber)), ("DISCNUMBER", number(discNumber)), ("DATE", number(year)),
      ("GENRE", genre),
    ].filter { !$0.1.isEmpty }
    let names = wanted.map { strdup($0.0) }
    let values = wanted.map { strdup($0.1) }
    defer { for text in names + values { free(text) } }
    let missing = (path + [0]).withUnsafeBytes { bytes in
      dulcet_tags_fill(
        bytes.baseAddress!.assumingMemoryBound(to: CChar.self), names.map { UnsafePointer($0) },
        values.map { UnsafePointer($0) }, Int32(wanted.count))
    }
    return missing < 0 ? nil : Int(missing)
  }

  private func number(_ number: Int) -> String { number > 0 ? String(number) : "" }
}
