import Library
import Music
import OpenSubsonic
import Scan

// The words of songs: from a file beside the music or from its tags, read when they are asked for.
extension Call {
  func lyricsBySong() throws -> Wire.Response {
    let stored = try track(request.required("id"))
    var response = Wire.Response.ours()
    response.lyricsList = Wire.LyricsList(
      structuredLyrics: try lyrics(of: stored).map { [Self.wire($0, stored)] } ?? [])
    return response
  }

  /// By names; several songs may have them: the first with words answers.
  func lyricsByName() throws -> Wire.Response {
    var response = Wire.Response.ours()
    let (artist, title) = (request.value("artist") ?? "", request.value("title") ?? "")
    guard !title.isEmpty else { return response }
    for stored in try catalogue.storedTracks(titled: title, by: artist, limit: 8) {
      guard let found = try lyrics(of: stored) else { continue }
      let text = found.lines.map(\.text).joined(separator: "\n")
      response.lyrics = Wire.Lyrics(value: text, artist: stored.track.artist, title: stored.track.title)
      return response
    }
    return response
  }

  private func lyrics(of stored: StoredTrack) throws -> Lyrics? {
    guard let text = localLyrics(of: absolute(stored.path)) else { return nil }
    let lyrics = Lyrics(text: text, source: .file)
    return lyrics.isEmpty ? nil : lyrics
  }

  private static func wire(_ lyrics: Lyrics, _ stored: StoredTrack) -> Wire.StructuredLyrics {
    let lines = lyrics.lines.map { line in
      Wire.LyricsLine(value: line.text, start: line.time.map { Int64(($0 / .milliseconds(1)).rounded()) })
    }
    var wire = Wire.StructuredLyrics(lang: "xxx", synced: lyrics.isSynced, line: lines)
    wire.displayArtist = stored.track.artist
    wire.displayTitle = stored.track.title
    return wire
  }
}
