/// The kinds of sound file that begin with a name of their own. MP3 has none: what is none of these may be MP3.
package enum SoundFileKind: Hashable, Sendable {
  case flac
  case ogg
  /// WAV, also RF64; a few hide MP3 in it.
  case riff
  case aiff

  /// Looks at the first bytes, whatever the file is called.
  /// - Parameter start: where the sound file begins: behind leading tags.
  /// - Returns: nil when it is none of these.
  package init?(_ source: any ByteSource, at start: Int64) throws(ByteSourceError) {
    let head = UnsafeMutableRawBufferPointer.allocate(byteCount: 12, alignment: 1)
    defer { head.deallocate() }
    let count = try source.readFully(at: start, into: head)
    func has(_ word: String, at place: Int) -> Bool {
      count >= place + 4 && head[place..<(place + 4)].elementsEqual(word.utf8)
    }
    if has("fLaC", at: 0) {
      self = .flac
    } else if has("OggS", at: 0) {
      self = .ogg
    } else if has("RIFF", at: 0) || has("RF64", at: 0) || has("RIFX", at: 0), has("WAVE", at: 8) {
      self = .riff
    } else if has("FORM", at: 0), has("AIFF", at: 8) || has("AIFC", at: 8) {
      self = .aiff
    } else {
      return nil
    }
  }

  /// A file's usual ending.
  package var suffix: String {
    switch self {
    case .flac: "flac"
    case .ogg: "ogg"
    case .riff: "wav"
    case .aiff: "aiff"
    }
  }
}
