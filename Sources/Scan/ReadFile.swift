import Glibc
import Library
import Music
import Tags

/// A file that was read: what its tags say, completed from its name.
struct ReadFile {
  let path: [UInt8]
  let file: FoundFile
  var tags: AudioTags
  let name: FileName
  /// The version of the embedded picture; nil when there is none.
  let picture: String?

  /// nil for what is no music after all.
  init?(root: [UInt8], folder: Folder, file: FoundFile) {
    path = folder.path(of: file)
    self.file = file
    guard let opened = AudioFile(path: root + [slash] + path), opened.hasAudio else { return nil }
    tags = opened.tags()
    picture = opened.picture().flatMap { picture in
      FolderCover.contentType(of: picture) == nil ? nil : CoverName.version(of: picture)
    }
    let people = { (bytes: ArraySlice<UInt8>) in String(decoding: bytes, as: UTF8.self) }
    name = FileName(
      file: people(file.name[...]), folders: folder.path.split(separator: slash).map(people),
      root: people(root.split(separator: slash).last ?? []))
    complete()
  }

  private mutating func complete() {
    if tags.title.isEmpty {
      tags.title = name.title
      if tags.trackNumber == 0 { tags.trackNumber = name.trackNumber }
    }
    if tags.artist.isEmpty { tags.artist = tags.albumArtist.isEmpty ? name.artist : tags.albumArtist }
    if tags.artist.isEmpty { tags.artist = "Unknown artist" }
    if tags.album.isEmpty { tags.album = name.album }
    if tags.discNumber == 0 { tags.discNumber = name.discNumber }
  }
}
