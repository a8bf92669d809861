import FoundationEssentials
import Glibc
import Music
import Tags

/// Writes tags that are missing into the files that a list names; a line for each: `filled`, `whole` or `failed`.
/// - Returns: false where the list cannot be read.
func fillTags(listedIn path: String) -> Bool {
  guard let data = try? Data(contentsOf: URL(filePath: path)),
    let list = try? JSONDecoder().decode([WantedTags].self, from: data)
  else { return false }
  for wanted in list {
    var tags = MissingTags()
    tags.title = wanted.title
    tags.artist = wanted.artist
    tags.album = wanted.album
    tags.albumArtist = wanted.albumArtist
    tags.trackNumber = wanted.trackNumber
    tags.discNumber = wanted.discNumber
    tags.year = wanted.year
    tags.genre = wanted.genre
    say(tags.fill(path: Array(wanted.path.utf8)).map { $0 > 0 ? "filled" : "whole" } ?? "failed")
  }
  return true
}
