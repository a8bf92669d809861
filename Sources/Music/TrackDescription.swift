/// What a file of another program says of a track: enough to find it in a library, or to tell what was not found.
package struct TrackDescription: Hashable, Sendable {
  /// As the file gives it: whole, or relative to a folder that nobody names. In `PathText`'s form.
  package var path = ""
  package var title = ""
  package var artist = ""
  package var album = ""
  package var trackNumber = 0
  /// In seconds; 0 when unknown.
  package var duration = 0
  /// Of the recording.
  package var musicBrainzID: String?

  package init() {}

  /// For people: the names, or what the path ends with.
  package var words: String {
    if !title.isEmpty { return artist.isEmpty ? title : "\(title) – \(artist)" }
    return PathText.displayed(path.split(separator: "/").suffix(2).joined(separator: "/"))
  }
}
