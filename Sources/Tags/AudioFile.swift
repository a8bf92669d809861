import CTagLib
import Glibc
import Music

/// An audio file that is open for its tags and its picture, through TagLib; it is never written.
///
/// Owns TagLib's handle. Any thread, one at a time. Files are untrusted: whatever is wrong with one is nil, never a crash.
package struct AudioFile: ~Copyable {
  private let handle: OpaquePointer

  /// nil for what is not an audio file that TagLib knows, and for what cannot be read.
  /// - Parameter path: the bytes of the path, which need not be UTF-8.
  package init?(path: [UInt8]) {
    let opened = (path + [0]).withUnsafeBytes { bytes in
      dulcet_tags_open(bytes.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
    guard let opened else { return nil }
    handle = opened
  }

  deinit { dulcet_tags_close(handle) }

  /// Whether there is sound in it: a file of garbage can open without having any.
  package var hasAudio: Bool { dulcet_tags_sample_rate(handle) > 0 && dulcet_tags_milliseconds(handle) > 0 }

  package func tags() -> AudioTags {
    var tags = AudioTags()
    tags.title = text("TITLE")
    tags.artist = joined("ARTIST")
    tags.album = text("ALBUM")
    tags.albumArtist = joined("ALBUMARTIST")
    tags.genres = genres()
    tags.comment = text("COMMENT")
    tags.trackNumber = leadingNumber(text("TRACKNUMBER"))
    tags.discNumber = leadingNumber(text("DISCNUMBER"))
    tags.year = year(of: text("DATE")) ?? year(of: text("ORIGINALDATE")) ?? 0
    tags.isCompilation = leadingNumber(text("COMPILATION")) == 1
    tags.recordingID = text("MUSICBRAINZ_TRACKID")
    tags.releaseID = text("MUSICBRAINZ_ALBUMID")
    tags.replayGain = replayGain()
    tags.duration = .milliseconds(max(0, Int(dulcet_tags_milliseconds(handle))))
    tags.bitRate = max(0, Int(dulcet_tags_bitrate(handle)))
    tags.sampleRate = max(0, Int(dulcet_tags_sample_rate(handle)))
    tags.channelCount = max(0, Int(dulcet_tags_channels(handle)))
    tags.bitDepth = max(0, Int(dulcet_tags_bits(handle)))
    return tags
  }

  /// The embedded picture as it stands in the file, the front cover before others.
  package func picture() -> [UInt8]? {
    var size = 0
    guard let bytes = dulcet_tags_picture(handle, &size), size > 0 else { return nil }
    return Array(UnsafeBufferPointer(start: bytes, count: size))
  }

  /// The words, as LRC or plain; nil where there are none.
  package func lyrics() -> String? {
    for property in ["SYNCEDLYRICS", "LYRICS", "UNSYNCEDLYRICS"] {
      if let text = values(property).first { return text }
    }
    return nil
  }

  private func values(_ property: String) -> [String] {
    var values: [String] = []
    while values.count < 64, let value = dulcet_tags_value(handle, property, UInt32(values.count)) {
      values.append(trimmed(String(cString: value)))
    }
    return values.filter { !$0.isEmpty }
  }

  private func text(_ property: String) -> String { values(property).first ?? "" }

  /// Several performers are written as people read them.
  private func joined(_ property: String) -> String { values(property).joined(separator: ", ") }

  /// R128's before ReplayGain's: in an Opus file only those are meant for its decoder.
  private func replayGain() -> ReplayGain? {
    ReplayGain(
      toldTrackGain: r128(text("R128_TRACK_GAIN")) ?? number(text("REPLAYGAIN_TRACK_GAIN")),
      albumGain: r128(text("R128_ALBUM_GAIN")) ?? number(text("REPLAYGAIN_ALBUM_GAIN")),
      trackPeak: number(text("REPLAYGAIN_TRACK_PEAK")), albumPeak: number(text("REPLAYGAIN_ALBUM_PEAK")))
  }

  /// Each once; some writers put all of them into one value.
  private func genres() -> [String] {
    var seen = Set<String>()
    return values("GENRE").flatMap { $0.split(separator: ";") }.map { trimmed(String($0)) }
      .filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
  }
}
